-- Applications received, and the people behind them; within a call each person is counted once.
select
    open_calls.closed_in as span_id,
    figures.measure,
    open_calls.programme,
    open_calls.partner,
    open_calls.call_id as call,
    sum(figures.counted) as numerator,
    bool_or(figures.counted is null) as is_at_least,
from clean.open_calls
cross join
    lateral (
        values ('applications', open_calls.applications), ('applicants', open_calls.applicants)
    ) as figures (measure, counted)
group by
    grouping sets (
        (open_calls.closed_in, figures.measure),
        (open_calls.closed_in, figures.measure, open_calls.programme),
        (open_calls.closed_in, figures.measure, open_calls.partner),
        (open_calls.closed_in, figures.measure, open_calls.call_id)
    )
