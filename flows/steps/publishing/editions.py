"""Editions: a report drawn, read as a stranger would read it, frozen, and put into the book.

An edition is a folder below published/ that is never changed. A second edition of the same
period is a new version, and there is one only when something in it differs.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from flows.steps import durable, failures, issued, periods
from flows.steps.catalogue import Catalogue
from flows.steps.errors import UsageError
from flows.steps.indicators import OF_EDITIONS
from flows.steps.ledger import Ledger
from flows.steps.mail.recipients import recipients
from flows.steps.periods import Period
from flows.steps.publishing import (
    approval,
    facts,
    history,
    letters,
    public,
    restated,
    sendgate,
    told,
    twin,
)
from flows.steps.publishing.approval import Edition
from flows.steps.publishing.public import Disclosed
from flows.steps.publishing.sendgate import Candidate, Doubt
from flows.steps.publishing.told import PUBLIC
from flows.steps.settings import Settings
from flows.steps.submissions import Known
from flows.steps.warehouse import Connection, rows
from reports.model import Facts, Language, Restatement, Text

AUDIENCES = ("team", "funder", PUBLIC)
LANGUAGES: tuple[Language, ...] = ("ro", "en")

# To others, a small count beside its older self would say whom it counts.
_TOLD_WHAT_CHANGED = frozenset({"team", "funder"})
# For a page about what changed; each costs seconds. More would tell more causes apart.
MOST_BUILDS = 12

# For whom, None where the audience is one; and in which language.
Part = tuple[str | None, Language]


@dataclass(frozen=True)
class Drawn:
    """A report ready to be frozen or handed over; nothing is written yet."""

    facts: Facts
    pdf: bytes
    figures: list[dict[str, Any]]


@dataclass(frozen=True)
class Draft:
    """What would be an edition: for whom, in which language, drawn, and why it would be held."""

    for_id: str | None
    language: Language
    drawn: Drawn
    doubts: list[Doubt]


def due(
    connection: Connection, settings: Settings, catalogue: Catalogue, ledger: Ledger
) -> list[tuple[str, Period, list[Part]]]:
    """Audience, period and parts of the editions that are due.

    Of each cadence that is the latest closed period that anybody reported about, once: a night
    that was missed is made up for by the next one, and nobody gets a pile of old reports. One
    that the send gate holds stays due, for later data may be better; one that an officer holds
    or rejected is in the officer's hands.
    """
    today = periods.local_date(settings.now)
    reported = {
        row["period_id"]
        for row in rows(connection, "select period_id from monitor.coverage where reported > 0")
    }
    settled = {
        edition.series
        for edition in {one.series: one for one in approval.editions(ledger)}.values()
        if not _is_held_by_the_gate(edition)
    }
    found = []
    for plan in catalogue["publications"]:
        if plan["audience"] not in AUDIENCES:
            continue
        wait = timedelta(days=plan["days_after_deadline"])
        closed = [
            period
            for period in catalogue.periods()
            if period.kind == plan["kind"]
            and period.period_id in reported
            and periods.due_on(period, catalogue.programme.deadline_days) + wait <= today
        ]
        if closed:
            audience, period = plan["audience"], closed[-1]
            open_parts = [
                part
                for part in parts(settings, catalogue, audience)
                if _series(audience, period, part) not in settled
            ]
            found += [(audience, period, open_parts)] if open_parts else []
    return found


def draw(
    connection: Connection,
    settings: Settings,
    catalogue: Catalogue,
    ledger: Ledger,
    known: Known,
    audience: str,
    period: Period,
    language: Language,
    version: int = 1,
    disclosed: Disclosed | None = None,
    restatement: Restatement | None = None,
) -> Drawn:
    """Draw one report from a built warehouse. Raises UsageError for an unknown audience.

    A public one shows what may be disclosed beside the public editions that the ledger knows.
    restatement is what is not as an earlier edition said.
    """
    # Drawing loads fonts; a command that draws nothing should not wait for them.
    from reports import build

    refuse_unknown(audience)
    if audience == PUBLIC and disclosed is None:
        disclosed = public.disclose(connection, settings, catalogue, ledger, period)
    collected = facts.collect(
        connection, catalogue, known, audience, period, version, settings.sql, disclosed
    )
    collected = replace(collected, restatement=restatement)
    told_ = figures(connection, period_id=period.period_id)
    return Drawn(
        facts=collected,
        pdf=build.build(collected, language),
        figures=disclosed.of(told_) if disclosed else told_,
    )


def refuse_unknown(audience: str) -> None:
    """Raises UsageError, naming those that there are, for an audience without pages."""
    if audience not in AUDIENCES:
        msg = f"There is no audience {audience!r} yet. Choose one of: {', '.join(AUDIENCES)}."
        raise UsageError(msg)


def readers(catalogue: Catalogue, audience: str) -> list[str]:
    """Whom an audience's reports are made for one by one; empty where the audience is one."""
    return [row["funder_id"] for row in catalogue["funders"]] if audience == "funder" else []


