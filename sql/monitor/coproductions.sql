-- Delivered activities of each period, net and gross: a co-production once, as its lead tells it, and
-- as often as a partner told of it.
with merged as (
    select
        periods.period_id,
        count(distinct activities.activity_key) as activities,
    from clean.activities
    inner join clean.coproduced on activities.activity_key = coproduced.activity_key
    inner join reference.periods
        on
            activities.reported_from < periods.ends_before
            and activities.reported_to >= periods.starts_on
    where activities.status = 'delivered'
    group by periods.period_id
),

net as (
    select
        spans.period_id,
        count(distinct delivered.activity_key) as activities,
    from clean.delivered
    inner join clean.spans on delivered.span_id = spans.span_id
    group by spans.period_id
)

select
    net.period_id,
    net.activities as net,
    net.activities + coalesce(merged.activities, 0) as gross,
from net
left join merged on net.period_id = merged.period_id
