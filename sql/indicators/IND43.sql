-- Activities with a funded follow-up. At least so many, where an activity left it blank.
select
    span_id,
    programme,
    count(*) filter (where legacy = 'funded') as numerator,
    bool_or(legacy = 'not_stated') as is_at_least,
from clean.delivered
group by grouping sets ((span_id), (span_id, programme))