def parts(
    settings: Settings,
    catalogue: Catalogue,
    audience: str,
    for_id: str | None = None,
    language: Language | None = None,
) -> list[Part]:
    """The parts of an audience: each funder, or the one of for_id, in each language that is read.

    Romanian is always among them, so that there is an edition also when nobody reads it yet; the
    public, which need not be on a list to read one, has both. With a language it is that one
    alone. Raises UsageError for an audience without pages, and for a funder that there is not.
    """
    refuse_unknown(audience)
    ids = readers(catalogue, audience)
    if for_id is not None and for_id not in ids:
        choices = f"Choose one of: {', '.join(ids)}." if ids else "Leave it out."
        msg = f"The audience {audience} has no {for_id!r}. {choices}"
        raise UsageError(msg)
    return [
        (one, each)
        for one in ([for_id] if for_id else ids or [None])
        for each in ([language] if language else _read_in(settings, audience, one))
    ]


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
    series = (_series(audience, period, part) for part in wanted)
    return [found[one] for one in series if one in found]


def figures(
    connection: Connection,
    period_id: str | None = None,
    indicator_id: str | None = None,
    dimension: str | None = None,
) -> list[dict[str, Any]]:
    """Indicator values, as the front door answers them, in the order of the catalogue."""
    found = rows(
        connection,
        """
        select
            indicator_id, measure, period_id, dimension, category, source, numerator,
            denominator, value, precision, low, high, unit, target, target_kind, target_low,
            target_high, status, reported, due, code, observed_on, stated_by,
            sample, note
        from monitor.figures
        where
            period_id = coalesce($period_id, period_id)
            and indicator_id = coalesce($indicator_id, indicator_id)
            and ($dimension is null or dimension = $dimension)
        """,
        {"period_id": period_id, "indicator_id": indicator_id, "dimension": dimension},
    )
    for row in found:
        row["observed_on"] = row["observed_on"] and row["observed_on"].isoformat()
        row["is_suppressed"] = False
    return found


