-- Active partners: organisations that lead at least one activity delivered in the period. month is the
-- first in which each of them did, so months add up; a partner may have several programmes.
with active as (
    select
        spans.period_id,
        told.partner,
        told.programme,
        told.format,
        told.district,
        partners.legal_type,
        partners.sector,
        min(spans.month) over (partition by spans.period_id, told.partner) as month,
    from (
        select distinct
            stretch_id,
            partner,
            programme,
            format,
            district,
        from clean.delivered
    ) as told
    inner join clean.spans on told.stretch_id = spans.span_id
    inner join reference.partners on told.partner = partners.partner_id
)

select
    period_id,
    programme,
    format,
    district,
    legal_type,
    sector,
    month,
    count(distinct partner) as numerator,
from active
group by
    grouping sets (
        (period_id),
        (period_id, programme),
        (period_id, format),
        (period_id, district),
        (period_id, legal_type),
        (period_id, sector),
        (period_id, month)
    )
