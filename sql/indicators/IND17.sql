-- Live online attendance: viewers; never added to visits. At least so many, where some gave none.
select
    period_id,
    programme,
    partner,
    format,
    district,
    platform,
    month,
    coalesce(sum(attendance_online), 0) as numerator,
    case when bool_or(lacks_attendance_online) then coalesce(sum(attendance_online), 0) end as low,
from clean.delivered
group by
    grouping sets (
        (period_id),
        (period_id, programme),
        (period_id, partner),
        (period_id, format),
        (period_id, district),
        (period_id, platform),
        (period_id, month)
    )
