"""Editions: a report drawn, read as a stranger would read it, frozen, and put into the book.

An edition is a folder below published/ that is never changed. A second edition of the same
period is a new version, and there is one only when something in it differs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.steps import failures, issued, periods
from flows.steps.catalogue import Catalogue
from flows.steps.errors import UsageError
from flows.steps.ledger import Ledger
from flows.steps.periods import Period
from flows.steps.publishing import (
    approval,
    audiences,
    drawing,
    public,
    restated,
    sendgate,
    told,
    values,
)
from flows.steps.publishing.approval import Edition
from flows.steps.publishing.audiences import Part
from flows.steps.publishing.drawing import Drawn
from flows.steps.publishing.public import Disclosed
from flows.steps.publishing.sendgate import Candidate, Doubt
from flows.steps.publishing.told import PUBLIC
from flows.steps.settings import Settings
from flows.steps.submissions import Known
from flows.steps.warehouse import Connection
from reports.model import Language, Restatement, Text


@dataclass(frozen=True)
class Draft:
    """What would be an edition: for whom, in which language, drawn, and why it would be held."""

    for_id: str | None
    language: Language
    drawn: Drawn
    doubts: list[Doubt]


def publish(
    connection: Connection,
    settings: Settings,
    catalogue: Catalogue,
    ledger: Ledger,
    known: Known,
    audience: str,
    period: Period,
    wanted: Iterable[Part],
    note: str | None = None,
) -> list[Edition]:
    """Freeze an edition for each part of an audience, and put it into the book.

    Where the programme's publications say so it is on its way with this; any other waits for an
    officer, and one that the send gate doubts is held. An edition that would say nothing new is
    not published again. note says why totals moved since the edition before. Raises UsageError
    for a period that is not over.
    """
    if period.ends_before > periods.local_date(settings.now):
        msg = (
            f"{period.period_id} ends on {period.ends_on}, so nothing about it can be published "
            "yet. Choose an earlier period; `reper report` draws any."
        )
        raise UsageError(msg)
    publishing = _Publishing(
        connection, settings, catalogue, ledger, known, audience, period, wanted, note or None
    )
    new = [publishing.one(part) for part in publishing.wanted]
    return [edition for edition in new if edition is not None]


def rehearse(
    connection: Connection,
    settings: Settings,
    catalogue: Catalogue,
    ledger: Ledger,
    known: Known,
    audience: str,
    period: Period,
    wanted: Iterable[Part],
) -> list[Draft]:
    """What `publish` would make of each part, drawn and judged; nothing is written, nothing sent.

    A period that runs still is drawn as far as it is known.
    """
    publishing = _Publishing(
        connection, settings, catalogue, ledger, known, audience, period, wanted
    )
    return [publishing.draft(part) for part in publishing.wanted]


def latest(ledger: Ledger, audience: str, period: Period, wanted: Iterable[Part]) -> list[Edition]:
    """The newest edition of each part about a period, as it stands now."""
    found = {edition.series: edition for edition in approval.editions(ledger)}
    series = (audiences.series(audience, period, part) for part in wanted)
    return [found[one] for one in series if one in found]


class _Publishing:
    """One audience's editions about one period, one for each of its parts."""

    def __init__(
        self,
        connection: Connection,
        settings: Settings,
        catalogue: Catalogue,
        ledger: Ledger,
        known: Known,
        audience: str,
        period: Period,
        wanted: Iterable[Part],
        note: str | None = None,
    ) -> None:
        self._connection, self._settings, self._catalogue = connection, settings, catalogue
        self._ledger, self._known = ledger, known
        self._audience, self._period, self._note = audience, period, note
        self._restatements: dict[tuple[int, str, int], Restatement] = {}
        self.wanted = list(wanted)
        disclosed: Disclosed | None = None
        if audience == PUBLIC:
            again = frozenset(audiences.series(audience, period, part) for part in self.wanted)
            disclosed = public.disclose(connection, settings, catalogue, ledger, period, again)
        self._disclosed = disclosed
        # The gate judges what is, not what readers see of it.
        self._figures = values.figures(connection, period_id=period.period_id)
        self._digest = values.digest(disclosed.of(self._figures) if disclosed else self._figures)

    def one(self, part: Part) -> Edition | None:
        """Freeze and enter one edition; None when there is no news in it."""
        for_id, language = part
        earlier = self._earlier(part)
        last = earlier[-1] if earlier else None
        if last is not None and not self._is_news(last):
            return None
        version = len(earlier) + 1
        drawn = self._draw(part, earlier)
        problems = _problems(drawn, language)
        if last is not None and problems and self._says_the_same(last):
            return None
        path = "/".join(
            part
            for part in (self._audience, for_id, self._period.period_id, f"{language}-v{version}")
            if part
        )
        edition = Edition(
            path=path,
            audience=self._audience,
            for_id=for_id,
            period_id=self._period.period_id,
            language=language,
            version=version,
            published_at=self._settings.now,
            known_seq=self._known.seq,
            digest=self._digest,
            data_until=drawn.facts.edition.data_until.isoformat(),
            received_on=self._received_on().isoformat(),
            approval=audiences.let_go_by(self._catalogue, self._audience),
            note=self._note,
        )
        drawing.freeze(self._settings.published / path, drawn, language)
        with self._ledger.together():
            if self._disclosed is not None:
                told.enter(self._settings, self._ledger, edition, self._disclosed.withheld)
            return approval.enter(self._settings, self._ledger, edition, self._doubts(problems))

    def draft(self, part: Part) -> Draft:
        """One edition as it would be, with what the gate would say of it."""
        for_id, language = part
        drawn = self._draw(part, self._earlier(part))
        return Draft(for_id, language, drawn, self._doubts(_problems(drawn, language)))

    def _earlier(self, part: Part) -> list[Edition]:
        """The versions that there are, oldest first."""
        series = audiences.series(self._audience, self._period, part)
        return [one for one in approval.editions(self._ledger) if one.series == series]

    def _is_news(self, last: Edition) -> bool:
        """Whether a new version has anything that the last one has not: data, or no doubts."""
        if not self._says_the_same(last) or last.state == "rejected":
            return True
        return approval.is_held_by_the_gate(last) and not self._doubts(())

    def _says_the_same(self, last: Edition) -> bool:
        return last.digest == self._digest

    def _doubts(self, problems: Sequence[Text]) -> list[Doubt]:
        candidate = Candidate(
            audience=self._audience,
            received_on=self._received_on(),
            figures=self._figures,
            earlier=_sent_before(self._settings, self._ledger, self._period),
            problems=problems,
            note=self._note,
            failed=failures.standing(self._ledger),
        )
        return sendgate.doubts(candidate, self._catalogue, periods.local_date(self._settings.now))

    def _received_on(self) -> date:
        until = self._known.received_until
        return periods.local_date(until) if until else self._period.ends_on

    def _draw(self, part: Part, earlier: Sequence[Edition]) -> Drawn:
        version, restatement = len(earlier) + 1, self._restatement(earlier)
        return drawing.draw(
            self._connection,
            self._settings,
            self._catalogue,
            self._ledger,
            self._known,
            self._audience,
            self._period,
            part,
            version,
            self._disclosed,
            restatement,
        )

    def _restatement(self, earlier: Sequence[Edition]) -> Restatement | None:
        """What is not as the last version said that went out; None when none did."""
        since = restated.told_last(self._audience, earlier)
        if since is None:
            return None
        key = since.known_seq, since.digest, since.version
        if key not in self._restatements:
            self._restatements[key] = restated.so_far(
                self._settings,
                self._catalogue,
                self._ledger,
                self._connection,
                since,
                self._known.seq,
            )
        return self._restatements[key]


def _sent_before(settings: Settings, ledger: Ledger, period: Period) -> list[dict[str, Any]] | None:
    """Figures of the edition about this period, for whomever, that went out last."""
    path = issued.latest(ledger).get(period.period_id)
    return issued.figures(settings.published, path) if path else None


def _problems(drawn: Drawn, language: Language) -> list[Text]:
    from reports import verify

    return verify.verify(drawn.pdf, drawn.facts, language)
