-- Whether the activity of a line is known: it stands in the same file, or in one that the same
-- partner sent before; and whether that can be told, because the file's activities
-- could be read. One row a row of the sheet voluntari.
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
    voluntari.submission_id,
    voluntari.row_number,
    exists (
        from known_activities
        where
            known_activities.partner_id = received.partner_id
            and known_activities.activity_id = voluntari.activity_id
            and known_activities.seq <= received.seq
    ) as is_activity_known,
    submissions.has_activities or submissions.is_one_sheet as has_activities,
from typed.voluntari
inner join staging.submissions on voluntari.submission_id = submissions.submission_id
inner join raw.submissions as received on voluntari.submission_id = received.submission_id
