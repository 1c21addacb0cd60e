-- One row an activity and period that a partner reported it in: the latest report of it counts.
-- reported_from and reported_to are its days inside that period. No dimension is ever null.
select
    stored_rows.partner_id || '/' || activities.activity_id as activity_key,
    stored_rows.partner_id,
    activities.activity_id,
    stored_rows.period_id,
    stored_rows.submission_id,
    activities.row_number,
    activities.title_ro as title,
    activities.status,
    greatest(activities.start_date, periods.starts_on) as reported_from,
    least(activities.end_date, periods.ends_before - 1) as reported_to,
    coalesce(activities.programme, 'not_stated') as programme,
    coalesce(activities.format, 'not_stated') as format,
    case
        when activities.district_code is not null then activities.district_code
        when activities.format = 'online' then 'not_applicable'
        else 'not_stated'
    end as district,
    coalesce(activities.primary_discipline, 'not_stated') as discipline,
    coalesce(activities.activity_type, 'not_stated') as activity_type,
    coalesce(activities.count_method, 'not_stated') as count_method,
    coalesce(activities.pricing, 'not_stated') as pricing,
    coalesce(activities.platform, 'not_stated') as platform,
    activities.objectives,
    activities.events_count,
    activities.attendance_in_person,
    activities.attendance_online_live,
    activities.artists_local is null
    and activities.artists_national is null
    and activities.artists_international is null
    or coalesce(activities.artists_origin_unknown > 0, false) as has_unknown_origin,
from typed.activitati as activities
inner join quality.stored_rows
    on
        stored_rows.sheet = 'activitati'
        and activities.submission_id = stored_rows.submission_id
        and activities.row_number = stored_rows.row_number
inner join reference.periods on stored_rows.period_id = periods.period_id
qualify
    row_number() over (
        partition by stored_rows.partner_id, stored_rows.period_id, activities.activity_id
        order by stored_rows.seq desc, activities.row_number desc
    ) = 1
