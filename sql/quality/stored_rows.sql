-- Rows that count: of a submission that is in, not set aside, and with nothing that rejects them.
select
    rows.submission_id,
    rows.sheet,
    rows.row_number,
    submissions.partner_id,
    submissions.period_id,
    submissions.seq,
from raw.rows
inner join quality.submissions on rows.submission_id = submissions.submission_id
left join quality.findings
    on
        rows.submission_id = findings.submission_id
        and rows.sheet = findings.sheet_id
        and rows.row_number = findings.row
        and findings.severity = 'reject'
where
    submissions.is_in
    and rows.set_aside is null
    and findings.submission_id is null
