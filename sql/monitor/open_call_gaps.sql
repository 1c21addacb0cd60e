-- Open calls that do not add up: a part that is larger than the whole it was taken from. Without
-- any of these every application is in exactly one end state.
select
    open_calls.period_id,
    open_calls.call_id,
    open_calls.partner,
    compared.part,
    compared.part_count,
    compared.whole,
    compared.whole_count,
from monitor.open_calls
cross join
    lateral (
        values
        (
            'withdrawn_or_eligible',
            open_calls.withdrawn + coalesce(open_calls.eligible, 0),
            'received',
            open_calls.applications
        ),
        (
            'withdrawn_or_selected',
            case
                when open_calls.eligible is null
                    then open_calls.withdrawn + open_calls.applications_selected
            end,
            'received',
            open_calls.applications
        ),
        ('selected', open_calls.applications_selected, 'eligible', open_calls.eligible),
        (
            'applicants_selected',
            open_calls.applicants_selected,
            'applicants',
            open_calls.applicants
        )
    ) as compared (part, part_count, whole, whole_count)
where compared.part_count > compared.whole_count
