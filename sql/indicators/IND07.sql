-- European networks and other capitals of culture: distinct names, as partners wrote them. A blank
-- says nothing, so there may be more.
with named as (
    select distinct
        stretch_id,
        unnest(coalesce(networks, ['not_stated'])) as network,
    from clean.delivered
)

select
    spans.period_id,
    count(distinct named.network) filter (where named.network <> 'not_stated') as numerator,
    bool_or(named.network = 'not_stated') as is_at_least,
from named
inner join clean.spans on named.stretch_id = spans.span_id
group by spans.period_id
