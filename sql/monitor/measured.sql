-- Every value: computed ones on a spine of indicators by periods, so that nothing reported is
-- "no data" and not zero, and beside them what others published, the latest of each by today.
with spine as (
    select
        indicators.indicator_id,
        indicators.measure,
        periods.period_id,
        null as dimension,
        null as category,
    from reference.indicators
    inner join monitor.computed on indicators.indicator_id = computed.indicator_id
    cross join reference.periods
    cross join reference.moment
    where periods.begins_on <= moment.today and indicators.additivity <> 'external'

    union all by name

    -- A part for which something was agreed is a figure even when nothing of it was reported.
    select distinct
        targets.indicator_id,
        targets.measure,
        targets.period_id,
        targets.dimension,
        targets.category,
    from reference.targets
    inner join monitor.computed on targets.indicator_id = computed.indicator_id
    inner join reference.periods on targets.period_id = periods.period_id
    cross join reference.moment
    where
        targets.dimension is not null
        and targets.decided_on <= moment.today
        and periods.begins_on <= moment.today
),

found as (
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
    inner join reference.periods on "values".period_id = periods.period_id
    cross join reference.moment
    where periods.begins_on <= moment.today
),

computed as (
    select
        coalesce(found.indicator_id, spine.indicator_id) as indicator_id,
        coalesce(found.measure, spine.measure) as measure,
        coalesce(found.period_id, spine.period_id) as period_id,
        coalesce(found.dimension, spine.dimension) as dimension,
        coalesce(found.category, spine.category) as category,
        found.period_id is not null as is_answered,
        found.numerator,
        found.denominator,
        found.low,
        found.high,
    from spine
    full outer join found
        on
            spine.indicator_id = found.indicator_id
            and spine.measure is not distinct from found.measure
            and spine.period_id = found.period_id
            and spine.dimension is not distinct from found.dimension
            and spine.category is not distinct from found.category
),

filled as (
    select
        computed.indicator_id,
        computed.measure,
        computed.period_id,
        computed.dimension,
        computed.category,
        -- A SELECT may answer that it cannot be known; nothing answered where partners reported is 0.
        case
            when computed.is_answered then computed.numerator
            when coverage.reported > 0 then 0
        end as numerator,
        computed.denominator,
        computed.low,
        computed.high,
        -- Below its smallest base a share says nothing, not even at least how much.
        not indicators.is_share
        or coalesce(computed.denominator >= coalesce(indicators.minimum_base, 1), false) as has_base,
        indicators.is_share,
        indicators.unit,
        indicators.position,
    from computed
    inner join reference.indicators
        on
            computed.indicator_id = indicators.indicator_id
            and computed.measure is not distinct from indicators.measure
    left join monitor.coverage on computed.period_id = coverage.period_id
)

select
    filled.indicator_id,
    filled.measure,
    filled.period_id,
    filled.dimension,
    filled.category,
    'computed' as source,
    filled.numerator,
    filled.denominator,
    case
        when not filled.has_base then null
        when filled.high = filled.low then filled.low
        when filled.high is not null then null
        when not filled.is_share then filled.numerator
        else filled.numerator / nullif(filled.denominator, 0)
    end as value,
    case
        when filled.numerator is null or not filled.has_base then 'no_data'
        when filled.high > filled.low then 'between'
        when filled.low is not null and filled.high is null then 'at_least'
        else 'exact'
    end as precision,
    case when filled.has_base then filled.low end as low,
    case when filled.has_base then filled.high end as high,
    filled.is_share,
    filled.unit,
    filled.position,
    null as observed_on,
    null as stated_by,
    null as stated_by_en,
    null as sample,
    null as note,
from filled

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
    indicators.is_share,
    indicators.unit,
    indicators.position,
    "external".observed_on,
    "external".source as stated_by,
    coalesce("external".source_en, "external".source) as stated_by_en,
    "external".sample,
    "external".note,
from reference.external
inner join reference.indicators
    on
        "external".indicator_id = indicators.indicator_id
        and "external".measure is not distinct from indicators.measure
cross join reference.moment
where "external".observed_on <= moment.today
qualify
    row_number() over (
        partition by
            "external".indicator_id,
            "external".measure,
            "external".period_id,
            "external".dimension,
            "external".category
        order by "external".observed_on desc
    ) = 1
