-- People trained: participations of cultural professionals in training. At least so many, where a
-- training gave none.
select
    month_id as span_id,
    programme,
    sum(participants_professional) as numerator,
    bool_or(participants_professional is null) as is_at_least,
from clean.delivered
where activity_type = 'training'
group by grouping sets ((month_id), (month_id, programme))
