-- The six aims of the action in the programme's order, with the activities of a period that touch
-- each, whole and in shares; and, where aim_id is null, those that name any objective at all.
select
    ecoc_aims.aim_id,
    ecoc_aims.article,
    ecoc_aims.wording_ro,
    ecoc_aims.wording_en,
    ecoc_aims.short_ro,
    ecoc_aims.short_en,
    coalesce(aim_links.activities, 0) as activities,
    coalesce(aim_links.share, 0) as share,
from (
    from reference.ecoc_aims
    union all by name
    select null as aim_id,
) as ecoc_aims
left join monitor.aim_links
    on
        aim_links.period_id = $period_id
        and aim_links.objective_id is null
        and ecoc_aims.aim_id is not distinct from aim_links.aim_id
order by ecoc_aims.display_order nulls first
