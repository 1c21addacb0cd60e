-- Every aim and objective of the city by every aim of the action: what the matrix promises in
-- bullets, and how many activities of a period touch it, whole and in shares. aim_id is null in
-- the row's own total.
select
    objectives.objective_id,
    objectives.kind,
    objectives.wording_ro,
    objectives.wording_en,
    ecoc_aims.aim_id,
    coalesce(links.bullets, 0) as bullets,
    coalesce(aim_links.activities, 0) as activities,
    coalesce(aim_links.share, 0) as share,
from reference.objectives
cross join (
    select
        aim_id,
        display_order,
    from reference.ecoc_aims
    union all by name
    select
        null as aim_id,
        0 as display_order,
) as ecoc_aims
left join reference.links
    on
        objectives.objective_id = links.objective_id
        and ecoc_aims.aim_id = links.aim_id
left join monitor.aim_links
    on
        aim_links.period_id = $period_id
        and objectives.objective_id = aim_links.objective_id
        and ecoc_aims.aim_id is not distinct from aim_links.aim_id
order by objectives.position, ecoc_aims.display_order
