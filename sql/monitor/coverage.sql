-- How many of the reports that a period rests on were due, and how many came.
select
    period_id,
    numerator as reported,
    denominator as due,
from monitor.indicator_values
where indicator_id = 'Q01' and dimension is null