class _Publishing:
    """One audience's editions about one period; a report that serves several is drawn once."""

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
        self._drawn: dict[tuple[Language, int, Restatement | None], Drawn] = {}
        self._restatements: dict[tuple[int, str, int], Restatement] = {}
        self.wanted = list(wanted)
        disclosed: Disclosed | None = None
        if audience == PUBLIC:
            again = frozenset(_series(audience, period, part) for part in self.wanted)
            disclosed = public.disclose(connection, settings, catalogue, ledger, period, again)
        self._disclosed = disclosed
        # The gate judges what is, not what readers see of it.
        self._figures = figures(connection, period_id=period.period_id)
        self._digest = digest(disclosed.of(self._figures) if disclosed else self._figures)

    def one(self, part: Part) -> Edition | None:
        """Freeze and enter one edition; None when there is no news in it."""
        for_id, language = part
        earlier = self._earlier(part)
        last = earlier[-1] if earlier else None
        if last is not None and not self._is_news(last):
            return None
        version = len(earlier) + 1
        drawn = self._draw(language, earlier)
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
            approval=_approval(self._catalogue, self._audience),
            note=self._note,
        )
        _freeze(self._settings.published / path, drawn, language)
        with self._ledger.together():
            if self._disclosed is not None:
                told.enter(self._settings, self._ledger, edition, self._disclosed.withheld)
            return approval.enter(self._settings, self._ledger, edition, self._doubts(problems))

    def draft(self, part: Part) -> Draft:
        """One edition as it would be, with what the gate would say of it."""
        for_id, language = part
        drawn = self._draw(language, self._earlier(part))
        return Draft(for_id, language, drawn, self._doubts(_problems(drawn, language)))

    def _earlier(self, part: Part) -> list[Edition]:
        """The versions that there are, oldest first."""
        series = _series(self._audience, self._period, part)
        return [one for one in approval.editions(self._ledger) if one.series == series]

    def _is_news(self, last: Edition) -> bool:
        """Whether a new version has anything that the last one has not: data, or no doubts."""
        if not self._says_the_same(last) or last.state == "rejected":
            return True
        return _is_held_by_the_gate(last) and not self._doubts(())

    def _says_the_same(self, last: Edition) -> bool:
        return last.digest == self._digest

    def _doubts(self, problems: Sequence[Text]) -> list[Doubt]:
        until = self._known.until
        candidate = Candidate(
            audience=self._audience,
            data_until=periods.local_date(until) if until else self._period.ends_on,
            figures=self._figures,
            earlier=_sent_before(self._settings, self._ledger, self._period),
            problems=problems,
            note=self._note,
            failed=failures.standing(self._ledger),
        )
        return sendgate.doubts(candidate, self._catalogue, periods.local_date(self._settings.now))

    def _draw(self, language: Language, earlier: Sequence[Edition]) -> Drawn:
        version, restatement = len(earlier) + 1, self._restatement(earlier)
        key = language, version, restatement
        if key not in self._drawn:
            self._drawn[key] = draw(
                self._connection,
                self._settings,
                self._catalogue,
                self._ledger,
                self._known,
                self._audience,
                self._period,
                language,
                version,
                self._disclosed,
                restatement,
            )
        return self._drawn[key]

    def _restatement(self, earlier: Sequence[Edition]) -> Restatement | None:
        """What is not as the last version said that went out; None when none did."""
        since = next((one for one in reversed(earlier) if one.is_approved), None)
        if since is None or self._audience not in _TOLD_WHAT_CHANGED:
            return None
        key = since.known_seq, since.digest, since.version
        if key not in self._restatements:
            changed = history.so_far(
                self._settings,
                self._catalogue,
                self._ledger,
                self._connection,
                since,
                self._known.seq,
                MOST_BUILDS,
            )
            self._restatements[key] = restated.restatement(changed, since, self._catalogue)
        return self._restatements[key]


def digest(found: Iterable[dict[str, Any]]) -> str:
    """What tells two editions' figures apart; it stands in the ledger beside each edition."""
    # That an earlier edition went out is itself no news to its readers.
    news = [row for row in found if row["indicator_id"] not in OF_EDITIONS]
    text = json.dumps(news, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _series(audience: str, period: Period, part: Part) -> tuple[str, str | None, str, str]:
    for_id, language = part
    return audience, for_id, period.period_id, language


def _read_in(settings: Settings, audience: str, for_id: str | None) -> list[Language]:
    if audience == PUBLIC:
        return list(LANGUAGES)
    readers = recipients(settings.recipients, audience, for_id)
    read_in = {reader.language for reader in readers} | {"ro"}
    return [language for language in LANGUAGES if language in read_in]


def _approval(catalogue: Catalogue, audience: str) -> str:
    """Who lets an audience's editions go; an officer where the programme says nothing."""
    rules = {row["approval"] for row in catalogue["publications"] if row["audience"] == audience}
    return "automatic" if rules == {"automatic"} else "officer"


def _is_held_by_the_gate(edition: Edition) -> bool:
    return edition.state == "held" and edition.by == approval.GATE and not edition.is_approved


def _sent_before(settings: Settings, ledger: Ledger, period: Period) -> list[dict[str, Any]] | None:
    """Figures of the edition about this period, for whomever, that went out last."""
    path = issued.latest(ledger).get(period.period_id)
    return issued.figures(settings.published, path) if path else None


def _problems(drawn: Drawn, language: Language) -> list[Text]:
    from reports import verify

    return verify.verify(drawn.pdf, drawn.facts, language)


def _freeze(folder: Path, drawn: Drawn, language: Language) -> None:
    """Write the edition's folder whole: it appears under its name only when all is on disk."""
    content = {
        "pdf_sha256": hashlib.sha256(drawn.pdf).hexdigest(),
        "letter": letters.words(drawn.pdf, drawn.facts, language),
        "figures": drawn.figures,
    }
    building = folder.with_name(f".{folder.name}.building")
    # What a killed run left under either name never reached the ledger, so nobody has seen it.
    shutil.rmtree(building, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    durable.write(building / "report.pdf", drawn.pdf)
    durable.write(building / "figures.json", text.encode())
    durable.write(building / "report.xlsx", twin.workbook(drawn.figures, drawn.facts, language))
    for file in building.iterdir():
        file.chmod(0o444)
    building.rename(folder)
    durable.sync_folder(folder.parent)
