-- Share of applicants selected, in the period in which the call closed. Both sides count people.
select
    periods.period_id,
    open_calls.programme,
    open_calls.partner,
    strftime(open_calls.closed_on, '%Y-M%m') as month,
    open_calls.call_id as call,
    sum(open_calls.applicants_selected) as numerator,
    sum(open_calls.applicants) as denominator,
from clean.open_calls
inner join reference.periods
    on
        open_calls.closed_on >= periods.starts_on
        and open_calls.closed_on < periods.ends_before
group by
    grouping sets (
        (periods.period_id),
        (periods.period_id, open_calls.programme),
        (periods.period_id, open_calls.partner),
        (periods.period_id, month),
        (periods.period_id, open_calls.call_id)
    )
