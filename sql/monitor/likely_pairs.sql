-- Activities of two partners that are likely one and the same: they begin on the same day in the same
-- place, under titles that read alike, or one partner named the other's code, such as TM-P007 ACT-03.
-- first is the one that was reported first.
with told as (
    select
        activities.activity_key,
        any_value(activities.partner_id) as partner_id,
        any_value(activities.activity_id) as activity_id,
        min(activities.reported_from) as begins_on,
        arg_max(activities.title, submissions.seq) as title,
        arg_max(activities.venue, submissions.seq) as venue,
        -- The first blank or comma parts the partner's code from the activity's.
        arg_max(
            regexp_replace(lower(trim(activities.reported_by_other)), '[ ,;/]+', '/'), submissions.seq
        ) as other_key,
        min(submissions.seq) as seq,
    from clean.activities
    inner join quality.submissions on activities.submission_id = submissions.submission_id
    where activities.status = 'delivered'
    group by activities.activity_key
),

met as (
    select
        first.activity_key as first_key,
        second.activity_key as second_key,
    from told as first
    inner join told as second
        on
            first.begins_on = second.begins_on
            and first.venue = second.venue
            and first.partner_id <> second.partner_id
            and (first.seq, first.activity_key) < (second.seq, second.activity_key)
    where jaro_winkler_similarity(fold(first.title), fold(second.title)) >= 0.85

    union

    select
        if(named.is_first, named.key, named.other) as first_key,
        if(named.is_first, named.other, named.key) as second_key,
    from (
        select
            one.activity_key as key,
            other.activity_key as other,
            (one.seq, one.activity_key) < (other.seq, other.activity_key) as is_first,
        from told as one
        inner join told as other
            on one.other_key = lower(other.activity_key) and one.partner_id <> other.partner_id
    ) as named
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
from met
inner join told as first on met.first_key = first.activity_key
inner join told as second on met.second_key = second.activity_key
