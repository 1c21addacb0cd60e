-- Open calls, in the period in which they closed.
select
    closed_in as span_id,
    programme,
    partner,
    count(*) as numerator,
from clean.open_calls
group by grouping sets ((closed_in), (closed_in, programme), (closed_in, partner))
