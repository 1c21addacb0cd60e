-- What partners still have to put right: one row a finding of a file that stands, as long as its
-- partner has not sent that sheet again about the same period. A file whose period could not be read
-- is settled by the next one that is taken in.
with sent_again as (
    select distinct
        submissions.submission_id,
        row_counts.sheet,
    from quality.submissions
    inner join quality.submissions as newer
        on
            submissions.partner_id = newer.partner_id
            and submissions.period_id = newer.period_id
            and submissions.seq < newer.seq
    inner join quality.row_counts on newer.submission_id = row_counts.submission_id
    where not newer.is_withdrawn
),

settled as (
    select distinct row_counts.submission_id,
    from quality.row_counts
    inner join sent_again
        on
            row_counts.submission_id = sent_again.submission_id
            and row_counts.sheet = sent_again.sheet

    union

    select submissions.submission_id,
    from quality.submissions
    inner join quality.submissions as newer
        on submissions.partner_id = newer.partner_id and submissions.seq < newer.seq
    where submissions.period_id is null and newer.is_in
)

select
    submissions.submission_id,
    submissions.partner_id,
    submissions.period_id,
    submissions.file_name,
    submissions.seq,
    findings.sheet_id,
    findings."row",
    findings."column",
    findings.rule,
    findings.severity,
    findings.message_ro,
    findings.message_en,
from quality.findings
inner join quality.submissions on findings.submission_id = submissions.submission_id
left join sent_again
    on
        findings.submission_id = sent_again.submission_id
        and findings.sheet_id = sent_again.sheet
left join settled on findings.submission_id = settled.submission_id
where
    not submissions.is_withdrawn
    and if(
        findings.sheet_id is null or submissions.period_id is null,
        settled.submission_id is null,
        sent_again.submission_id is null
    )
