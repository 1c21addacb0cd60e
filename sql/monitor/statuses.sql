-- How each figure with a target stands. Every kind of target is a corridor, open above for what
-- should be reached and open below for what should not be passed; beyond it on either side lies a
-- margin of risk. Values are not rounded. Where a value is known only within bounds, both bounds
-- must stand alike, or nothing can be said.
with targeted as (
    select
        measured.indicator_id,
        measured.measure,
        measured.period_id,
        measured.dimension,
        measured.category,
        measured.source,
        measured.precision,
        targets.fits,
        targets.is_not_owed_yet,
        unnest([
            coalesce(measured.low, measured.value),
            case measured.precision
                when 'at_least' then 'infinity'::double
                else coalesce(measured.high, measured.value)
            end
        ]) as value,
        case
            when targets.kind = 'corridor' then targets.expected_low
            when targets.is_ceiling then '-infinity'::double
            else targets.expected * programme.reached_share
        end as good_from,
        case
            when targets.kind = 'corridor' then targets.expected_high
            when targets.is_ceiling then targets.expected
            else 'infinity'::double
        end as good_to,
        case
            when targets.kind = 'corridor' then targets.expected_low * programme.at_risk_share
            when targets.is_ceiling then '-infinity'::double
            else targets.expected * programme.at_risk_share
        end as risk_from,
        good_to / programme.at_risk_share as risk_to,
        -- Room for the last bit of binary fractions: 0.95 of a target is not short of 0.95 of it.
        1e-12 as hair,
    from monitor.measured
    inner join monitor.targets
        on
            measured.indicator_id = targets.indicator_id
            and measured.measure is not distinct from targets.measure
            and measured.dimension is not distinct from targets.dimension
            and measured.category is not distinct from targets.category
            and measured.period_id = targets.period_id
    cross join reference.programme
    where
        measured.source = 'computed'
        or measured.indicator_id not in (select computed.indicator_id, from monitor.computed)
),

-- 0 is good, 1 at risk, 2 beyond; below is negative.
placed as (
    select
        targeted.indicator_id,
        targeted.measure,
        targeted.period_id,
        targeted.dimension,
        targeted.category,
        targeted.source,
        targeted.precision,
        targeted.fits,
        targeted.is_not_owed_yet,
        case
            when targeted.value < targeted.risk_from - abs(targeted.risk_from) * targeted.hair then -2
            when targeted.value < targeted.good_from - abs(targeted.good_from) * targeted.hair then -1
            when targeted.value > targeted.risk_to + abs(targeted.risk_to) * targeted.hair then 2
            when targeted.value > targeted.good_to + abs(targeted.good_to) * targeted.hair then 1
            else 0
        end as place,
    from targeted
)

select
    placed.indicator_id,
    placed.measure,
    placed.period_id,
    placed.dimension,
    placed.category,
    placed.source,
    case
        when any_value(placed.precision) = 'no_data' then 'no_data'
        when not any_value(placed.fits) then 'not_comparable'
        when min(placed.place) <> max(placed.place) then 'not_comparable'
        when max(placed.place) = 0 then 'reached'
        when any_value(placed.is_not_owed_yet) then 'not_comparable'
        when abs(max(placed.place)) = 1 then 'at_risk'
        else 'behind'
    end as status,
from placed
group by
    placed.indicator_id,
    placed.measure,
    placed.period_id,
    placed.dimension,
    placed.category,
    placed.source
