-- Partner countries: distinct, Romania left out, of partner organisations in delivered activities.
with named as (
    select distinct
        stretch_id,
        programme,
        unnest(coalesce(partner_countries, ['not_stated'])) as country,
    from clean.delivered
    where
        partner_countries is not null
        or coalesce(list_contains(european_dimension, 'transnational_cooperation'), true)
)

select
    spans.period_id,
    named.programme,
    count(distinct named.country) filter (where named.country not in ('RO', 'not_stated')) as numerator,
    bool_or(named.country = 'not_stated') as is_at_least,
from named
inner join clean.spans on named.stretch_id = spans.span_id
group by grouping sets ((spans.period_id), (spans.period_id, named.programme))
