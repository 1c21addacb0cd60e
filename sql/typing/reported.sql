-- Which period each submission is about; null when it does not say one that the programme has.
-- A CSV has no sheet for the report itself, so its period stands in its name.
select
    submissions.submission_id,
    periods.period_id,
from raw.submissions
left join typed.raport as report
    on submissions.submission_id = report.submission_id and report.set_aside is null
left join reference.periods
    on coalesce(
        report.period,
        nullif(regexp_extract(submissions.file_name, '\d{4}(-(Q[1-4]|H[12]|M\d\d))?'), '')
    ) = periods.period_id
