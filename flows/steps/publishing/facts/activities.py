"""Activities of the period: by month and format, and net and gross of co-productions."""

from datetime import date

from flows.steps import periods
from flows.steps.periods import Period
from flows.steps.publishing.facts.asking import Figures, Questions, months_of
from flows.steps.submissions import Known
from reports.model import ActivityCalendar, Coproductions, FormatSeries, Text

_FORMATS = ("in_person", "online", "hybrid", "not_stated")


def calendar(
    book: Figures, period: Period, labels: dict[tuple[str, str], Text], first: date, until: date
) -> ActivityCalendar:
    """Activities by their first month in the period, and by format.

    A month before the programme's first day, or after the last day that is known of, would stand
    there with a zero that nobody told: it is left out, unless something is counted in it.
    """
    whole = months_of(period)
    told = [
        day
        for day in whole
        if first.replace(day=1) <= day <= until or book.count("IND01", "month", _month(day))
    ]
    months = [day for day in whole if told and told[0] <= day <= told[-1]]
    series = []
    for format_id in _FORMATS:
        figure = book("IND03", "activities", "format", format_id)
        if figure is None:
            continue
        counts = tuple(
            book.count("IND01", "format+month", f"{format_id}+{_month(day)}") for day in months
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


def _month(day: date) -> str:
    return periods.containing(day, "month")
