-- One row an activity that an officer merged into the same one as its lead partner reported it: the
-- lead's figures count, as long as the lead reports it as delivered.
select distinct
    merges.co_key as activity_key,
    merges.lead_key,
from raw.merges
inner join clean.activities on merges.lead_key = activities.activity_key
where activities.status = 'delivered'
