"""From an edition to what is known by now: which entries of the ledger moved the figures.

The warehouse is built again as of entries in between, so every move has a cause and the moves of
a figure add up to its change. A stretch of entries after which all figures are what they were
before needs no build inside it. Time is a cause, too: reports fall due, targets are decided, and
what is counted may be defined anew.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any

from flows.steps import building, issued, periods, warehouse
from flows.steps.catalogue import Catalogue
from flows.steps.errors import UsageError
from flows.steps.ledger import Entry, Ledger
from flows.steps.progress import Progress, silent
from flows.steps.publishing import approval, changes
from flows.steps.publishing.approval import Edition
from flows.steps.publishing.changes import TIME, Cause, Change, Figures
from flows.steps.settings import Settings
from flows.steps.submissions import BEARS_ON_FIGURES
from flows.steps.warehouse import Connection

Group = Sequence[Entry]


def before(ledger: Ledger, edition: Edition, since: str | None = None) -> Edition:
    """The edition with which another is compared: the one before it that its readers got.

    Where none of its series went out: the version before. Raises UsageError when there is none,
    and for one that is about another period.
    """
    if since is not None:
        chosen = approval.edition(ledger, since)
        if chosen.period_id != edition.period_id:
            msg = (
                f"{chosen.path} is about {chosen.period_id} and {edition.path} about "
                f"{edition.period_id}. Choose two editions about one period."
            )
            raise UsageError(msg)
        return chosen
    series = [one for one in approval.editions(ledger) if one.series == edition.series]
    versions = [one for one in series if one.version < edition.version]
    if not versions:
        msg = f"{edition.path} is the first of its kind. Name another edition with --since."
        raise UsageError(msg)
    return next((one for one in reversed(versions) if one.is_approved), versions[-1])


def between(
    settings: Settings,
    catalogue: Catalogue,
    ledger: Ledger,
    since: Edition,
    until: Edition,
    progress: Progress,
) -> list[Change]:
    """Every figure that two editions about a period tell differently, in the catalogue's order.

    Each entry is told apart from its neighbours, however many builds that takes.
    """
    day = until.published_at
    with building.as_of_entry(settings, catalogue, ledger, until.known_seq, day) as (_, connection):
        past = _Past(settings, catalogue, ledger, since.period_id, day, progress=progress)
        told = changes.by_key(issued.figures(settings.published, since.path))
        steps = past.steps(connection, since.known_seq, until.known_seq)
    # What the same entries give today and did not give then is a matter of definitions.
    frozen = changes.by_key(issued.figures(settings.published, until.path))
    return changes.compare(told, [*steps, (TIME, frozen)])


def so_far(
    settings: Settings,
    catalogue: Catalogue,
    ledger: Ledger,
    connection: Connection,
    since: Edition,
    known_seq: int,
    most_builds: int,
) -> list[Change]:
    """Every figure of a built warehouse that is no longer what an edition said.

    With no more builds than so many some causes may stand for several entries.
    """
    past = _Past(settings, catalogue, ledger, since.period_id, settings.now, most_builds)
    told = changes.by_key(issued.figures(settings.published, since.path))
    return changes.compare(told, past.steps(connection, since.known_seq, known_seq))


class _Past:
    """The figures of one period as of any entry of the ledger, judged on one day."""

    def __init__(
        self,
        settings: Settings,
        catalogue: Catalogue,
        ledger: Ledger,
        period_id: str,
        day: datetime,
        most_builds: int | None = None,
        progress: Progress = silent,
    ) -> None:
        self._settings, self._catalogue, self._ledger = settings, catalogue, ledger
        self._period_id, self._day = period_id, day
        self._most_builds, self._builds, self._progress = most_builds, 0, progress

    def steps(
        self, connection: Connection, since_seq: int, until_seq: int
    ) -> list[tuple[Cause, Figures]]:
        """What moved the figures, in the order of the ledger, and the figures after each.

        connection is the warehouse as of until_seq.
        """
        sent = {
            row["submission_id"]: row
            for row in warehouse.rows(connection, "from quality.submissions")
        }
        groups = self._groups(since_seq, until_seq)
        after = self._figures(connection)
        if not groups:
            return [(TIME, after)]
        known = {0: self._as_of(since_seq), len(groups): after}
        likely = {place for place, own in enumerate(groups) if self._may_matter(own[-1], sent)}
        while self._most_builds is None or self._builds < self._most_builds:
            stretches = [
                (start, end)
                for start, end in pairwise(sorted(known))
                if end - start > 1 and known[start] != known[end]
            ]
            if not stretches:
                break
            # Readers want to know first what moved most.
            most = max(stretches, key=lambda ends: _moved(*(known[end] for end in ends)))
            cut = _cut(*most, likely)
            known[cut] = self._as_of(groups[cut - 1][-1].seq)
        causes = [
            (_cause(groups[start:end], sent), known[end]) for start, end in pairwise(sorted(known))
        ]
        return [(TIME, known[0]), *causes]

    def _groups(self, since_seq: int, until_seq: int) -> list[Group]:
        """Entries in between; what came and was taken back at once is one thing."""
        entries = self._ledger.entries(*BEARS_ON_FIGURES, up_to=until_seq)
        new = (entry for entry in entries if entry.seq > since_seq)
        return [list(own) for _, own in groupby(new, lambda e: e.body.get("submission_id", e.seq))]

    def _as_of(self, seq: int) -> Figures:
        self._builds += 1
        self._progress(self._builds, self._most_builds or 0)
        past = building.as_of_entry(self._settings, self._catalogue, self._ledger, seq, self._day)
        with past as (_, connection):
            return self._figures(connection)

    def _figures(self, connection: Connection) -> Figures:
        found = warehouse.rows(
            connection,
            "from monitor.figures where period_id = $period_id",
            {"period_id": self._period_id},
        )
        return changes.by_key(found)

    def _may_matter(self, entry: Entry, sent: dict[str, dict[str, Any]]) -> bool:
        """Whether an entry is about a time that the figures are about, as far as it says."""
        submission = sent.get(entry.body.get("submission_id", ""), {})
        period_id = entry.body.get("period_id") or submission.get("period_id")
        if period_id is None:
            return not submission
        starts_on = self._catalogue.programme.starts_on
        own, whole = (periods.parse(one, starts_on) for one in (period_id, self._period_id))
        return own.starts_on < whole.ends_before and own.ends_before > whole.starts_on


def _moved(before: Figures, after: Figures) -> float:
    """How far figures are from what they were, all changes taken beside their values."""
    return sum(change.size for change in changes.compare(before, [(TIME, after)]))


def _cut(start: int, end: int, likely: set[int]) -> int:
    """Where to look inside a stretch: beside what likely matters, else in the middle."""
    inside = [place in likely for place in range(start, end)]
    if all(inside) or not any(inside):
        return (start + end) // 2
    return start + inside.index(not inside[0])


def _cause(groups: Sequence[Group], sent: dict[str, dict[str, Any]]) -> Cause:
    last = groups[-1][-1]
    submission = sent.get(last.body.get("submission_id", ""), {})
    return Cause(
        kind=last.kind,
        seq=last.seq,
        at=last.at,
        submission_id=last.body.get("submission_id"),
        partner_id=last.body.get("partner_id") or submission.get("partner_id"),
        what=submission.get("submission_kind"),
        reason=last.body.get("reason") or submission.get("correction_reason"),
        entries=len(groups),
    )
