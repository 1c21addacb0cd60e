-- One row a submission: which period it is about, what kind it is, and whether it is in.
select
    submissions.submission_id,
    submissions.partner_id,
    submissions.sha256,
    submissions.file_name,
    submissions.received_at,
    submissions.received_on,
    submissions.seq,
    reported.period_id,
    reported.submission_kind,
    reported.correction_reason,
    verdicts.verdict,
    withdrawals.submission_id is not null as is_withdrawn,
    verdicts.verdict <> 'rejected'
    and withdrawals.submission_id is null
    and reported.period_id is not null as is_in,
from raw.submissions
inner join typed.reported on submissions.submission_id = reported.submission_id
inner join raw.verdicts on submissions.submission_id = verdicts.submission_id
left join raw.withdrawals on submissions.submission_id = withdrawals.submission_id
