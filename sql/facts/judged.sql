-- What became of each submission that stands, with a row for each of its rows that waits for a
-- correction; row is null where none does.
select distinct
    submissions.submission_id,
    submissions.verdict,
    findings.sheet_id,
    findings.row,
from quality.submissions
left join quality.findings
    on
        submissions.submission_id = findings.submission_id
        and findings.severity = 'reject'
        and findings.sheet_id is not null
        and findings.row is not null
where not submissions.is_withdrawn
order by all
