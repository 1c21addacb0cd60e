"""The lines of the table of indicators: each total, and the parts that have a target."""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate

from flows.steps import periods
from flows.steps.periods import Period
from flows.steps.publishing.facts.asking import Figures, Row, figure_of, key_of, text_of
from reports.model import External, IndicatorLine, Text

_OF_WHICH = Text("din care {}", "of which {}")
_SPLITS = frozenset({"IND03"})


def lines(
    book: Figures,
    figures: list[Row],
    period: Period,
    labels: dict[tuple[str, str], Text],
    months: Sequence[date],
) -> list[IndicatorLine]:
    """Totals of all indicators, and those parts of them for which something was agreed.

    months are those of the period that a trend is drawn over.
    """
    current = [row for row in figures if row["period_id"] == period.period_id]
    before = {key_of(row): row for row in figures if row["period_id"] != period.period_id}
    published = {key_of(row): row for row in current if row["source"] == "external"}
    lines = []
    for row in current:
        if row["source"] != "computed" or (row["dimension"] and not row["target_kind"]):
            continue
        # The total of a split is another indicator's figure; only its parts say something.
        if row["indicator_id"] in _SPLITS and not row["dimension"]:
            continue
        earlier = before.get(key_of(row))
        name = text_of(row, "name")
        if row["dimension"]:
            part = labels.get((row["dimension"], row["category"]))
            words = part or Text(row["category"], row["category"])
            name = Text(_OF_WHICH.ro.format(words.ro), _OF_WHICH.en.format(words.en))
        trend = _trend(current, row, period, months)
        line = IndicatorLine(
            figure=figure_of(row),
            name=name,
            note=text_of(row, "note") if not row["dimension"] else Text("", ""),
            group=text_of(row, "group"),
            is_share=row["is_share"],
            target=book.agreed(row),
            status=row["status"],
            previous=figure_of(earlier) if earlier and earlier["precision"] != "no_data" else None,
            trend=trend or (),
            external=_external(published.get(key_of(row))),
            hides_trend=trend is None,
        )
        lines.append(line)
    return lines


def _external(row: Row | None) -> External | None:
    if row is None or row.get("is_suppressed"):
        return None
    return External(
        value=row["value"],
        precision=row["precision"],
        source=Text(row["stated_by"], row["stated_by_en"]),
        observed_on=row["observed_on"],
        low=row["low"],
        high=row["high"],
    )


def _trend(
    current: list[Row], line: Row, period: Period, months: Sequence[date]
) -> tuple[float | None, ...] | None:
    """The figure from the period's start to the end of each of its months.

    Each thing counted has one month, so that adding months never counts it twice. None where one
    of the months is hidden: a step in the line would tell it.
    """
    dimension = "month" if line["dimension"] is None else f"{line['dimension']}+month"
    prefix = "" if line["dimension"] is None else f"{line['category']}+"
    of_month = {
        row["category"].removeprefix(prefix): row
        for row in current
        if row["indicator_id"] == line["indicator_id"]
        and row["measure"] == line["measure"]
        and row["source"] == "computed"
        and row["dimension"] == dimension
        and row["category"].startswith(prefix)
    }
    if not of_month or period.kind == "month":
        return ()
    if any(row.get("is_suppressed") for row in of_month.values()):
        return None
    rows = [of_month.get(periods.containing(day, "month"), {}) for day in months]
    above = list(accumulate(row.get("numerator") or 0 for row in rows))
    if not line["is_share"]:
        return tuple(above)
    below = list(accumulate(row.get("denominator") or 0 for row in rows))
    return tuple(a / b if b else None for a, b in zip(above, below, strict=True))
