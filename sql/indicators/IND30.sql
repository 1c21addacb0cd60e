-- Activities with a partner from another sector, by sector, and their share of all delivered. The form
-- has no word for "none", so a blank may be one: at least so many. An activity may have partners from
-- several sectors, so those parts do not add up.
with answers as (
    select
        measures.measure,
        delivered.span_id,
        delivered.programme,
        delivered.cross_sectors,
    from clean.delivered
    cross join (values ('activities'), ('share')) as measures (measure)
)

select
    span_id,
    measure,
    programme,
    count(cross_sectors) as numerator,
    case when measure = 'share' then count(*) end as denominator,
    bool_or(cross_sectors is null) as is_at_least,
from answers
group by grouping sets ((span_id, measure), (span_id, measure, programme))

union all by name

select
    span_id,
    measure,
    cross_sector,
    count(*) as numerator,
from (
    select
        span_id,
        measure,
        unnest(cross_sectors) as cross_sector,
    from answers
)
group by span_id, measure, cross_sector
