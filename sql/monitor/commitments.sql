-- What the matrix promises, cell by cell, in every period that has begun: the cells with bullets,
-- and how many delivered activities touch each. None of them: the promise is still open.
select
    periods.period_id,
    links.objective_id,
    links.aim_id,
    links.bullets,
    coalesce(aim_links.activities, 0) as activities,
from reference.links
cross join reference.moment
inner join reference.periods on moment.today >= periods.begins_on
left join monitor.aim_links
    on
        periods.period_id = aim_links.period_id
        and links.objective_id = aim_links.objective_id
        and links.aim_id = aim_links.aim_id
where links.bullets > 0
