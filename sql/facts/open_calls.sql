-- Open calls that closed in a period, largest first.
select
    open_calls.call_id,
    open_calls.title,
    programmes.name_ro as programme_ro,
    programmes.name_en as programme_en,
    open_calls.is_in_situ,
    open_calls.applications,
    open_calls.applicants,
    open_calls.eligible,
    open_calls.withdrawn,
    open_calls.ineligible,
    open_calls.applications_selected,
    open_calls.turned_down,
    open_calls.applicants_selected,
from monitor.open_calls
left join reference.programmes on open_calls.programme = programmes.programme_id
where open_calls.period_id = $period_id
order by open_calls.applicants desc nulls last, open_calls.call_id asc
