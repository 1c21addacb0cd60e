-- Share of alternative funding in the cash spent: sponsors, own revenue and crowdfunding, together and
-- each. Contributions in kind are no cash and stand in IND39 alone.
with spent as (
    select
        periods.period_id,
        budget_lines.source_type,
        budget_lines.source_type in ('private_sponsor', 'own_revenue', 'crowdfunding') as is_alternative,
        sum(budget_lines.spent_ron) as spent_ron,
    from clean.budget_lines
    inner join reference.periods
        on
            budget_lines.starts_on >= periods.starts_on
            and budget_lines.ends_before <= periods.ends_before
    where budget_lines.source_type not in ('in_kind', 'not_stated')
    group by periods.period_id, budget_lines.source_type
)

select
    period_id,
    null as source_type,
    coalesce(sum(spent_ron) filter (where is_alternative), 0) as numerator,
    sum(spent_ron) as denominator,
from spent
group by period_id

union all by name

select
    period_id,
    source_type,
    spent_ron as numerator,
from spent
where is_alternative
