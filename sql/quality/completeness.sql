-- Where each partner stands for each period that it reports about.
-- REPORTED and LATE go by the first report that was accepted: a correction never makes one late.
-- A partner that says there was nothing, after a report whose activities or calls still count until
-- it takes them back, has reported.
with obligations as (
    select
        partners.partner_id,
        periods.period_id,
        periods.starts_on,
        periods.ends_before,
        periods.due_on,
    from reference.partners
    cross join reference.programme
    inner join reference.periods
        on
            programme.reporting_kind = periods.kind
            and partners.joined_on < periods.ends_before
            and coalesce(partners.left_on >= periods.starts_on, true)
),

received as (
    select
        submissions.partner_id,
        submissions.period_id,
        min(submissions.received_at) as received_at,
        min(submissions.received_on) as received_on,
        arg_max(submissions.submission_id, submissions.seq) as submission_id,
        arg_max(submissions.submission_kind, submissions.seq) as submission_kind,
        max(submissions.seq) as seq,
    from quality.submissions
    where submissions.is_in
    group by submissions.partner_id, submissions.period_id
),

latest as (
    select
        submissions.partner_id,
        submissions.period_id,
        arg_max(submissions.submission_id, submissions.seq) as submission_id,
    from quality.submissions
    where not submissions.is_withdrawn
    group by submissions.partner_id, submissions.period_id
)

select
    obligations.partner_id,
    obligations.period_id,
    obligations.starts_on,
    obligations.ends_before,
    obligations.due_on,
    received.received_at,
    received.received_on,
    latest.submission_id,
    case
        when
            received.submission_kind = 'nil'
            and not exists (
                from quality.stored_rows
                where
                    stored_rows.partner_id = obligations.partner_id
                    and stored_rows.period_id = obligations.period_id
                    and stored_rows.seq < received.seq
                    and stored_rows.sheet in ('activitati', 'apeluri')
            )
            then 'NIL'
        when received.received_on <= obligations.due_on then 'REPORTED'
        when received.received_on is not null then 'LATE'
        when excuses.partner_id is not null then 'EXCUSED'
        when moment.today <= obligations.due_on then 'NOT_DUE'
        else 'MISSING'
    end as state,
    greatest(
        date_diff('day', obligations.due_on, coalesce(received.received_on, moment.today)), 0
    ) as days_late,
    (
        select count(*),
        from quality.open_findings
        where
            open_findings.partner_id = obligations.partner_id
            and open_findings.period_id = obligations.period_id
    ) as open_findings,
from obligations
cross join reference.moment
left join received
    on
        obligations.partner_id = received.partner_id
        and obligations.period_id = received.period_id
left join latest
    on
        obligations.partner_id = latest.partner_id
        and obligations.period_id = latest.period_id
left join raw.excuses
    on
        obligations.partner_id = excuses.partner_id
        and obligations.period_id = excuses.period_id
