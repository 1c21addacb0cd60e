-- Activities on the city's heritage, by theme or by main discipline. At least so many: a blank says
-- nothing of the themes.
select
    span_id,
    programme,
    district,
    count(*) filter (
        where discipline = 'heritage' or list_contains(themes, 'city_heritage')
    ) as numerator,
    bool_or(discipline <> 'heritage' and themes is null) as is_at_least,
from clean.delivered
group by grouping sets ((span_id), (span_id, programme), (span_id, district))
