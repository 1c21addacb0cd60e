-- Neighbourhoods with an activity on site: how many of them, and the share of such activities outside
-- the centre over those whose neighbourhood is known. The centre is what the programme's list says.
-- At least so many, where an activity that may have been on site lies elsewhere or does not say where.
with told as (
    select
        delivered.span_id,
        delivered.programme,
        delivered.district,
        districts.zone,
        delivered.format <> 'not_stated' as is_on_site,
        count(*) as activities,
    from clean.delivered
    left join reference.districts on delivered.district = districts.district_code
    where delivered.format <> 'online'
    group by all
)

select
    spans.period_id,
    'districts' as measure,
    told.programme,
    told.zone,
    count(distinct told.district) filter (where told.is_on_site and told.zone is not null) as numerator,
    null as denominator,
    bool_or(told.district = 'not_stated')
    or count(distinct told.district) filter (where told.zone is not null) > numerator as is_at_least,
from told
inner join clean.spans on told.span_id = spans.span_id
group by grouping sets ((spans.period_id), (spans.period_id, told.programme), (spans.period_id, told.zone))
having grouping(told.zone) = 1 or told.zone is not null

union all by name

select
    spans.period_id,
    'share' as measure,
    told.programme,
    coalesce(sum(told.activities) filter (where told.zone <> 'centre'), 0) as numerator,
    sum(told.activities) as denominator,
from told
inner join clean.spans on told.span_id = spans.span_id and spans.is_latest
where told.is_on_site and told.zone is not null
group by grouping sets ((spans.period_id), (spans.period_id, told.programme))
