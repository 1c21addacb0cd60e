-- Activities delivered: distinct, each counted once in a period however long it ran.
select
    span_id,
    programme,
    partner,
    format,
    district,
    discipline,
    activity_type,
    count(*) as numerator,
from clean.delivered
group by
    grouping sets (
        (span_id),
        (span_id, programme),
        (span_id, partner),
        (span_id, format),
        (span_id, district),
        (span_id, discipline),
        (span_id, activity_type)
    )
