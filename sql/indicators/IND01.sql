-- Activities delivered: distinct, each counted once in a period however long it ran.
select
    period_id,
    programme,
    partner,
    format,
    district,
    discipline,
    activity_type,
    month,
    count(*) as numerator,
from clean.delivered
group by
    grouping sets (
        (period_id),
        (period_id, programme),
        (period_id, partner),
        (period_id, format),
        (period_id, district),
        (period_id, discipline),
        (period_id, activity_type),
        (period_id, month),
        (period_id, format, month)
    )
