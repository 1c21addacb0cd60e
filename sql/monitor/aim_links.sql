-- Delivered activities that touch an objective, an aim, or where the two meet. An activity counts
-- wherever it is linked, so parts do not add up. In a total, objective_id or aim_id is null.
select
    period_id,
    objective_id,
    aim_id,
    count(distinct activity_key) as activities,
from (
    select
        period_id,
        activity_key,
        objective_id,
        coalesce(aim_id, 'none') as aim_id,
    from clean.objective_links
)
group by
    grouping sets (
        (period_id), (period_id, objective_id), (period_id, aim_id), (period_id, objective_id, aim_id)
    )
