-- One row an open call and period in which it closed, with what became of its applications: every
-- one is withdrawn, ineligible, selected or turned down. Ineligible and turned down are what is
-- left, so they are null where the partner did not say how many were eligible. What was not said
-- to be withdrawn was not withdrawn.
select
    periods.period_id,
    open_calls.call_id,
    open_calls.partner,
    open_calls.title,
    open_calls.programme,
    open_calls.is_in_situ,
    open_calls.applications,
    open_calls.applicants,
    open_calls.eligible,
    coalesce(open_calls.withdrawn, 0) as withdrawn,
    open_calls.applications_selected,
    open_calls.applicants_selected,
    open_calls.applications - coalesce(open_calls.withdrawn, 0) - open_calls.eligible as ineligible,
    open_calls.eligible - open_calls.applications_selected as turned_down,
from clean.open_calls
inner join reference.periods
    on
        open_calls.closed_on >= periods.starts_on
        and open_calls.closed_on < periods.ends_before
