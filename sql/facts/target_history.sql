-- All that was ever agreed for the figures of a period, by the date of the build, oldest first.
select
    targets.indicator_id,
    targets.measure,
    targets.dimension,
    targets.category,
    targets.value,
    targets.low,
    targets.high,
    targets.decided_on,
    targets.decided_by,
    targets.reason,
from reference.targets
cross join reference.moment
where targets.period_id = $period_id and targets.decided_on <= moment.today
order by targets.decided_on
