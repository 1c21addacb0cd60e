-- Activities of the file sent before about the same period that the file to be checked lacks,
-- although it has a sheet of activities. One row a file and activity that is gone.
with activities as (
    select
        activitati.submission_id,
        activitati.activity_id,
        activitati.title_ro,
        periods.partner_id,
        periods.period_id,
        periods.seq,
    from typed.activitati
    inner join staging.periods on activitati.submission_id = periods.submission_id
    where activitati.set_aside is null and activitati.activity_id is not null
),

before as (
    select
        submissions.submission_id,
        arg_max(activities.submission_id, activities.seq) as submission_id_before,
    from staging.submissions
    inner join staging.periods on submissions.submission_id = periods.submission_id
    inner join activities
        on
            periods.partner_id = activities.partner_id
            and periods.period_id = activities.period_id
            and periods.seq > activities.seq
    where submissions.has_activities
    group by submissions.submission_id
)

select
    before.submission_id,
    activities.activity_id,
    any_value(coalesce(activities.title_ro, activities.activity_id)) as title,
from before
inner join activities on before.submission_id_before = activities.submission_id
where
    not exists (
        from activities as still
        where
            before.submission_id = still.submission_id
            and activities.activity_id = still.activity_id
    )
group by before.submission_id, activities.activity_id
order by before.submission_id, activities.activity_id
