-- Live online attendance: viewers; never added to visits. At least so many, where an
-- activity that was not in person, or did not say, gave none.
select
    month_id as span_id,
    programme,
    partner,
    format,
    district,
    platform,
    sum(attendance_online) as numerator,
    bool_or(format <> 'in_person' and attendance_online is null) as is_at_least,
from clean.delivered
group by
    grouping sets (
        (month_id),
        (month_id, programme),
        (month_id, partner),
        (month_id, format),
        (month_id, district),
        (month_id, platform)
    )
