-- One row an activity that was told of as delivered more than once: the months of all its reports, as
-- 2020-M02..2020-M03+2020-M05..2020-M05. Few are, so this stays small however many activities.
with told_again as (
    select activities.activity_key,
    from clean.activities
    where activities.status = 'delivered'
    group by activities.activity_key
    having count(*) > 1
)

select
    activities.activity_key,
    string_agg(
        strftime(activities.reported_from, '%Y-M%m..') || strftime(activities.reported_to, '%Y-M%m'),
        '+' order by activities.reported_from
    ) as course,
from clean.activities
inner join told_again on activities.activity_key = told_again.activity_key
where activities.status = 'delivered'
group by activities.activity_key
