-- Activities for priority groups, by group, and their share of the activities that stated their
-- groups. An activity may be for several groups, so those parts do not add up.
with answers as (
    select
        measures.measure,
        delivered.span_id,
        delivered.programme,
        delivered.target_groups,
        delivered.target_groups <> ['general'] as is_priority,
    from clean.delivered
    cross join (values ('activities'), ('share')) as measures (measure)
)

select
    span_id,
    measure,
    programme,
    count(*) filter (where is_priority) as numerator,
    case when measure = 'share' then count(is_priority) end as denominator,
    measure = 'activities' and bool_or(is_priority is null) as is_at_least,
from answers
group by grouping sets ((span_id, measure), (span_id, measure, programme))

union all by name

select
    span_id,
    measure,
    target_group,
    count(*) as numerator,
from (
    select
        span_id,
        measure,
        unnest(target_groups) as target_group,
    from answers
    where is_priority
)
where target_group <> 'general'
group by span_id, measure, target_group
