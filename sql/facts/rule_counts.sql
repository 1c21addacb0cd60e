-- What the rules found in the submissions about a period; those whose period could not be read
-- belong to every period that they came after the start of.
select
    rules.rule,
    rules.name_ro,
    rules.name_en,
    rules.severity,
    count(*) as findings,
    count(distinct submissions.partner_id) as partners,
from quality.findings
inner join quality.submissions on findings.submission_id = submissions.submission_id
inner join reference.rules on findings.rule = rules.rule
left join reference.periods as reported on submissions.period_id = reported.period_id
inner join reference.periods
    on
        periods.period_id = $period_id
        and coalesce(reported.starts_on, submissions.received_on) < periods.due_on + 1
        and coalesce(reported.ends_before, submissions.received_on) > periods.starts_on
        and coalesce(reported.starts_on < periods.ends_before, true)
group by rules.rule, rules.name_ro, rules.name_en, rules.severity
order by
    case rules.severity when 'stop' then 1 when 'reject' then 2 else 3 end,
    findings desc,
    rules.rule asc
