-- Public events: each performance, session or screening; an exhibition counts as one.
select
    month_id as span_id,
    programme,
    partner,
    format,
    district,
    activity_type,
    sum(events) as numerator,
    bool_or(events is null) as is_at_least,
from clean.delivered
group by
    grouping sets (
        (month_id),
        (month_id, programme),
        (month_id, partner),
        (month_id, format),
        (month_id, district),
        (month_id, activity_type)
    )
