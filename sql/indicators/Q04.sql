-- Delivered activities with something unknown, in any field and field by field: how many, and
-- what share of all delivered ones.
with unknown as (
    select
        period_id,
        partner,
        activity_key,
        unnest(['format', 'district', 'discipline', 'origin']) as field,
        unnest([
            format = 'not_stated',
            district = 'not_stated',
            discipline = 'not_stated',
            has_unknown_origin
        ]) as is_unknown,
    from clean.delivered
),

counted as (
    select
        period_id,
        partner,
        field,
        count(distinct activity_key) filter (where is_unknown) as unknown,
        count(distinct activity_key) as activities,
    from unknown
    group by grouping sets ((period_id), (period_id, partner), (period_id, field))
)

select
    counted.period_id,
    figures.measure,
    counted.partner,
    counted.field,
    counted.unknown as numerator,
    figures.denominator,
from counted
cross join
    lateral (
        values ('activities', null), ('share', counted.activities)
    ) as figures (measure, denominator)
