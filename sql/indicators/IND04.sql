-- Activities with a European dimension, by kind and by theme, and their share of the activities that
-- answered. An activity may be of several kinds and themes, so those parts do not add up.
with answers as (
    select
        measures.measure,
        delivered.span_id,
        delivered.programme,
        delivered.european_dimension,
        delivered.themes,
        delivered.european_dimension <> ['none'] as is_european,
    from clean.delivered
    cross join (values ('activities'), ('share')) as measures (measure)
)

select
    span_id,
    measure,
    programme,
    count(*) filter (where is_european) as numerator,
    case when measure = 'share' then count(is_european) end as denominator,
    measure = 'activities' and bool_or(is_european is null) as is_at_least,
from answers
group by grouping sets ((span_id, measure), (span_id, measure, programme))

union all by name

select
    span_id,
    measure,
    european_dimension,
    count(*) as numerator,
from (
    select
        span_id,
        measure,
        unnest(european_dimension) as european_dimension,
    from answers
    where is_european
)
group by span_id, measure, european_dimension

union all by name

select
    span_id,
    measure,
    theme,
    count(*) as numerator,
from (
    select
        span_id,
        measure,
        unnest(coalesce(themes, ['not_stated'])) as theme,
    from answers
    where is_european and measure = 'activities'
)
group by span_id, measure, theme
