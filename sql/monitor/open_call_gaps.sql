-- Open calls that do not add up: a part that is larger than the whole it was taken from. Without
-- any of these every application is in exactly one end state.
with comparisons as (
    select
        open_calls.period_id,
        open_calls.call_id,
        open_calls.partner,
        unnest([
            {
                'part': 'withdrawn_or_eligible',
                'part_count': open_calls.withdrawn + coalesce(open_calls.eligible, 0),
                'whole': 'received',
                'whole_count': open_calls.applications
            },
            {
                'part': 'withdrawn_or_selected',
                'part_count': case
                    when open_calls.eligible is null
                        then open_calls.withdrawn + open_calls.applications_selected
                end,
                'whole': 'received',
                'whole_count': open_calls.applications
            },
            {
                'part': 'selected',
                'part_count': open_calls.applications_selected,
                'whole': 'eligible',
                'whole_count': open_calls.eligible
            },
            {
                'part': 'applicants_selected',
                'part_count': open_calls.applicants_selected,
                'whole': 'applicants',
                'whole_count': open_calls.applicants
            }
        ]) as compared,
    from monitor.open_calls
)

select
    period_id,
    call_id,
    partner,
    compared.part,
    compared.part_count,
    compared.whole,
    compared.whole_count,
from comparisons
where compared.part_count > compared.whole_count
