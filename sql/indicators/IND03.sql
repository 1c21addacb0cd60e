-- Activities by format: how many, and what share of those whose format is stated. Activities
-- without a stated format stay visible as a part of their own and stand in no share.
select
    span_id,
    'activities' as measure,
    programme,
    partner,
    district,
    format,
    count(*) as numerator,
from clean.delivered
group by
    grouping sets (
        (span_id),
        (span_id, format),
        (span_id, programme, format),
        (span_id, partner, format),
        (span_id, district, format)
    )

union all by name

select
    span_id,
    'share' as measure,
    format,
    count(*) as numerator,
    case when grouping(format) = 1 then count(*) end as denominator,
from clean.delivered
where format <> 'not_stated'
group by grouping sets ((span_id), (span_id, format))
