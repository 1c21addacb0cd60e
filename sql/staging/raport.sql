-- What the answers of a report are compared with: who sent it, which period it names, and what
-- the other sheets of the same file hold. One row a row of the sheet raport.
-- A sum is null as soon as one of its parts is: then nothing can be said against a declared number.
with activities as (
    select
        activitati.submission_id,
        count(*) as row_count,
        count(*) filter (where activitati.status = 'delivered') as delivered_count,
        sum(
            activitati.artists_local
            + activitati.artists_national
            + activitati.artists_international
            + coalesce(activitati.artists_origin_unknown, 0)
        ) filter (where activitati.status = 'delivered') as artists_sum,
        count(*) filter (
            where activitati.status is null
            or (
                activitati.status = 'delivered'
                and (
                    activitati.artists_local is null
                    or activitati.artists_national is null
                    or activitati.artists_international is null
                )
            )
        ) as artists_unknown_count,
        sum(activitati.volunteers) filter (where activitati.status = 'delivered')
            as volunteers_sum,
        count(*) filter (
            where activitati.status is null
            or (activitati.status = 'delivered' and activitati.volunteers is null)
        ) as volunteers_unknown_count,
    from typed.activitati
    where activitati.set_aside is null
    group by activitati.submission_id
),

others as (
    select
        listed.submission_id,
        count(*) as row_count,
        count(*) filter (where listed.sheet = 'apeluri') as call_count,
    from (
        select
            apeluri.submission_id,
            'apeluri' as sheet,
        from typed.apeluri
        where apeluri.set_aside is null

        union all

        select
            buget.submission_id,
            'buget' as sheet,
        from typed.buget
        where buget.set_aside is null

        union all

        select
            artisti.submission_id,
            'artisti' as sheet,
        from typed.artisti
        where artisti.set_aside is null

        union all

        select
            voluntari.submission_id,
            'voluntari' as sheet,
        from typed.voluntari
        where voluntari.set_aside is null
    ) as listed
    group by listed.submission_id
)

select
    raport.submission_id,
    raport.row_number,
    submissions.partner_id as sender_id,
    submissions.is_one_sheet,
    periods.period_id is not null as has_period,
    coalesce(activities.row_count, 0) + coalesce(others.row_count, 0) as other_row_count,
    coalesce(activities.delivered_count, 0) + coalesce(others.call_count, 0) as happened_count,
    if(activities.artists_unknown_count = 0, activities.artists_sum, null) as artists_sum,
    if(activities.volunteers_unknown_count = 0, activities.volunteers_sum, null)
        as volunteers_sum,
from typed.raport
inner join staging.submissions on raport.submission_id = submissions.submission_id
inner join staging.periods on raport.submission_id = periods.submission_id
left join activities on raport.submission_id = activities.submission_id
left join others on raport.submission_id = others.submission_id
