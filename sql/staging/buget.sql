-- What a line of the budget is compared with: whose project it names, and what the same line had
-- cost by the end of the period before, as last reported before this file. One row a row of buget.
with lines as (
    select
        buget.submission_id,
        buget.row_number,
        periods.partner_id,
        periods.seq,
        buget.project_id,
        buget.source_type,
        coalesce(buget.chapter, '') as chapter,
        buget.amount_spent_cumulative,
        periods.starts_on,
        periods.ends_before,
    from typed.buget
    inner join staging.periods on buget.submission_id = periods.submission_id
    where buget.set_aside is null
),

previous as (
    select
        lines.submission_id,
        lines.row_number,
        arg_max(earlier.amount_spent_cumulative, earlier.seq) as amount_spent_before,
    from lines
    inner join lines as earlier
        on
            lines.partner_id = earlier.partner_id
            and lines.project_id = earlier.project_id
            and lines.source_type = earlier.source_type
            and lines.chapter = earlier.chapter
            and lines.starts_on = earlier.ends_before
            and lines.seq > earlier.seq
    group by lines.submission_id, lines.row_number
)

select
    buget.submission_id,
    buget.row_number,
    submissions.partner_id as sender_id,
    projects.partner_id as project_partner_id,
    previous.amount_spent_before,
    previous.amount_spent_before + buget.amount_spent_period as amount_spent_expected,
from typed.buget
inner join staging.submissions on buget.submission_id = submissions.submission_id
left join reference.projects on buget.project_id = projects.project_id
left join previous
    on
        buget.submission_id = previous.submission_id
        and buget.row_number = previous.row_number
