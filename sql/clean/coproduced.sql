-- One row an activity that an officer merged into the same one as its lead partner reported it: the
-- lead's figures count, as long as the lead reports it as delivered.
select distinct
    merged.co_key as activity_key,
    merged.lead_key,
from raw.merges
inner join clean.activities on merged.lead_key = activities.activity_key
where activities.status = 'delivered'
