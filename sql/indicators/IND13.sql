-- International artists share: their engagements over those of known origin, in activities that gave all
-- three origins.
select
    month_id as span_id,
    programme,
    discipline,
    sum(artists_international) as numerator,
    sum(artists_local + artists_national + artists_international) as denominator,
from clean.delivered
where artists_local + artists_national + artists_international is not null
group by grouping sets ((month_id), (month_id, programme), (month_id, discipline))
