-- Every whole that the edition about a period which went out last told its readers, and whether it
-- still holds. What tells of this comparison itself is left out.
select
    published.period_id,
    published.indicator_id,
    published.measure,
    measured.indicator_id is not null as still_holds,
from reference.published
left join monitor.measured
    on
        published.indicator_id = measured.indicator_id
        and published.measure is not distinct from measured.measure
        and published.period_id = measured.period_id
        and measured.dimension is null
        and measured.source = 'computed'
        and published.value is not distinct from measured.value
        and published.low is not distinct from measured.low
        and published.high is not distinct from measured.high
where published.indicator_id <> 'Q03'
