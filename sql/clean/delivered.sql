-- One row an activity and report of it as delivered; the base of all that is counted of activities.
-- A co-production stands once, as its lead tells it.
-- span_id says in which periods the activity is counted (see clean.spans), with the words of this
-- report: a period takes those of the latest report in it, so the parts of a split add up.
-- stretch_id says the same of this report alone, for what any report may tell, such as a country.
-- month_id is the month in which the report of it begins: where its sums are counted, so that
-- months add up to quarters.
with reports as (
    select
        activities.*,
        activities.partner_id as partner,
        strftime(activities.reported_from, '%Y-M%m') as month_id,
        concat_ws(
            '..', month_id, nullif(strftime(activities.reported_to, '%Y-M%m'), month_id)
        ) as stretch_id,
    from clean.activities
    left join clean.coproduced on activities.activity_key = coproduced.activity_key
    where activities.status = 'delivered' and coproduced.activity_key is null
)

select
    reports.*,
    coalesce(reports.month_id || ' of ' || courses.course, reports.stretch_id) as span_id,
from reports
left join clean.courses on reports.activity_key = courses.activity_key
