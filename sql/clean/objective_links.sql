-- One row a period, delivered activity, objective that it names, and aim that this reaches.
-- bullets is how much the matrix promises; null where an activity names the aim itself.
with named as (
    select distinct
        spans.period_id,
        delivered.activity_key,
        unnest(delivered.objectives) as objective_id,
    from clean.delivered
    inner join clean.spans on delivered.span_id = spans.span_id
)

select
    named.period_id,
    named.activity_key,
    named.objective_id,
    links.aim_id,
    links.bullets,
from named
inner join reference.links on named.objective_id = links.objective_id

union all by name

select
    named.period_id,
    named.activity_key,
    named.objective_id,
    ecoc_aims.aim_id,
    null as bullets,
from named
inner join reference.ecoc_aims on named.objective_id = ecoc_aims.aim_id

union all by name

-- Objectives that lead to no aim still count for themselves.
select
    named.period_id,
    named.activity_key,
    named.objective_id,
    null as aim_id,
    null as bullets,
from named
where
    named.objective_id not in (select links.objective_id, from reference.links)
    and named.objective_id not in (select ecoc_aims.aim_id, from reference.ecoc_aims)
