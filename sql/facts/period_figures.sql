-- All figures of a period and of the one before it, with the words that name them.
select
    figures.*,
    indicators.name_ro,
    indicators.name_en,
    indicators.note_ro,
    indicators.note_en,
    indicators.group_ro,
    indicators.group_en,
    indicators.definition_ro,
    indicators.definition_en,
    indicators.is_share,
    indicators.is_core,
from monitor.figures
inner join reference.indicators
    on
        figures.indicator_id = indicators.indicator_id
        and figures.measure is not distinct from indicators.measure
where figures.period_id in ($period_id, $previous_id)
order by
    figures.position,
    figures.measure nulls first,
    figures.dimension nulls first,
    figures.category
