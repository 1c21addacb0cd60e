-- The report in force of each partner about each period, with the people it declared.
select
    stored_rows.partner_id,
    stored_rows.period_id,
    stored_rows.submission_id,
    report.row_number,
    report.artists_unique_declared as artists_declared,
    report.volunteers_unique_declared as volunteers_declared,
from typed.raport as report
inner join quality.stored_rows
    on
        stored_rows.sheet = 'raport'
        and report.submission_id = stored_rows.submission_id
        and report.row_number = stored_rows.row_number
qualify
    row_number() over (
        partition by stored_rows.partner_id, stored_rows.period_id order by stored_rows.seq desc
    ) = 1
