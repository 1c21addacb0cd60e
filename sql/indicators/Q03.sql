-- Wholes that are no longer what the edition about their period which went out last said. Of a period
-- about which none went out before the last submission, nothing can be said.
select
    periods.period_id,
    restated.indicator_id as indicator,
    case
        when count(restated.indicator_id) > 0 then count(*) filter (where not restated.still_holds)
    end as numerator,
from reference.periods
left join monitor.restated on periods.period_id = restated.period_id
group by grouping sets ((periods.period_id), (periods.period_id, restated.indicator_id))
having grouping(restated.indicator_id) = 1 or restated.indicator_id is not null
