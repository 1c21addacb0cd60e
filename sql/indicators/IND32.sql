-- Open calls that closed in the period.
select
    periods.period_id,
    open_calls.programme,
    open_calls.partner,
    strftime(open_calls.closed_on, '%Y-M%m') as month,
    count(*) as numerator,
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
        (periods.period_id, month)
    )
