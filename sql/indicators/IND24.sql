-- Schools: distinct names, folded; and participations of their pupils, which add up. At least so many,
-- where an activity left it blank.
with named as (
    select distinct
        stretch_id,
        district,
        unnest(coalesce(schools, ['not_stated'])) as school,
    from clean.delivered
)

select
    spans.period_id,
    'schools' as measure,
    named.district,
    count(distinct named.school) filter (where named.school <> 'not_stated') as numerator,
    bool_or(named.school = 'not_stated') as is_at_least,
from named
inner join clean.spans on named.stretch_id = spans.span_id
group by grouping sets ((spans.period_id), (spans.period_id, named.district))

union all by name

select
    spans.period_id,
    'pupils' as measure,
    told.district,
    sum(told.pupils) as numerator,
    bool_or(told.is_at_least) as is_at_least,
from (
    select
        month_id,
        district,
        sum(pupils) as pupils,
        bool_or(pupils is null) as is_at_least,
    from clean.delivered
    group by month_id, district
) as told
inner join clean.spans on told.month_id = spans.span_id
group by grouping sets ((spans.period_id), (spans.period_id, told.district))
