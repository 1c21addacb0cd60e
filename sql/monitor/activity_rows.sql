-- Which row of which submission each activity in force comes from.
select
    activity_key,
    period_id,
    submission_id,
    row_number,
from clean.activities
