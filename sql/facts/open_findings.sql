-- What partners still have to put right, partner by partner, in the order of their files and rows.
select
    partners.partner_id,
    partners.name,
    open_findings.submission_id,
    open_findings.period_id,
    open_findings.file_name,
    open_findings.sheet_id,
    open_findings."row",
    open_findings.severity,
    open_findings.message_ro,
    open_findings.message_en,
from quality.open_findings
inner join reference.partners on open_findings.partner_id = partners.partner_id
order by
    partners.partner_id,
    open_findings.period_id,
    open_findings.seq,
    open_findings.sheet_id,
    open_findings."row",
    open_findings."column",
    open_findings.rule
