-- Share of applicants selected, in the period in which the call closed. Both sides count people, of
-- calls that gave both numbers.
select
    closed_in as span_id,
    programme,
    partner,
    call_id as call,
    sum(applicants_selected) as numerator,
    sum(applicants) as denominator,
from clean.open_calls
where applicants_selected is not null and applicants is not null
group by
    grouping sets ((closed_in), (closed_in, programme), (closed_in, partner), (closed_in, call_id))
