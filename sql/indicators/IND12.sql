-- Distinct artists: people, each once. Exact from the registers. Where a partner only declared a
-- number, between the largest that must be and the sum that can be; at least the registered ones
-- where a declared number cannot be placed in the period or in the split. A person may stand in
-- several parts of a split, so parts are not added up; month is the first of each person.
with took_part as (
    select
        spans.period_id,
        spans.month,
        engagements.partner,
        engagements.programme,
        engagements.format,
        engagements.district,
        engagements.origin,
        engagements.person_key,
    from clean.engagements
    inner join clean.spans on engagements.span_id = spans.span_id
    where engagements.role = 'artist'
),

registered as (
    select
        period_id,
        partner,
        programme,
        format,
        district,
        origin,
        count(distinct person_key) as people,
    from took_part
    group by
        grouping sets (
            (period_id),
            (period_id, partner),
            (period_id, programme),
            (period_id, format),
            (period_id, district),
            (period_id, origin)
        )

    union all by name

    select
        period_id,
        month,
        count(*) as people,
    from (
        select
            period_id,
            person_key,
            min(month) as month,
        from took_part
        group by period_id, person_key
    )
    group by period_id, month
),

declared as (
    select
        period_id,
        partner,
        max(at_least) as at_least,
        sum(at_most) as at_most,
        bool_and(is_bounded) as is_bounded,
    from clean.people_declared_only
    where role = 'artist'
    group by grouping sets ((period_id), (period_id, partner))
)

select
    coalesce(registered.period_id, declared.period_id) as period_id,
    coalesce(registered.partner, declared.partner) as partner,
    registered.programme,
    registered.format,
    registered.district,
    registered.origin,
    registered.month,
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
        and registered.partner is not distinct from declared.partner
        and coalesce(
            registered.programme,
            registered.format,
            registered.district,
            registered.origin,
            registered.month
        ) is null
left join declared as elsewhere
    on
        registered.period_id = elsewhere.period_id
        and elsewhere.partner is null
        and coalesce(
            registered.programme,
            registered.format,
            registered.district,
            registered.origin,
            registered.month
        ) is not null
