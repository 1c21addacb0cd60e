-- Attendance in person: visits, not people. At least so many, where an activity that was not online,
-- or did not say, gave none.
select
    month_id as span_id,
    programme,
    partner,
    format,
    district,
    count_method,
    pricing,
    sum(attendance_in_person) as numerator,
    bool_or(format <> 'online' and attendance_in_person is null) as is_at_least,
from clean.delivered
group by
    grouping sets (
        (month_id),
        (month_id, programme),
        (month_id, partner),
        (month_id, format),
        (month_id, district),
        (month_id, count_method),
        (month_id, pricing)
    )
