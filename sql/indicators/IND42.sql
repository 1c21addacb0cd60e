-- Venues used on site: distinct names, folded. At least so many, where an activity that may have been
-- on site named none, or one that is not among them.
with used as (
    select distinct
        stretch_id,
        programme,
        district,
        coalesce(venue, 'not_stated') as venue,
        format <> 'not_stated' as is_on_site,
    from clean.delivered
    where format <> 'online'
)

select
    spans.period_id,
    'venues' as measure,
    used.programme,
    used.district,
    count(distinct used.venue) filter (where used.is_on_site and used.venue <> 'not_stated') as numerator,
    bool_or(used.venue = 'not_stated')
    or count(distinct used.venue) filter (where used.venue <> 'not_stated') > numerator as is_at_least,
from used
inner join clean.spans on used.stretch_id = spans.span_id
group by
    grouping sets ((spans.period_id), (spans.period_id, used.programme), (spans.period_id, used.district))
