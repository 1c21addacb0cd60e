-- Activities with a partner organisation abroad, and by its country. An activity may have partners in
-- several countries, so those parts do not add up. Who has no transnational cooperation has none.
with answers as (
    select
        span_id,
        programme,
        list_filter(partner_countries, lambda country: country <> 'RO') as countries,
        coalesce(list_contains(european_dimension, 'transnational_cooperation'), true)
        and partner_countries is null as is_unknown,
    from clean.delivered
)

select
    span_id,
    programme,
    count(*) filter (where len(countries) > 0) as numerator,
    bool_or(is_unknown) as is_at_least,
from answers
group by grouping sets ((span_id), (span_id, programme))

union all by name

select
    span_id,
    country,
    count(*) as numerator,
from (
    select
        span_id,
        unnest(countries) as country,
    from answers
)
group by span_id, country
