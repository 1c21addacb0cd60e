-- Distinct artists: people, each once. Exact from the registers. Where a partner only declared a
-- number, between the largest that must be and the sum that can be; at least the registered ones
-- where a declared number cannot be placed in the period or in the split. A person may stand in
-- several parts of a split, so parts are not added up; month is the first of each person.
with parts as (
    select
        person_key,
        span_id,
        unnest([null, 'partner', 'programme', 'format', 'district', 'origin']) as dimension,
        unnest([null, partner, programme, format, district, origin]) as category,
    from clean.engagements
    where role = 'artist'
),

-- Of a person's months in a part, each beside the one before it. A period counts the month whose
-- one before it lies outside: every person once, without remembering whom it counted.
months as (
    select
        dimension,
        category,
        span_id,
        lag(span_id) over (partition by person_key, dimension, category order by span_id) as before_id,
    from parts
),

told as (
    select
        dimension,
        category,
        span_id,
        before_id,
        count(*) as people,
    from months
    group by dimension, category, span_id, before_id
),

placed as (
    select
        spans.period_id,
        spans.month,
        told.dimension,
        told.category,
        told.people,
    from told
    inner join clean.spans on told.span_id = spans.span_id
    left join clean.spans as earlier
        on told.before_id = earlier.span_id and spans.period_id = earlier.period_id
    where earlier.span_id is null
),

registered as (
    select
        period_id,
        dimension,
        category,
        sum(people) as people,
    from placed
    group by period_id, dimension, category

    union all by name

    select
        period_id,
        'month' as dimension,
        month as category,
        sum(people) as people,
    from placed
    where dimension is null
    group by period_id, month
),

declared as (
    select
        period_id,
        if(partner is null, null, 'partner') as dimension,
        partner as category,
        max(at_least) as at_least,
        sum(at_most) as at_most,
        bool_and(is_bounded) as is_bounded,
    from clean.people_declared_only
    where role = 'artist'
    group by grouping sets ((period_id), (period_id, partner))
)

select
    coalesce(registered.period_id, declared.period_id) as period_id,
    coalesce(registered.dimension, declared.dimension) as dimension,
    coalesce(registered.category, declared.category) as category,
    coalesce(registered.people, 0) as numerator,
    case
        when declared.is_bounded then greatest(coalesce(registered.people, 0), declared.at_least)
        when declared.period_id is not null or elsewhere.period_id is not null
            then coalesce(registered.people, 0)
    end as low,
    case
        when declared.is_bounded then coalesce(registered.people, 0) + declared.at_most
    end as high,
from registered
full outer join declared
    on
        registered.period_id = declared.period_id
        and registered.dimension is not distinct from declared.dimension
        and registered.category is not distinct from declared.category
left join declared as elsewhere
    on
        registered.period_id = elsewhere.period_id
        and registered.dimension <> 'partner'
        and elsewhere.dimension is null
