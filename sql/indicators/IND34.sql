-- Applicants selected, and the applications behind them.
select
    periods.period_id,
    figures.measure,
    open_calls.programme,
    open_calls.partner,
    strftime(open_calls.closed_on, '%Y-M%m') as month,
    open_calls.call_id as call,
    sum(figures.people) as numerator,
from clean.open_calls
cross join
    lateral (
        values
        ('applications', open_calls.applications_selected),
        ('applicants', open_calls.applicants_selected)
    ) as figures (measure, people)
inner join reference.periods
    on
        open_calls.closed_on >= periods.starts_on
        and open_calls.closed_on < periods.ends_before
group by
    grouping sets (
        (periods.period_id, figures.measure),
        (periods.period_id, figures.measure, open_calls.programme),
        (periods.period_id, figures.measure, open_calls.partner),
        (periods.period_id, figures.measure, month),
        (periods.period_id, figures.measure, open_calls.call_id)
    )
