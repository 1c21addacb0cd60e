-- Activities on Roma culture. About the theme, not about persons. At least so many: a blank says
-- nothing of the themes.
select
    span_id,
    programme,
    count(*) filter (where list_contains(themes, 'roma_culture')) as numerator,
    bool_or(themes is null) as is_at_least,
from clean.delivered
group by grouping sets ((span_id), (span_id, programme))
