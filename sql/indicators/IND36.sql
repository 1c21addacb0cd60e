-- Experimental and digital activities, by kind. An activity may be of several kinds, so those parts do
-- not add up. At least so many, where an activity left it blank.
select
    span_id,
    programme,
    count(*) filter (where innovation <> ['none']) as numerator,
    bool_or(innovation is null) as is_at_least,
from clean.delivered
group by grouping sets ((span_id), (span_id, programme))

union all by name

select
    span_id,
    kind as innovation,
    count(*) as numerator,
from (
    select
        span_id,
        unnest(innovation) as kind,
    from clean.delivered
)
where kind <> 'none'
group by span_id, kind
