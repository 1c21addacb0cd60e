-- Active partners: organisations that lead at least one activity delivered in the period.
-- month is the first in which each of them did.
select
    period_id,
    programme,
    format,
    district,
    first_month as month,
    count(distinct partner) as numerator,
from (
    select
        period_id,
        programme,
        format,
        district,
        partner,
        min(month) over (partition by period_id, partner) as first_month,
    from clean.delivered
)
group by
    grouping sets (
        (period_id),
        (period_id, programme),
        (period_id, format),
        (period_id, district),
        (period_id, first_month)
    )
