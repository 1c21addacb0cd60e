-- Reports whose first accepted file came after the deadline. A report belongs to every period that it
-- shares a day with, as in Q01.
select
    periods.period_id,
    completeness.partner_id as partner,
    count(*) filter (where completeness.received_on > completeness.due_on) as numerator,
from quality.completeness
inner join reference.periods
    on
        completeness.starts_on < periods.ends_before
        and completeness.ends_before > periods.starts_on
group by grouping sets ((periods.period_id), (periods.period_id, completeness.partner_id))
