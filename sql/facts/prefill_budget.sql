-- A partner's budget lines, each as its last report has it: the sum approved, and what had been spent
-- by the end of that report's period.
with lines as (
    select
        reported.project_id,
        reported.source_type,
        reported.chapter,
        reported.amount_approved,
        reported.amount_spent_cumulative as spent_before,
        reported.row_number,
        stored_rows.seq,
        periods.starts_on,
        periods.ends_before - 1 as spent_by,
    from typed.buget as reported
    inner join quality.stored_rows
        on
            stored_rows.sheet = 'buget'
            and reported.submission_id = stored_rows.submission_id
            and reported.row_number = stored_rows.row_number
    inner join reference.periods on stored_rows.period_id = periods.period_id
    inner join reference.programme on periods.kind = programme.reporting_kind
    where
        stored_rows.partner_id = $partner_id
        and periods.ends_before <= $starts_on
)

select
    lines.project_id,
    lines.source_type,
    lines.chapter,
    lines.amount_approved,
    lines.spent_before,
    lines.spent_by,
from lines
qualify
    row_number() over (
        partition by lines.project_id, lines.source_type, lines.chapter
        order by lines.starts_on desc, lines.seq desc, lines.row_number desc
    ) = 1
order by lines.row_number, lines.project_id, lines.source_type, lines.chapter
