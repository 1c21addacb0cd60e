-- Promises of the matrix that no delivered activity of a period touches yet, in the programme's order.
select
    commitments.objective_id,
    commitments.aim_id,
    commitments.bullets,
from monitor.commitments
inner join reference.objectives on commitments.objective_id = objectives.objective_id
inner join reference.ecoc_aims on commitments.aim_id = ecoc_aims.aim_id
where commitments.period_id = $period_id and commitments.activities = 0
order by objectives.position, ecoc_aims.display_order
