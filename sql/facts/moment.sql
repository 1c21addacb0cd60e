-- The day on which the warehouse was built, by which partners are late or not yet.
select moment.today,
from reference.moment
