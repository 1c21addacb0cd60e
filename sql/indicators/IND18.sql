-- Online views within 30 days; views, not people, never added to viewers or visits. At least so many,
-- where an activity that was not in person gave none.
select
    month_id as span_id,
    programme,
    platform,
    sum(online_views) as numerator,
    bool_or(format <> 'in_person' and online_views is null) as is_at_least,
from clean.delivered
group by grouping sets ((month_id), (month_id, programme), (month_id, platform))
