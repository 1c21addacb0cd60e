-- What the file sent before about the same period told and the file to be checked does not, although
-- it has that sheet: one row a file and activity, call or budget line that is gone; and one row a
-- file and register with people who are gone, since a new register takes the place of the old one.
-- Where a register is empty now, the old one stays and nobody is gone.
with rows as (
    select
        'activitati' as sheet,
        activitati.submission_id,
        activitati.activity_id as code,
        coalesce(activitati.title_ro, activitati.activity_id) as title,
    from typed.activitati
    where activitati.set_aside is null

    union all

    select
        'apeluri' as sheet,
        apeluri.submission_id,
        apeluri.call_id as code,
        coalesce(apeluri.call_title, apeluri.call_id) as title,
    from typed.apeluri
    where apeluri.set_aside is null

    union all

    select
        'buget' as sheet,
        buget.submission_id,
        if(
            buget.project_id is null,
            null,
            concat_ws('|', buget.project_id, coalesce(buget.source_type, ''), coalesce(buget.chapter, ''))
        ) as code,
        concat_ws(', ', buget.project_id, buget.source_type_raw, buget.chapter_raw) as title,
    from typed.buget
    where buget.set_aside is null

    union all

    select
        'artisti' as sheet,
        artisti.submission_id,
        artisti.person_key as code,
        null as title,
    from typed.artisti
    where artisti.set_aside is null

    union all

    select
        'voluntari' as sheet,
        voluntari.submission_id,
        voluntari.person_key as code,
        null as title,
    from typed.voluntari
    where voluntari.set_aside is null
),

told as (
    select
        rows.sheet,
        rows.submission_id,
        rows.code,
        any_value(rows.title) as title,
        periods.partner_id,
        periods.period_id,
        periods.seq,
    from rows
    inner join staging.periods on rows.submission_id = periods.submission_id
    where rows.code is not null
    group by all
),

before as (
    select
        submissions.submission_id,
        told.sheet,
        arg_max(told.submission_id, told.seq) as submission_id_before,
    from staging.submissions
    inner join staging.periods on submissions.submission_id = periods.submission_id
    inner join told
        on
            periods.partner_id = told.partner_id
            and periods.period_id = told.period_id
            and periods.seq > told.seq
            and list_contains(submissions.sheets, told.sheet)
    where
        told.sheet not in ('artisti', 'voluntari')
        or exists (
            from told as now
            where now.submission_id = submissions.submission_id and now.sheet = told.sheet
        )
    group by submissions.submission_id, told.sheet
),

gone as (
    select
        before.submission_id,
        before.sheet,
        told.code,
        told.title,
    from before
    inner join told
        on
            before.submission_id_before = told.submission_id
            and before.sheet = told.sheet
    where
        not exists (
            from told as still
            where
                before.submission_id = still.submission_id
                and before.sheet = still.sheet
                and told.code = still.code
        )
)

select
    gone.submission_id,
    gone.sheet,
    gone.code,
    gone.title,
    1 as gone_count,
from gone
where gone.sheet not in ('artisti', 'voluntari')

union all

select
    gone.submission_id,
    gone.sheet,
    null as code,
    null as title,
    count(*) as gone_count,
from gone
where gone.sheet in ('artisti', 'voluntari')
group by gone.submission_id, gone.sheet
order by submission_id, sheet, code
