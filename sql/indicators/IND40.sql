-- Budget execution to the end of the period: spent since the start over approved by contract. Each
-- budget line enters once, as its latest report by then has it; without any from the period itself
-- nothing is said.
with to_date as (
    select
        periods.period_id,
        periods.starts_on,
        budget_lines.partner,
        budget_lines.programme,
        budget_lines.source_type,
        max(max(budget_lines.ends_before)) over (partition by periods.period_id) as told_until,
        arg_max(budget_lines.spent_to_date_ron, budget_lines.ends_before) as spent_ron,
        arg_max(budget_lines.approved_ron, budget_lines.ends_before) as approved_ron,
    from clean.budget_lines
    inner join reference.periods on budget_lines.ends_before <= periods.ends_before
    group by
        periods.period_id,
        periods.starts_on,
        budget_lines.partner,
        budget_lines.programme,
        budget_lines.project_id,
        budget_lines.source_type,
        budget_lines.chapter
)

select
    period_id,
    partner,
    programme,
    source_type,
    sum(spent_ron) as numerator,
    sum(approved_ron) as denominator,
from to_date
where told_until > starts_on
group by
    grouping sets ((period_id), (period_id, partner), (period_id, programme), (period_id, source_type))
