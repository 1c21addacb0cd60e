-- One row a delivered activity and period of any kind in which it had a day; the base of all that
-- is counted of activities. Words are those of its latest report within the period, so that the
-- parts of a split add up to the whole. Sums are counted in the period where the report of them
-- begins, so that months add up to quarters. month is the first month of the period it touches.
select
    periods.period_id,
    activities.activity_key,
    any_value(activities.partner_id) as partner,
    arg_max(activities.programme, activities.reported_from) as programme,
    arg_max(activities.format, activities.reported_from) as format,
    arg_max(activities.district, activities.reported_from) as district,
    arg_max(activities.discipline, activities.reported_from) as discipline,
    arg_max(activities.activity_type, activities.reported_from) as activity_type,
    arg_max(activities.count_method, activities.reported_from) as count_method,
    arg_max(activities.pricing, activities.reported_from) as pricing,
    arg_max(activities.platform, activities.reported_from) as platform,
    strftime(min(greatest(activities.reported_from, periods.starts_on)), '%Y-M%m') as month,
    bool_or(activities.has_unknown_origin) as has_unknown_origin,
    sum(activities.events_count)
    filter (where activities.reported_from >= periods.starts_on) as events,
    sum(activities.attendance_in_person)
    filter (where activities.reported_from >= periods.starts_on) as attendance_in_person,
    sum(activities.attendance_online_live)
    filter (where activities.reported_from >= periods.starts_on) as attendance_online,
    bool_or(
        activities.format in ('in_person', 'hybrid') and activities.attendance_in_person is null
    ) as lacks_attendance_in_person,
    bool_or(
        activities.format in ('online', 'hybrid') and activities.attendance_online_live is null
    ) as lacks_attendance_online,
from clean.activities
inner join reference.periods
    on
        activities.reported_from < periods.ends_before
        and activities.reported_to >= periods.starts_on
cross join reference.moment
where activities.status = 'delivered' and periods.begins_on <= moment.today
group by periods.period_id, activities.activity_key
