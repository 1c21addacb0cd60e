-- Where each partner stands in each reporting period that shares a day with a period.
select
    partners.partner_id,
    partners.name,
    completeness.period_id,
    completeness.starts_on,
    completeness.ends_before - 1 as ends_on,
    completeness.state,
    completeness.submission_id,
    completeness.due_on,
    completeness.received_at,
    completeness.days_late,
    completeness.open_findings,
from quality.completeness
inner join reference.partners on completeness.partner_id = partners.partner_id
inner join reference.periods
    on
        periods.period_id = $period_id
        and completeness.starts_on < periods.ends_before
        and completeness.ends_before > periods.starts_on
order by partners.partner_id, completeness.starts_on
