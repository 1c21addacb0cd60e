-- Files about a period: how many came, how many were refused whole, and how many stored rows of
-- activities a later report of the same activity took the place of.
with submissions as (
    select submissions.*,
    from quality.submissions
    left join reference.periods as reported on submissions.period_id = reported.period_id
    inner join reference.periods
        on
            periods.period_id = $period_id
            and coalesce(reported.starts_on, submissions.received_on) < periods.due_on + 1
            and coalesce(reported.ends_before, submissions.received_on) > periods.starts_on
            and coalesce(reported.starts_on < periods.ends_before, true)
)

select
    count(*) as files,
    count(*) filter (where submissions.verdict = 'rejected') as files_rejected,
    (
        select count(*),
        from quality.stored_rows
        inner join submissions as stored on stored_rows.submission_id = stored.submission_id
        where stored_rows.sheet = 'activitati'
    ) - (
        select count(*),
        from monitor.activity_rows
        inner join submissions as stored on activity_rows.submission_id = stored.submission_id
    ) as replaced,
from submissions
