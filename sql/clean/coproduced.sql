-- One row an activity that an officer merged into the same one as its lead partner reported it: the
-- lead's figures count, as long as the lead reports it as delivered.
select distinct
    mergers.co_key as activity_key,
    mergers.lead_key,
from raw.mergers
inner join clean.activities on mergers.lead_key = activities.activity_key
where activities.status = 'delivered'
