-- New works and premieres. At least so many, where some gave no number.
select
    month_id as span_id,
    programme,
    discipline,
    sum(new_works) as numerator,
    bool_or(new_works is null) as is_at_least,
from clean.delivered
group by grouping sets ((month_id), (month_id, programme), (month_id, discipline))
