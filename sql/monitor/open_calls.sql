-- One row an open call and period in which it closed.
select
    periods.period_id,
    open_calls.call_id,
    open_calls.title,
    open_calls.programme,
    open_calls.is_in_situ,
    open_calls.applications,
    open_calls.applicants,
    open_calls.eligible,
    open_calls.applicants_selected,
from clean.open_calls
inner join reference.periods
    on
        open_calls.closed_on >= periods.starts_on
        and open_calls.closed_on < periods.ends_before
