-- Money spent, in lei, as reported, contributions in kind at their declared value among it as a source
-- of their own. A report covers a whole reporting period, so within a shorter one nothing is known.
select
    periods.period_id,
    budget_lines.programme,
    budget_lines.partner,
    budget_lines.source_type,
    budget_lines.chapter,
    sum(budget_lines.spent_ron) filter (
        where
        budget_lines.starts_on >= periods.starts_on
        and budget_lines.ends_before <= periods.ends_before
    ) as numerator,
    bool_or(budget_lines.spent_ron is null) as is_at_least,
from clean.budget_lines
inner join reference.periods
    on
        budget_lines.starts_on < periods.ends_before
        and budget_lines.ends_before > periods.starts_on
group by
    grouping sets (
        (periods.period_id),
        (periods.period_id, budget_lines.programme),
        (periods.period_id, budget_lines.partner),
        (periods.period_id, budget_lines.source_type),
        (periods.period_id, budget_lines.chapter)
    )
