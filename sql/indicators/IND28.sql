-- Volunteer hours of delivered activities. At least so many, where an activity with volunteers gave
-- none, or did not say whether it had any.
select
    month_id as span_id,
    programme,
    partner,
    sum(volunteer_hours) as numerator,
    bool_or(volunteer_hours is null and coalesce(volunteers > 0, true)) as is_at_least,
from clean.delivered
group by grouping sets ((month_id), (month_id, programme), (month_id, partner))
