-- What an activity is compared with: whose project it names, the period reported about, its own
-- totals, what the same partner reported before, and what another partner has reported.
-- One row a row of the sheet activitati.
with reported as (
    select
        activitati.submission_id,
        activitati.row_number,
        activitati.activity_id,
        fold(activitati.title_ro) as title,
        activitati.start_date,
        fold(activitati.venue_name) as venue,
        activitati.status,
        activitati.attendance_in_person,
        activitati.attendance_online_live,
        coalesce(activitati.open_days, activitati.events_count) as sittings,
        periods.partner_id,
        periods.seq,
        periods.starts_on,
        periods.ends_before,
    from typed.activitati
    inner join staging.periods on activitati.submission_id = periods.submission_id
    where activitati.set_aside is null
),

checked as (
    select reported.*,
    from reported
    inner join staging.submissions on reported.submission_id = submissions.submission_id
),

-- Five activities of earlier periods are the fewest that say what is usual.
usual as (
    select
        files.submission_id,
        if(
            count(reported.attendance_in_person) >= 5,
            median(reported.attendance_in_person)::bigint,
            null
        ) as attendance_in_person_usual,
        if(
            count(reported.attendance_online_live) >= 5,
            median(reported.attendance_online_live)::bigint,
            null
        ) as attendance_online_live_usual,
    from staging.submissions
    inner join staging.periods as files on submissions.submission_id = files.submission_id
    inner join reported
        on
            files.partner_id = reported.partner_id
            and files.starts_on > reported.starts_on
            and files.seq > reported.seq
    where reported.status = 'delivered'
    group by files.submission_id
),

previous as (
    select
        checked.submission_id,
        checked.row_number,
        arg_max(reported.attendance_in_person, reported.seq) as attendance_in_person_before,
        arg_max(reported.attendance_online_live, reported.seq) as attendance_online_live_before,
        arg_max(reported.sittings, reported.seq) as sittings_before,
    from checked
    inner join reported
        on
            checked.partner_id = reported.partner_id
            and checked.activity_id = reported.activity_id
            and checked.title = reported.title
            and checked.starts_on = reported.ends_before
            and checked.seq > reported.seq
    where reported.status = 'delivered'
    group by checked.submission_id, checked.row_number
),

-- 7 and 007, act-1 and ACT–1: a code that is written otherwise than in an earlier file or in a
-- register of this one. A code that the partner reported before is no slip.
codes as (
    select
        checked.submission_id,
        checked.row_number,
        arg_max(written.activity_id, written.seq) filter (
            where checked.activity_id <> written.activity_id
        ) as code_before,
    from checked
    inner join (
        select
            reported.partner_id,
            reported.activity_id,
            reported.seq,
            true as is_reported,
        from reported

        union all

        select
            periods.partner_id,
            registers.activity_id,
            periods.seq - 1 as seq,
            false as is_reported,
        from (
            select
                artisti.submission_id,
                artisti.activity_id,
            from typed.artisti

            union all

            select
                voluntari.submission_id,
                voluntari.activity_id,
            from typed.voluntari
        ) as registers
        inner join staging.periods on registers.submission_id = periods.submission_id
    ) as written
        on
            checked.partner_id = written.partner_id
            and bare_code(checked.activity_id) = bare_code(written.activity_id)
            and checked.seq > written.seq
    group by checked.submission_id, checked.row_number
    having not coalesce(bool_or(written.is_reported and checked.activity_id = written.activity_id), false)
),

everybodys as (
    select
        reported.partner_id,
        reported.seq,
        reported.activity_id,
        reported.title,
        reported.start_date,
        reported.venue,
    from reported

    union all

    select
        others.partner_id,
        others.seq,
        others.activity_id,
        fold(others.title_ro) as title,
        as_date(others.start_date) as start_date,
        fold(others.venue_name) as venue,
    from raw.others
),

-- Only the later of two reports is asked about. Online there is no place, so titles must agree.
twins as (
    select
        checked.submission_id,
        checked.row_number,
        arg_min(everybodys.partner_id, everybodys.seq) as twin_partner,
        arg_min(everybodys.activity_id, everybodys.seq) as twin_activity,
    from checked
    inner join everybodys
        on
            checked.start_date = everybodys.start_date
            and checked.venue is not distinct from everybodys.venue
            and checked.partner_id <> everybodys.partner_id
            and checked.seq > everybodys.seq
    where
        checked.title = everybodys.title
        or (
            checked.venue is not null
            and jaro_winkler_similarity(checked.title, everybodys.title) >= 0.92
        )
    group by checked.submission_id, checked.row_number
)

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
    if(
        activitati.end_date >= activitati.start_date,
        activitati.volunteers::hugeint * 24 * (activitati.end_date - activitati.start_date + 1),
        null
    ) as volunteer_hours_possible,
    usual.attendance_in_person_usual,
    usual.attendance_online_live_usual,
    previous.attendance_in_person_before,
    previous.attendance_online_live_before,
    coalesce(activitati.open_days, activitati.events_count) as sittings,
    previous.sittings_before,
    codes.code_before,
    -- „Nu” is an answer to that question, too.
    if(
        coalesce(fold(activitati.reported_by_other), 'nu') in ('nu', 'no'), twins.twin_partner, null
    ) as twin_partner,
    twins.twin_activity,
from typed.activitati
inner join staging.submissions on activitati.submission_id = submissions.submission_id
inner join staging.periods on activitati.submission_id = periods.submission_id
left join reference.projects on activitati.project_id = projects.project_id
left join usual on activitati.submission_id = usual.submission_id
left join previous
    on
        activitati.submission_id = previous.submission_id
        and activitati.row_number = previous.row_number
left join codes
    on
        activitati.submission_id = codes.submission_id
        and activitati.row_number = codes.row_number
left join twins
    on
        activitati.submission_id = twins.submission_id
        and activitati.row_number = twins.row_number
