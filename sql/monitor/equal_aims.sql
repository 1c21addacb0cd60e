-- Pairs of aims for which the matrix promises the same in every row. What touches one touches the
-- other, so their equal figures are no finding.
with promises as (
    select
        ecoc_aims.aim_id,
        ecoc_aims.display_order,
        list(links.objective_id || ' ' || links.bullets order by links.objective_id) as bullets,
    from reference.links
    inner join reference.ecoc_aims on links.aim_id = ecoc_aims.aim_id
    where links.bullets > 0
    group by ecoc_aims.aim_id, ecoc_aims.display_order
)

select
    promises.aim_id,
    same.aim_id as same_as,
from promises
inner join promises as same
    on promises.display_order < same.display_order and promises.bullets = same.bullets
