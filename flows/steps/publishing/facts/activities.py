"""Activities of the period: by month and format, and net and gross of co-productions."""

from flows.steps import periods
from flows.steps.periods import Period
from flows.steps.publishing.facts.asking import Figures, Questions, months_of
from flows.steps.submissions import Known
from reports.model import ActivityCalendar, Coproductions, FormatSeries, Text

_FORMATS = ("in_person", "online", "hybrid", "not_stated")


def calendar(
    book: Figures, period: Period, labels: dict[tuple[str, str], Text]
) -> ActivityCalendar:
    """Activities by the month in which each began, and by format."""
    months = months_of(period)
    series = []
    for format_id in _FORMATS:
        figure = book("IND03", "activities", "format", format_id)
        if figure is None:
            continue
        counts = tuple(
            book.count("IND01", "format+month", f"{format_id}+{periods.containing(day, 'month')}")
            for day in months
        )
        label = labels.get(("format", format_id)) or labels["not_stated", format_id]
        share = book("IND03", "share", "format", format_id)
        series.append(FormatSeries(format_id, label, counts, figure, share))
    return ActivityCalendar(tuple(months), tuple(series), book.total("IND01"))


def coproductions(known: Known, ask: Questions) -> Coproductions:
    """Net and gross, and the pairs that no officer has decided about; zeros before the period."""
    waiting = {row["pair_id"] for row in ask("facts/likely_pairs")} - known.decided
    for row in ask("facts/coproductions"):
        return Coproductions(row["net"], row["gross"], len(waiting))
    return Coproductions(0, 0, len(waiting))
