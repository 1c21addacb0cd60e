-- Every figure: computed ones on a spine of indicators by periods, so that nothing reported is
-- "no data" and not zero, and beside them what others published. code is the figure's passport.
with spine as (
    select
        indicators.indicator_id,
        indicators.measure,
        periods.period_id,
    from reference.indicators
    inner join monitor.computed on indicators.indicator_id = computed.indicator_id
    cross join reference.periods
    cross join reference.moment
    where periods.begins_on <= moment.today
),

computed as (
    select
        spine.indicator_id,
        spine.measure,
        spine.period_id,
        "values".dimension,
        "values".category,
        coalesce("values".numerator, case when coverage.reported > 0 then 0 end) as numerator,
        "values".denominator,
        "values".low,
        "values".high,
    from spine
    left join monitor.indicator_values as "values"
        on
            spine.indicator_id = "values".indicator_id
            and spine.measure is not distinct from "values".measure
            and spine.period_id = "values".period_id
            and "values".dimension is null
    left join monitor.coverage on spine.period_id = coverage.period_id

    union all by name

    select
        "values".indicator_id,
        "values".measure,
        "values".period_id,
        "values".dimension,
        "values".category,
        "values".numerator,
        "values".denominator,
        "values".low,
        "values".high,
    from monitor.indicator_values as "values"
    inner join spine
        on
            "values".indicator_id = spine.indicator_id
            and "values".measure is not distinct from spine.measure
            and "values".period_id = spine.period_id
    where "values".dimension is not null
),

valued as (
    select
        computed.indicator_id,
        computed.measure,
        computed.period_id,
        computed.dimension,
        computed.category,
        'computed' as source,
        computed.numerator,
        computed.denominator,
        case
            when computed.high is not null then null
            when not indicators.is_share then computed.numerator
            when computed.denominator >= coalesce(indicators.minimum_base, 1)
                then computed.numerator / nullif(computed.denominator, 0)
        end as value,
        case
            when computed.numerator is null then 'no_data'
            when
                indicators.is_share
                and coalesce(computed.denominator, 0) < coalesce(indicators.minimum_base, 1)
                then 'no_data'
            when computed.high > computed.low then 'between'
            when computed.low is not null and computed.high is null then 'at_least'
            else 'exact'
        end as precision,
        computed.low,
        computed.high,
        indicators.unit,
        indicators.position,
        null as observed_on,
        null as stated_by,
    from computed
    inner join reference.indicators
        on
            computed.indicator_id = indicators.indicator_id
            and computed.measure is not distinct from indicators.measure

    union all by name

    select
        "external".indicator_id,
        "external".measure,
        "external".period_id,
        "external".dimension,
        "external".category,
        'external' as source,
        null as numerator,
        null as denominator,
        "external".value,
        "external".precision,
        "external".low,
        "external".high,
        indicators.unit,
        indicators.position,
        "external".observed_on,
        "external".source as stated_by,
    from reference.external
    inner join reference.indicators
        on
            "external".indicator_id = indicators.indicator_id
            and "external".measure is not distinct from indicators.measure
    cross join reference.moment
    where "external".observed_on <= moment.today
),

targets as (
    select targets.*,
    from reference.targets
    cross join reference.moment
    where targets.decided_on <= moment.today
    qualify
        row_number() over (
            partition by
                targets.indicator_id,
                targets.measure,
                targets.dimension,
                targets.category,
                targets.period_id
            order by targets.decided_on desc
        ) = 1
)

select
    valued.indicator_id,
    valued.measure,
    valued.period_id,
    valued.dimension,
    valued.category,
    valued.source,
    valued.numerator,
    valued.denominator,
    case when valued.high = valued.low then valued.low else valued.value end as value,
    valued.precision,
    valued.low,
    valued.high,
    valued.unit,
    targets.kind as target_kind,
    targets.value as target,
    targets.low as target_low,
    targets.high as target_high,
    case
        when targets.kind is null then null
        when valued.precision = 'no_data' then 'no_data'
        when moment.today < periods.ends_before then 'not_comparable'
        when valued.precision = 'between' and targets.kind in ('corridor', 'maximum') then 'not_comparable'
        when targets.kind = 'corridor'
            then if(valued.value between targets.low and targets.high, 'reached', 'at_risk')
        when targets.kind = 'maximum'
            then case
                when valued.value <= targets.value then 'reached'
                when valued.value * programme.at_risk_share <= targets.value then 'at_risk'
                else 'behind'
            end
        when coalesce(valued.value, valued.low) >= targets.value * programme.reached_share
            then 'reached'
        when valued.precision in ('between', 'at_least') then 'not_comparable'
        when valued.value >= targets.value * programme.at_risk_share then 'at_risk'
        else 'behind'
    end as status,
    coverage.reported,
    coverage.due,
    valued.observed_on,
    valued.stated_by,
    valued.position,
    valued.indicator_id || '-' || left(
        md5(concat_ws(
            '|',
            programme.programme_id,
            valued.indicator_id,
            coalesce(valued.measure, ''),
            valued.period_id,
            coalesce(valued.dimension, ''),
            coalesce(valued.category, ''),
            valued.source
        )),
        8
    ) as code,
from valued
cross join reference.moment
cross join reference.programme
left join reference.periods on valued.period_id = periods.period_id
left join monitor.coverage on valued.period_id = coverage.period_id
left join targets
    on
        valued.source = 'computed'
        and valued.indicator_id = targets.indicator_id
        and valued.measure is not distinct from targets.measure
        and valued.dimension is not distinct from targets.dimension
        and valued.category is not distinct from targets.category
        and valued.period_id = targets.period_id
order by
    valued.position,
    valued.measure nulls first,
    valued.period_id,
    valued.source,
    valued.dimension nulls first,
    valued.category
