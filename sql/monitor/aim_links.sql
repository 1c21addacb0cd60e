-- Delivered activities where an objective and an aim meet, in two readings. activities touch them:
-- each counts wherever it is linked, so parts do not add up. share divides each activity over its
-- links, by bullets where the matrix gives them and evenly where not, so parts add up to the
-- activities that name an objective. In a total, objective_id or aim_id is null.
with divided as (
    select
        period_id,
        activity_key,
        objective_id,
        coalesce(aim_id, 'none') as aim_id,
        coalesce(bullets, 1) as weight,
        sum(weight) over (partition by period_id, activity_key) as whole,
    from clean.objective_links
)

select
    period_id,
    objective_id,
    aim_id,
    count(distinct activity_key) as activities,
    sum(weight / nullif(whole, 0)) as share,
from divided
group by
    grouping sets (
        (period_id), (period_id, objective_id), (period_id, aim_id), (period_id, objective_id, aim_id)
    )
