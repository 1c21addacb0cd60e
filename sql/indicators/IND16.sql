-- Attendance in person: visits, not people. At least so many, where an activity on site gave none.
select
    period_id,
    programme,
    partner,
    format,
    district,
    count_method,
    pricing,
    month,
    coalesce(sum(attendance_in_person), 0) as numerator,
    case when bool_or(lacks_attendance_in_person) then coalesce(sum(attendance_in_person), 0) end as low,
from clean.delivered
group by
    grouping sets (
        (period_id),
        (period_id, programme),
        (period_id, partner),
        (period_id, format),
        (period_id, district),
        (period_id, count_method),
        (period_id, pricing),
        (period_id, month)
    )
