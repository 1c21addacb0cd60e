-- What can be said of a file as a whole: how often it reports, and whether it names a period that
-- is reported about. One row a submission to be checked.
with reports as (
    select
        raport.submission_id,
        count(*) as report_count,
    from typed.raport
    where raport.set_aside is null
    group by raport.submission_id
)

select
    submissions.submission_id,
    coalesce(reports.report_count, 0) as report_count,
    periods.period_id is not null as has_period,
from staging.submissions
inner join staging.periods on submissions.submission_id = periods.submission_id
left join reports on submissions.submission_id = reports.submission_id
