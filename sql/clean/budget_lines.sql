-- One row a budget line (partner, project, source, chapter) and period that it was reported in, as
-- reported last. amount_approved is the whole contract's, the same in each period: it is never
-- added up over periods. Amounts are in lei, in cash unless the source is in_kind.
select
    stored_rows.partner_id as partner,
    stored_rows.period_id,
    lines.submission_id,
    lines.row_number,
    periods.starts_on,
    periods.ends_before,
    lines.project_id,
    coalesce(projects.programme_id, 'not_stated') as programme,
    coalesce(lines.source_type, 'not_stated') as source_type,
    coalesce(lines.chapter, 'not_stated') as chapter,
    lines.amount_approved as approved_ron,
    lines.amount_spent_period as spent_ron,
    lines.amount_spent_cumulative as spent_to_date_ron,
from typed.buget as lines
inner join quality.stored_rows
    on
        stored_rows.sheet = 'buget'
        and lines.submission_id = stored_rows.submission_id
        and lines.row_number = stored_rows.row_number
inner join reference.periods on stored_rows.period_id = periods.period_id
left join reference.projects on lines.project_id = projects.project_id
qualify
    row_number() over (
        partition by
            stored_rows.partner_id,
            stored_rows.period_id,
            lines.project_id,
            lines.source_type,
            lines.chapter
        order by stored_rows.seq desc, lines.row_number desc
    ) = 1
