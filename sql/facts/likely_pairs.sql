-- Pairs of activities that begin in a period and are likely one, whatever was decided about them.
select likely_pairs.pair_id,
from monitor.likely_pairs
inner join reference.periods
    on
        periods.period_id = $period_id
        and likely_pairs.begins_on >= periods.starts_on
        and likely_pairs.begins_on < periods.ends_before
order by likely_pairs.pair_id
