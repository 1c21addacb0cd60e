-- What a partner's last report said of activities that go on: those not over when the new period
-- begins, and those planned or postponed. Only what seldom changes, never a number of the period.
-- The days of a postponed activity are the ones that did not hold, so they are asked for again.
with last_report as (
    select arg_max(submissions.period_id, periods.starts_on) as period_id,
    from quality.submissions
    inner join reference.periods on submissions.period_id = periods.period_id
    inner join reference.programme on periods.kind = programme.reporting_kind
    where
        submissions.is_in
        and submissions.partner_id = $partner_id
        and periods.ends_before <= $starts_on
)

select
    reported.activity_id,
    reported.project_id,
    reported.programme,
    reported.title_ro,
    reported.title_en,
    if(reported.status = 'postponed', null, reported.start_date) as start_date,
    if(reported.status = 'postponed', null, reported.end_date) as end_date,
    reported.activity_type,
    reported.primary_discipline,
    reported.other_disciplines,
    reported.format,
    reported.venue_name,
    reported.venue_type,
    reported.locality_siruta,
    reported.district_code,
    reported.country,
    reported.objectives,
    reported.european_dimension,
    reported.themes,
    reported.partner_countries,
    reported.networks,
    reported.co_partners,
    reported.reported_by_other,
    reported.cross_sectors,
    reported.platform,
    reported.target_groups,
    reported.pricing,
    reported.languages,
    reported.innovation,
    reported.legacy,
from typed.activitati as reported
inner join clean.activities
    on
        reported.submission_id = activities.submission_id
        and reported.row_number = activities.row_number
inner join last_report on activities.period_id = last_report.period_id
where
    activities.partner_id = $partner_id
    and (
        reported.status in ('planned', 'postponed')
        or (reported.status = 'delivered' and reported.end_date >= $starts_on)
    )
order by reported.row_number, reported.activity_id
