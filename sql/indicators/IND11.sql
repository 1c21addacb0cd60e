-- Artist engagements: an artist in three activities counts three times. By origin; those of unknown
-- origin are a part of their own. At least so many, where an activity left an origin blank.
select
    delivered.month_id as span_id,
    delivered.programme,
    delivered.discipline,
    engaged.origin,
    sum(engaged.artists) as numerator,
    bool_or(engaged.artists is null) as is_at_least,
from clean.delivered
cross join
    lateral (
        values
        ('local', delivered.artists_local),
        ('national', delivered.artists_national),
        ('international', delivered.artists_international),
        ('not_stated', coalesce(delivered.artists_origin_unknown, 0))
    ) as engaged (origin, artists)
group by
    grouping sets (
        (delivered.month_id),
        (delivered.month_id, delivered.programme),
        (delivered.month_id, delivered.discipline),
        (delivered.month_id, engaged.origin)
    )
