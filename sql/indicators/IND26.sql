-- Activities in public space: streets, squares, parks, banks. At least so many, where an activity on
-- site did not say what kind of space it used.
select
    span_id,
    programme,
    district,
    count(*) filter (where venue_type = 'public_space') as numerator,
    bool_or(venue_type = 'not_stated' and format <> 'online') as is_at_least,
from clean.delivered
group by grouping sets ((span_id), (span_id, programme), (span_id, district))
