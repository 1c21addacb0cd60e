-- Every figure: the value, what was agreed for it and how it stands, what it was before all began,
-- and how many reports it rests on. code is the figure's passport as far as it is printed.
select
    measured.indicator_id,
    measured.measure,
    measured.period_id,
    measured.dimension,
    measured.category,
    measured.source,
    measured.numerator,
    measured.denominator,
    measured.value,
    measured.precision,
    measured.low,
    measured.high,
    measured.unit,
    targets.kind as target_kind,
    targets.value as target,
    targets.low as target_low,
    targets.high as target_high,
    targets.decided_on as target_decided_on,
    targets.expected,
    statuses.status,
    coverage.reported,
    coverage.due,
    measured.observed_on,
    measured.stated_by,
    measured.stated_by_en,
    measured.sample,
    measured.note,
    measured.position,
    -- 60 bits of what names a figure, in letters and digits that are not taken for each other (no I, L,
    -- O, U), in groups of four that can be read out. Two groups are printed; all three tell apart what
    -- these leave open.
    md5(concat_ws(
        '|',
        programme.programme_id,
        measured.indicator_id,
        coalesce(measured.measure, ''),
        measured.period_id,
        coalesce(measured.dimension, ''),
        coalesce(measured.category, ''),
        measured.source
    )) as fingerprint,
    measured.indicator_id || regexp_replace(
        translate(
            to_base(('0x' || left(fingerprint, 15))::bigint, 32, 12), 'IJKLMNOPQRSTUV', 'JKMNPQRSTVWXYZ'
        ),
        '(....)', '-\1', 'g'
    ) as passport,
    left(passport, -5) as code,
    -- As it was printed by versions before 0.2.
    measured.indicator_id || '-' || left(fingerprint, 8) as former_code,
from monitor.measured
cross join reference.programme
left join monitor.coverage on measured.period_id = coverage.period_id
left join monitor.statuses
    on
        measured.indicator_id = statuses.indicator_id
        and measured.measure is not distinct from statuses.measure
        and measured.period_id = statuses.period_id
        and measured.dimension is not distinct from statuses.dimension
        and measured.category is not distinct from statuses.category
        and measured.source = statuses.source
left join monitor.targets
    on
        statuses.indicator_id = targets.indicator_id
        and statuses.measure is not distinct from targets.measure
        and statuses.dimension is not distinct from targets.dimension
        and statuses.category is not distinct from targets.category
        and statuses.period_id = targets.period_id
order by
    measured.position,
    measured.measure nulls first,
    measured.period_id,
    measured.source,
    measured.dimension nulls first,
    measured.category
