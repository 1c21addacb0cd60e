-- Active participants: participations of those who make, learn or co-create. By target group those of
-- an activity stand in each of its groups, so these parts do not add up. At least so many, where an
-- activity left it blank.
select
    month_id as span_id,
    programme,
    district,
    sum(participants_active) as numerator,
    bool_or(participants_active is null) as is_at_least,
from clean.delivered
group by grouping sets ((month_id), (month_id, programme), (month_id, district))

union all by name

select
    span_id,
    target_group,
    sum(participants_active) as numerator,
    bool_or(participants_active is null) as is_at_least,
from (
    select
        month_id as span_id,
        unnest(coalesce(target_groups, ['not_stated'])) as target_group,
        participants_active,
    from clean.delivered
)
group by span_id, target_group
