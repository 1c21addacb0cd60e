-- One row an activity and period that a partner reported it in: the latest report of it counts.
-- reported_from and reported_to are its days inside that period. No dimension is ever null; a list
-- or a number is null where its cell is blank, which is neither none nor zero.
select
    stored_rows.partner_id || '/' || activities.activity_id as activity_key,
    stored_rows.partner_id,
    activities.activity_id,
    stored_rows.period_id,
    stored_rows.submission_id,
    activities.row_number,
    activities.title_ro as title,
    activities.status,
    greatest(activities.start_date, periods.starts_on) as reported_from,
    least(activities.end_date, periods.ends_before - 1) as reported_to,
    coalesce(activities.programme, 'not_stated') as programme,
    coalesce(activities.format, 'not_stated') as format,
    case
        when activities.district_code is not null then activities.district_code
        when activities.format = 'online' then 'not_applicable'
        else 'not_stated'
    end as district,
    coalesce(activities.primary_discipline, 'not_stated') as discipline,
    coalesce(activities.activity_type, 'not_stated') as activity_type,
    coalesce(activities.count_method, 'not_stated') as count_method,
    coalesce(activities.pricing, 'not_stated') as pricing,
    coalesce(activities.platform, 'not_stated') as platform,
    coalesce(activities.venue_type, 'not_stated') as venue_type,
    coalesce(activities.legacy, 'not_stated') as legacy,
    -- Spellings that differ only in capitals, diacritics or blanks are one place.
    fold(activities.venue_name) as venue,
    activities.reported_by_other,
    activities.objectives,
    list_distinct(activities.european_dimension) as european_dimension,
    list_distinct(activities.themes) as themes,
    list_distinct(activities.partner_countries) as partner_countries,
    list_distinct(list_transform(activities.networks, lambda name: fold(name))) as networks,
    list_distinct(activities.cross_sectors) as cross_sectors,
    list_distinct(activities.target_groups) as target_groups,
    list_distinct(list_transform(activities.schools, lambda name: fold(name))) as schools,
    list_distinct(activities.accessibility) as accessibility,
    list_distinct(activities.innovation) as innovation,
    list_distinct(activities.green_measures) as green_measures,
    activities.events_count as events,
    activities.new_works,
    activities.artists_local,
    activities.artists_national,
    activities.artists_international,
    activities.artists_origin_unknown,
    activities.artists_emerging,
    activities.artists_independent,
    activities.attendance_in_person,
    activities.attendance_online_live as attendance_online,
    activities.online_views_30d as online_views,
    activities.participants_active,
    activities.participants_professional,
    activities.pupils,
    activities.volunteers,
    activities.volunteer_hours,
from typed.activitati as activities
inner join quality.stored_rows
    on
        stored_rows.sheet = 'activitati'
        and activities.submission_id = stored_rows.submission_id
        and activities.row_number = stored_rows.row_number
inner join reference.periods on stored_rows.period_id = periods.period_id
qualify
    row_number() over (
        partition by stored_rows.partner_id, stored_rows.period_id, activities.activity_id
        order by stored_rows.seq desc, activities.row_number desc
    ) = 1
