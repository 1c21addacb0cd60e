-- All figures of some periods that count people.
select
    figures.indicator_id,
    figures.measure,
    figures.period_id,
    figures.dimension,
    figures.category,
    figures.source,
    figures.numerator,
    figures.denominator,
    figures.value,
    figures.low,
    figures.high,
    figures.target_kind,
    figures.code,
from monitor.figures
inner join reference.indicators
    on
        figures.indicator_id = indicators.indicator_id
        and figures.measure is not distinct from indicators.measure
where
    indicators.counts_people is not null
    and list_contains($period_ids, figures.period_id)
order by figures.code
