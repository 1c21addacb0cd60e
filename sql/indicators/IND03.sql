-- Activities by format: how many, and what share of those whose format is stated. Activities
-- without a stated format stay visible as a part of their own and stand in no share.
select
    period_id,
    'activities' as measure,
    programme,
    partner,
    district,
    format,
    count(*) as numerator,
    null as denominator,
from clean.delivered
group by
    grouping sets (
        (period_id),
        (period_id, format),
        (period_id, programme, format),
        (period_id, partner, format),
        (period_id, district, format)
    )

union all by name

select
    period_id,
    'share' as measure,
    format,
    count(*) as numerator,
    sum(count(*)) over (partition by period_id, grouping(format)) as denominator,
from clean.delivered
where format <> 'not_stated'
group by grouping sets ((period_id), (period_id, format))
