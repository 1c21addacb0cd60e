-- Public events: each performance, session or screening; an exhibition counts as one.
select
    period_id,
    programme,
    partner,
    format,
    district,
    activity_type,
    month,
    coalesce(sum(events), 0) as numerator,
from clean.delivered
group by
    grouping sets (
        (period_id),
        (period_id, programme),
        (period_id, partner),
        (period_id, format),
        (period_id, district),
        (period_id, activity_type),
        (period_id, month)
    )
