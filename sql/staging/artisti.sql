-- Whether the activity of a line is known: it stands in the same file, or in one that the same
-- partner sent before; and whether that can be told, because the file's activities
-- could be read. One row a row of the sheet artisti.
with known_activities as (
    select distinct
        submissions.partner_id,
        submissions.seq,
        activitati.activity_id,
    from typed.activitati
    inner join raw.submissions on activitati.submission_id = submissions.submission_id
    where activitati.set_aside is null
)

select
    artisti.submission_id,
    artisti.row_number,
    exists (
        from known_activities
        where
            known_activities.partner_id = received.partner_id
            and known_activities.activity_id = artisti.activity_id
            and known_activities.seq <= received.seq
    ) as is_activity_known,
    submissions.has_activities or submissions.is_one_sheet as has_activities,
from typed.artisti
inner join staging.submissions on artisti.submission_id = submissions.submission_id
inner join raw.submissions as received on artisti.submission_id = received.submission_id
