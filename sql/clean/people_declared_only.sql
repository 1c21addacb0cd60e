-- Partners that declared a number of people without a register of them, by role and period:
-- the most they can have been (each period's people are others) and the least (always the same).
-- is_bounded is false where a report covers more than the period, so that it says too little.
with declared as (
    select
        reports.partner_id,
        reports.period_id,
        'artist' as role,
        reports.artists_declared as people,
    from clean.reports

    union all by name

    select
        reports.partner_id,
        reports.period_id,
        'volunteer' as role,
        reports.volunteers_declared as people,
    from clean.reports
)

select
    periods.period_id,
    declared.role,
    declared.partner_id as partner,
    max(declared.people) as at_least,
    sum(declared.people) as at_most,
    bool_and(
        reported.starts_on >= periods.starts_on and reported.ends_before <= periods.ends_before
    ) as is_bounded,
from declared
inner join reference.periods as reported on declared.period_id = reported.period_id
inner join reference.periods
    on
        reported.starts_on < periods.ends_before
        and reported.ends_before > periods.starts_on
where
    declared.people > 0
    and not exists (
        from clean.engagements
        where
            engagements.partner = declared.partner_id
            and engagements.period_id = declared.period_id
            and engagements.role = declared.role
    )
group by periods.period_id, declared.role, declared.partner_id
