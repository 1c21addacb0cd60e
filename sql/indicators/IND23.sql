-- Share of activities free for anyone, over those that stated their admission.
select
    span_id,
    programme,
    district,
    count(*) filter (where pricing = 'free') as numerator,
    count(*) as denominator,
from clean.delivered
where pricing <> 'not_stated'
group by grouping sets ((span_id), (span_id, programme), (span_id, district))
