-- One row a person, period and activity in which they took part: artists and volunteers, from the
-- registers of the submission in force, known only by keyed hash. A volunteer without an activity
-- took part in the partner's whole period. month is the first in which the person took part.
with registered as (
    select
        'artist' as role,
        artisti.submission_id,
        artisti.row_number,
        artisti.person_key,
        artisti.activity_id,
    from typed.artisti

    union all by name

    select
        'volunteer' as role,
        voluntari.submission_id,
        voluntari.row_number,
        voluntari.person_key,
        voluntari.activity_id,
    from typed.voluntari
),

in_force as (
    select
        stored_rows.partner_id,
        stored_rows.period_id,
        registered.role,
        registered.person_key,
        registered.activity_id,
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

select distinct
    periods.period_id,
    in_force.role,
    in_force.person_key,
    in_force.partner_id as partner,
    coalesce(activities.programme, 'not_stated') as programme,
    coalesce(activities.format, 'not_stated') as format,
    coalesce(activities.district, 'not_stated') as district,
    strftime(
        min(greatest(coalesce(activities.reported_from, reported.starts_on), periods.starts_on))
            over (partition by periods.period_id, in_force.role, in_force.person_key),
        '%Y-M%m'
    ) as month,
from in_force
inner join reference.periods as reported on in_force.period_id = reported.period_id
left join clean.activities
    on
        in_force.partner_id = activities.partner_id
        and in_force.period_id = activities.period_id
        and in_force.activity_id = activities.activity_id
inner join reference.periods
    on
        coalesce(activities.reported_from, reported.starts_on) < periods.ends_before
        and coalesce(activities.reported_to, reported.ends_before - 1) >= periods.starts_on
cross join reference.moment
where
    periods.begins_on <= moment.today
    and (
        activities.status = 'delivered'
        or (in_force.activity_id is null and in_force.role = 'volunteer')
    )
