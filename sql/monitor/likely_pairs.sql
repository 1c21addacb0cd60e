-- Activities of two partners that are likely one and the same: they begin on the same day in the same
-- place, under titles that read alike. first is the one that was reported first.
with told as (
    select
        activities.activity_key,
        any_value(activities.partner_id) as partner_id,
        any_value(activities.activity_id) as activity_id,
        min(activities.reported_from) as begins_on,
        arg_max(activities.title, submissions.seq) as title,
        arg_max(activities.venue, submissions.seq) as venue,
        min(submissions.seq) as seq,
    from clean.activities
    inner join quality.submissions on activities.submission_id = submissions.submission_id
    where activities.status = 'delivered'
    group by activities.activity_key
)

select
    'PAIR-' || left(md5(list_sort([first.activity_key, second.activity_key])::varchar), 8) as pair_id,
    first.begins_on,
    first.venue,
    first.activity_key as first_key,
    first.partner_id as first_partner,
    first.activity_id as first_activity,
    first.title as first_title,
    second.activity_key as second_key,
    second.partner_id as second_partner,
    second.activity_id as second_activity,
    second.title as second_title,
    jaro_winkler_similarity(fold(first.title), fold(second.title)) as likeness,
from told as first
inner join told as second
    on
        first.begins_on = second.begins_on
        and first.venue = second.venue
        and first.partner_id <> second.partner_id
        and (first.seq, first.activity_key) < (second.seq, second.activity_key)
where likeness >= 0.85
