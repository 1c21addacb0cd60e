-- Partners without a register of people, by role and period: the most that they can have been by
-- what they declared (each period's people are others) and the least (always the same). is_bounded
-- is false where that says too little: the number is blank, or of more than the period.
with reported as (
    select
        submissions.partner_id,
        submissions.period_id,
        arg_max(submissions.submission_kind, submissions.seq) as submission_kind,
    from quality.submissions
    where submissions.is_in
    group by submissions.partner_id, submissions.period_id
),

declared as (
    select
        reported.partner_id,
        reported.period_id,
        people.role,
        people.people,
    from reported
    left join clean.reports
        on
            reported.partner_id = reports.partner_id
            and reported.period_id = reports.period_id
    cross join
        lateral (
            values
            ('artist', reports.artists_declared),
            ('volunteer', reports.volunteers_declared)
        ) as people (role, people)
    where reported.submission_kind <> 'nil'
)

select
    periods.period_id,
    declared.role,
    declared.partner_id as partner,
    max(declared.people) as at_least,
    sum(declared.people) as at_most,
    bool_and(
        declared.people is not null
        and covered.starts_on >= periods.starts_on
        and covered.ends_before <= periods.ends_before
    ) as is_bounded,
from declared
inner join reference.periods as covered on declared.period_id = covered.period_id
inner join reference.periods
    on
        covered.starts_on < periods.ends_before
        and covered.ends_before > periods.starts_on
where
    coalesce(declared.people > 0, true)
    and not exists (
        from clean.engagements
        where
            engagements.partner = declared.partner_id
            and engagements.period_id = declared.period_id
            and engagements.role = declared.role
    )
group by periods.period_id, declared.role, declared.partner_id
