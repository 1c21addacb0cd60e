-- What does not add up in the open calls that closed in a period.
select
    open_call_gaps.call_id,
    open_call_gaps.part,
    open_call_gaps.part_count,
    open_call_gaps.whole,
    open_call_gaps.whole_count,
from monitor.open_call_gaps
where open_call_gaps.period_id = $period_id
order by open_call_gaps.call_id, open_call_gaps.whole, open_call_gaps.part
