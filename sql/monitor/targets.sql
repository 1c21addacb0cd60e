-- What was agreed for each figure, as last decided by the date of the build, and what of it should
-- be reached by today: evenly over the period, unless targets_profiles.csv says otherwise.
-- A share is a level that holds on every day; a milestone is owed when its period is over.
with in_force as (
    select
        targets.indicator_id,
        targets.measure,
        targets.dimension,
        targets.category,
        targets.period_id,
        targets.kind,
        targets.direction,
        targets.value,
        targets.low,
        targets.high,
        targets.decided_on,
        periods.starts_on,
        periods.ends_before,
        moment.today,
        indicators.is_share or indicators.additivity = 'snapshot' as is_level,
        case targets.kind
            when 'annual' then periods.kind <> 'cumulative'
            when 'cumulative' then periods.kind = 'cumulative'
            when 'at_least_share' then indicators.is_share
            else true
        end as fits,
    from reference.targets
    inner join reference.periods on targets.period_id = periods.period_id
    inner join reference.indicators
        on
            targets.indicator_id = indicators.indicator_id
            and targets.measure is not distinct from indicators.measure
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
),

-- How much of a target should be reached when a day begins.
points as (
    select
        in_force.indicator_id,
        in_force.measure,
        in_force.dimension,
        in_force.category,
        in_force.period_id,
        in_force.today,
        unnest([in_force.starts_on, in_force.ends_before]) as day,
        unnest([0.0, 1.0]) as share,
    from in_force

    union all by name

    select
        in_force.indicator_id,
        in_force.measure,
        in_force.dimension,
        in_force.category,
        in_force.period_id,
        in_force.today,
        profiles.reached_by + 1 as day,
        profiles.share,
    from in_force
    inner join reference.targets_profiles as profiles
        on
            in_force.indicator_id = profiles.indicator_id
            and in_force.measure is not distinct from profiles.measure
            and in_force.dimension is not distinct from profiles.dimension
            and in_force.category is not distinct from profiles.category
            and in_force.period_id = profiles.period_id
),

around as (
    select
        points.indicator_id,
        points.measure,
        points.dimension,
        points.category,
        points.period_id,
        points.today,
        max(points.day) filter (where points.day <= points.today) as day_before,
        arg_max(points.share, points.day) filter (where points.day <= points.today) as share_before,
        min(points.day) filter (where points.day > points.today) as day_after,
        arg_min(points.share, points.day) filter (where points.day > points.today) as share_after,
    from points
    group by all
),

passed as (
    select
        around.indicator_id,
        around.measure,
        around.dimension,
        around.category,
        around.period_id,
        around.share_before + coalesce(
            (around.share_after - around.share_before)
            * (around.today - around.day_before)
            / (around.day_after - around.day_before),
            0
        ) as share,
    from around
)

select
    in_force.indicator_id,
    in_force.measure,
    in_force.dimension,
    in_force.category,
    in_force.period_id,
    in_force.kind,
    in_force.kind = 'maximum' or in_force.direction = 'down' as is_ceiling,
    in_force.value,
    in_force.low,
    in_force.high,
    in_force.decided_on,
    in_force.fits,
    in_force.kind = 'milestone' and in_force.today < in_force.ends_before as is_not_owed_yet,
    case
        when in_force.is_level or in_force.kind = 'milestone' then 1.0 else passed.share
    end as expected_share,
    in_force.value * expected_share as expected,
    in_force.low * expected_share as expected_low,
    in_force.high * expected_share as expected_high,
from in_force
inner join passed
    on
        in_force.indicator_id = passed.indicator_id
        and in_force.measure is not distinct from passed.measure
        and in_force.dimension is not distinct from passed.dimension
        and in_force.category is not distinct from passed.category
        and in_force.period_id = passed.period_id
