-- Share of activities with an accessibility measure, and with each of them, over those that answered.
-- An activity may have several measures, so those parts do not add up.
select
    span_id,
    programme,
    count(*) filter (where accessibility <> ['none']) as numerator,
    count(*) as denominator,
from clean.delivered
where accessibility is not null
group by grouping sets ((span_id), (span_id, programme))

union all by name

select
    span_id,
    measure_in_place as accessibility,
    count(*) as numerator,
from (
    select
        span_id,
        unnest(accessibility) as measure_in_place,
    from clean.delivered
)
where measure_in_place <> 'none'
group by span_id, measure_in_place
