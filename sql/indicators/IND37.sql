-- Share of activities with a green measure, and with each of them, over those that answered. An
-- activity may have several measures, so those parts do not add up.
select
    span_id,
    programme,
    count(*) filter (where green_measures <> ['none']) as numerator,
    count(*) as denominator,
from clean.delivered
where green_measures is not null
group by grouping sets ((span_id), (span_id, programme))

union all by name

select
    span_id,
    green_measure,
    count(*) as numerator,
from (
    select
        span_id,
        unnest(green_measures) as green_measure,
    from clean.delivered
)
where green_measure <> 'none'
group by span_id, green_measure
