-- Rows of each sheet over the submissions about a period: all that were seen, and what became of
-- each. replaced are stored rows of activities that a later report took the place of.
select
    sheets.sheet,
    sheets.label_ro,
    sheets.label_en,
    coalesce(sum(row_counts.seen), 0) as seen,
    coalesce(sum(row_counts.stored), 0) as stored,
    coalesce(sum(row_counts.quarantined), 0) as quarantined,
    coalesce(sum(row_counts.set_aside), 0) as set_aside,
from reference.sheets
left join (
    select row_counts.*,
    from quality.row_counts
    inner join quality.submissions on row_counts.submission_id = submissions.submission_id
    inner join reference.periods as reported on submissions.period_id = reported.period_id
    inner join reference.periods
        on
            periods.period_id = $period_id
            and reported.starts_on < periods.ends_before
            and reported.ends_before > periods.starts_on
) as row_counts
    on sheets.sheet = row_counts.sheet
group by sheets.sheet, sheets.label_ro, sheets.label_en, sheets.position
order by sheets.position
