-- Delivered activities with something unknown, in any field and field by field: how many, and what
-- share of all delivered ones. One may lack several fields, so those parts do not add up.
with told as (
    select
        measures.measure,
        delivered.span_id,
        delivered.partner,
        list_filter(
            [
                if(delivered.format = 'not_stated', 'format', null),
                if(delivered.district = 'not_stated', 'district', null),
                if(delivered.discipline = 'not_stated', 'discipline', null),
                if(
                    delivered.artists_origin_unknown > 0
                    or coalesce(
                        delivered.artists_local,
                        delivered.artists_national,
                        delivered.artists_international
                    ) is null,
                    'origin',
                    null
                )
            ],
            lambda field: field is not null
        ) as unknown,
    from clean.delivered
    cross join (values ('activities'), ('share')) as measures (measure)
)

select
    span_id,
    measure,
    partner,
    count(*) filter (where len(unknown) > 0) as numerator,
    case when measure = 'share' then count(*) end as denominator,
from told
group by grouping sets ((span_id, measure), (span_id, measure, partner))

union all by name

select
    told.span_id,
    told.measure,
    fields.field,
    count(*) filter (where list_contains(told.unknown, fields.field)) as numerator,
from told
cross join (values ('format'), ('district'), ('discipline'), ('origin')) as fields (field)
group by told.span_id, told.measure, fields.field
