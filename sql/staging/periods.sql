-- Which reporting period each file is about, those checked before included; null where it names
-- none that the programme reports about. A file with several reports stands here once.
with reported as (
    select
        reported.submission_id,
        min(reported.period_id) as period_id,
    from typed.reported
    group by reported.submission_id
)

select
    submissions.submission_id,
    submissions.partner_id,
    submissions.seq,
    periods.period_id,
    periods.starts_on,
    periods.ends_before,
from raw.submissions
cross join reference.programme
left join reported on submissions.submission_id = reported.submission_id
left join reference.periods
    on
        reported.period_id = periods.period_id
        and programme.reporting_kind = periods.kind
