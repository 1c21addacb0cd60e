-- One row a span and period that has begun and that it touches: what was told of an activity, here
-- reduced to months, so that a million activities have a few hundred spans and each is placed in
-- all its periods at once. is_latest: no later report of the same activity is in the period.
-- month is the first of the period's months that the activity touches. A month is a span, too.
with named as (
    select delivered.span_id,
    from clean.delivered

    union

    select delivered.stretch_id as span_id,
    from clean.delivered

    union

    select periods.period_id as span_id,
    from reference.periods
    where periods.kind = 'month'
),

-- A span is written 2020-M02, 2020-M02..2020-M03, or with all reports of an activity
-- 2020-M05 of 2020-M02..2020-M03+2020-M05..2020-M05.
stretches as (
    select
        named.span_id,
        left(named.span_id, 8) as own_month,
        unnest(split(split_part(' of ' || named.span_id, ' of ', -1), '+')) as stretch,
    from named
)

select
    stretches.span_id,
    periods.period_id,
    greatest(min(left(stretches.stretch, 8)), strftime(periods.starts_on, '%Y-M%m')) as month,
    max(left(stretches.stretch, 8)) = stretches.own_month as is_latest,
from stretches
cross join reference.moment
inner join reference.periods
    on
        left(stretches.stretch, 8) <= strftime(periods.ends_before - 1, '%Y-M%m')
        and right(stretches.stretch, 8) >= strftime(periods.starts_on, '%Y-M%m')
where periods.begins_on <= moment.today
group by stretches.span_id, stretches.own_month, periods.period_id, periods.starts_on
having bool_or(left(stretches.stretch, 8) = stretches.own_month)
