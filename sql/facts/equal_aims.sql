-- Aims for which the matrix promises the same in every row, in the programme's order.
select
    equal_aims.aim_id,
    equal_aims.same_as,
from monitor.equal_aims
inner join reference.ecoc_aims on equal_aims.aim_id = ecoc_aims.aim_id
order by ecoc_aims.display_order, equal_aims.same_as
