-- What each submission says of itself: which period it is about (null when it names none that the
-- programme has), which kind it is, and why it corrects. A CSV has no sheet for that, so its period
-- stands in its name. A file with several reports is refused, so the first stands for it here.
select
    submissions.submission_id,
    periods.period_id,
    coalesce(report.submission_kind, 'first') as submission_kind,
    report.correction_reason,
from raw.submissions
left join typed.raport as report
    on submissions.submission_id = report.submission_id and report.set_aside is null
left join reference.periods
    on coalesce(
        report.period,
        nullif(regexp_extract(submissions.file_name, '\d{4}(-(Q[1-4]|H[12]|M\d\d))?'), '')
    ) = periods.period_id
qualify row_number() over (partition by submissions.submission_id order by report.row_number) = 1
