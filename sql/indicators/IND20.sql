-- Share of visits that were counted: by tickets, registration or a counter, over all visits whose
-- method is stated.
select
    month_id as span_id,
    partner,
    activity_type,
    coalesce(
        sum(attendance_in_person) filter (where count_method in ('ticket', 'registration', 'counter')), 0
    ) as numerator,
    sum(attendance_in_person) as denominator,
from clean.delivered
where count_method <> 'not_stated' and attendance_in_person is not null
group by grouping sets ((month_id), (month_id, partner), (month_id, activity_type))
