-- One row a person, report of an activity in which they took part, and month of it: artists and
-- volunteers, from the registers of the submission in force, known only by keyed hash. A volunteer
-- without an activity took part in the partner's whole period. span_id is the month (clean.spans).
with registered as (
    select
        'artist' as role,
        artisti.submission_id,
        artisti.row_number,
        artisti.person_key,
        artisti.activity_id,
        artisti.origin,
    from typed.artisti

    union all by name

    select
        'volunteer' as role,
        voluntari.submission_id,
        voluntari.row_number,
        voluntari.person_key,
        voluntari.activity_id,
        voluntari.age_group,
    from typed.voluntari
),

in_force as (
    select
        stored_rows.partner_id,
        stored_rows.period_id,
        registered.submission_id,
        registered.row_number,
        registered.role,
        registered.person_key,
        registered.activity_id,
        registered.origin,
        registered.age_group,
        stored_rows.seq,
    from registered
    inner join quality.stored_rows
        on
            registered.submission_id = stored_rows.submission_id
            and registered.row_number = stored_rows.row_number
            and stored_rows.sheet
            = case registered.role when 'artist' then 'artisti' else 'voluntari' end
    qualify
        dense_rank() over (
            partition by stored_rows.partner_id, stored_rows.period_id, registered.role
            order by stored_rows.seq desc
        ) = 1
)

select
    in_force.submission_id,
    in_force.row_number,
    in_force.role,
    -- 32 hexadecimal digits: as a number they are compared several times as fast.
    in_force.person_key::uuid as person_key,
    in_force.period_id,
    in_force.partner_id as partner,
    coalesce(delivered.programme, 'not_stated') as programme,
    coalesce(delivered.format, 'not_stated') as format,
    coalesce(delivered.district, 'not_stated') as district,
    coalesce(in_force.origin, 'not_stated') as origin,
    coalesce(in_force.age_group, 'not_stated') as age_group,
    strftime(
        unnest(generate_series(
            date_trunc('month', coalesce(delivered.reported_from, periods.starts_on)),
            coalesce(delivered.reported_to, periods.ends_before - 1),
            interval 1 month
        )),
        '%Y-M%m'
    ) as span_id,
from in_force
inner join reference.periods on in_force.period_id = periods.period_id
left join clean.delivered
    on
        in_force.partner_id = delivered.partner_id
        and in_force.period_id = delivered.period_id
        and in_force.activity_id = delivered.activity_id
where
    delivered.activity_id is not null
    or (in_force.activity_id is null and in_force.role = 'volunteer')
