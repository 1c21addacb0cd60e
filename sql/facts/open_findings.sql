-- What partners still have to put right: one row a finding in what a partner sent last about a
-- period, or in a file whose period could not be read.
select
    partners.partner_id,
    partners.name,
    submissions.period_id,
    submissions.file_name,
    findings.severity,
    findings.message_ro,
    findings.message_en,
from quality.findings
inner join quality.submissions on findings.submission_id = submissions.submission_id
inner join reference.partners on submissions.partner_id = partners.partner_id
left join quality.completeness on findings.submission_id = completeness.submission_id
where
    not submissions.is_withdrawn
    and (completeness.submission_id is not null or submissions.period_id is null)
order by
    partners.partner_id,
    submissions.period_id,
    submissions.seq,
    findings.sheet_id,
    findings."row",
    findings."column",
    findings.rule
