-- Engagements of emerging artists, and of independent ones; the two overlap. At least so many, where
-- an activity left one blank.
select
    delivered.month_id as span_id,
    engaged.measure,
    delivered.programme,
    sum(engaged.artists) as numerator,
    bool_or(engaged.artists is null) as is_at_least,
from clean.delivered
cross join
    lateral (
        values ('emerging', delivered.artists_emerging), ('independent', delivered.artists_independent)
    ) as engaged (measure, artists)
group by
    grouping sets (
        (delivered.month_id, engaged.measure),
        (delivered.month_id, engaged.measure, delivered.programme)
    )
