-- What an activity is compared with: whose project it names, the period reported about, and its
-- own totals. One row a row of the sheet activitati.
select
    activitati.submission_id,
    activitati.row_number,
    submissions.partner_id as sender_id,
    projects.partner_id as project_partner_id,
    periods.starts_on as period_starts_on,
    periods.ends_before as period_ends_before,
    periods.ends_before - 1 as period_ends_on,
    activitati.artists_local
    + activitati.artists_national
    + activitati.artists_international
    + coalesce(activitati.artists_origin_unknown, 0) as artists_total,
    coalesce(activitati.attendance_in_person, activitati.attendance_online_live)
    + if(
        activitati.attendance_in_person is null, 0, coalesce(activitati.attendance_online_live, 0)
    ) as attendance_total,
    activitati.volunteers * 24 * (activitati.end_date - activitati.start_date + 1)
        as volunteer_hours_possible,
from typed.activitati
inner join staging.submissions on activitati.submission_id = submissions.submission_id
inner join staging.periods on activitati.submission_id = periods.submission_id
left join reference.projects on activitati.project_id = projects.project_id
