-- Reports that came over reports that were due. A report is one partner's about one of its
-- reporting periods; it belongs to every period that it shares a day with.
select
    periods.period_id,
    completeness.partner_id as partner,
    count(*) filter (where completeness.state in ('REPORTED', 'NIL', 'LATE')) as numerator,
    count(*) filter (where completeness.state not in ('NOT_DUE', 'EXCUSED')) as denominator,
from quality.completeness
inner join reference.periods
    on
        completeness.starts_on < periods.ends_before
        and completeness.ends_before > periods.starts_on
group by grouping sets ((periods.period_id), (periods.period_id, completeness.partner_id))
