"""Editions: a report drawn, verified, frozen, and planned for its readers, all or nothing.

An edition is a folder below published/ that is never changed. A second edition of the same
period is a new version, and there is one only when something in it differs.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flows.steps import durable, facts, periods, twin
from flows.steps.catalogue import Catalogue
from flows.steps.errors import CatalogueError, ReperError, UsageError
from flows.steps.ledger import Ledger
from flows.steps.mail import outbox
from flows.steps.mail.letter import KeyFigure
from flows.steps.mail.message import Envelope, compose
from flows.steps.mail.outbox import Mail
from flows.steps.mail.recipients import Recipient, recipients
from flows.steps.periods import Period
from flows.steps.settings import Settings
from flows.steps.submissions import Known
from flows.steps.warehouse import Connection, rows
from reports.model import Facts, Language

AUDIENCES = ("team",)
LANGUAGES: tuple[Language, ...] = ("ro", "en")


@dataclass(frozen=True)
class Edition:
    """One published report. path is its folder below published/, and its name for people."""

    path: str
    audience: str
    period_id: str
    language: str
    version: int
    published_at: datetime
    known_seq: int
    digest: str


@dataclass(frozen=True)
class Drawn:
    """A report ready to be frozen or handed over; nothing is written yet."""

    facts: Facts
    pdf: bytes
    figures: list[dict[str, Any]]


def published(ledger: Ledger) -> list[Edition]:
    """All editions, oldest first."""
    return [
        Edition(published_at=entry.at, **entry.body)
        for entry in ledger.entries("edition_published")
    ]


def due(
    connection: Connection, catalogue: Catalogue, ledger: Ledger, now: datetime
) -> list[tuple[str, Period]]:
    """Audience and period of each edition that goes out by itself and is due.

    Of each cadence that is the latest closed period that anybody reported about, once: a night
    that was missed is made up for by the next one, and nobody gets a pile of old reports.
    """
    today = periods.local_date(now)
    reported = {
        row["period_id"]
        for row in rows(connection, "select period_id from monitor.coverage where reported > 0")
    }
    out = {(edition.audience, edition.period_id) for edition in published(ledger)}
    found = []
    for plan in catalogue["publications"]:
        if plan["approval"] != "automatic" or plan["audience"] not in AUDIENCES:
            continue
        wait = timedelta(days=plan["days_after_deadline"])
        closed = [
            period
            for period in catalogue.periods()
            if period.kind == plan["kind"]
            and period.period_id in reported
            and periods.due_on(period, catalogue.programme.deadline_days) + wait <= today
        ]
        if closed and (plan["audience"], closed[-1].period_id) not in out:
            found.append((plan["audience"], closed[-1]))
    return found


def draw(
    connection: Connection,
    settings: Settings,
    catalogue: Catalogue,
    known: Known,
    audience: str,
    period: Period,
    language: Language,
    version: int = 1,
) -> Drawn:
    """Draw one report from a built warehouse. Raises UsageError for an unknown audience."""
    # Drawing loads fonts; a command that draws nothing should not wait for them.
    from reports import build

    if audience not in AUDIENCES:
        msg = f"There is no audience {audience!r} yet. Choose one of: {', '.join(AUDIENCES)}."
        raise UsageError(msg)
    collected = facts.collect(connection, catalogue, known, audience, period, version, settings.sql)
    return Drawn(
        facts=collected,
        pdf=build.build(collected, language),
        figures=figures(connection, period_id=period.period_id),
    )


def publish(
    connection: Connection,
    settings: Settings,
    catalogue: Catalogue,
    ledger: Ledger,
    known: Known,
    audience: str,
    period: Period,
) -> list[Edition]:
    """Freeze an edition in each language that somebody reads it in, and plan its mails.

    An edition that would say nothing new is not published again. The edition and its mails enter
    the ledger together, so neither can be there without the other.
    """
    readers = recipients(settings.recipients, audience)
    read_in = {reader.language for reader in readers} | {"ro"}
    new = []
    for language in (one for one in LANGUAGES if one in read_in):
        earlier = [
            edition
            for edition in published(ledger)
            if (edition.audience, edition.period_id, edition.language)
            == (audience, period.period_id, language)
        ]
        version = len(earlier) + 1
        drawn = draw(connection, settings, catalogue, known, audience, period, language, version)
        digest = _digest(drawn.figures)
        if earlier and earlier[-1].digest == digest:
            continue
        edition = Edition(
            path=f"{audience}/{period.period_id}/{language}-v{version}",
            audience=audience,
            period_id=period.period_id,
            language=language,
            version=version,
            published_at=settings.now,
            known_seq=known.seq,
            digest=digest,
        )
        _freeze(settings.published / edition.path, drawn, language)
        with ledger.together():
            body = {k: v for k, v in vars(edition).items() if k != "published_at"}
            ledger.append("edition_published", body, settings.now, once=f"edition:{edition.path}")
            own = [reader for reader in readers if reader.language == language]
            outbox.plan(ledger, edition.path, own, settings.now)
        new.append(edition)
    return new


def letter(settings: Settings, catalogue: Catalogue, ledger: Ledger, mail: Mail) -> bytes:
    """The finished message that brings an edition to one recipient, dated with the edition.

    Raises ReperError when the frozen PDF is not what was published, so that it is never sent.
    """
    folder = settings.published / mail.edition
    frozen = json.loads((folder / "figures.json").read_text("utf-8"))
    pdf = (folder / "report.pdf").read_bytes()
    if hashlib.sha256(pdf).hexdigest() != frozen["pdf_sha256"]:
        msg = f"{folder / 'report.pdf'} is not what was published. Restore it from the backup."
        raise ReperError(msg)
    reader = _reader(settings, mail)
    edition = next(one for one in published(ledger) if one.path == mail.edition)
    programme, words = catalogue.programme, frozen["letter"]
    return compose(
        Envelope(
            mail_id=mail.mail_id,
            edition=mail.edition,
            sender_name=programme.sender_name,
            sender_address=programme.sender_address,
            recipient_name=reader.name,
            recipient_address=reader.address,
            language=reader.language,
            programme=programme.name_ro if reader.language == "ro" else programme.name_en,
            title=words["title"],
            subject=words["subject"],
            figures=tuple(KeyFigure(**figure) for figure in words["figures"]),
            headline=words["headline"],
            lines=tuple(words["lines"]),
            pdf=pdf,
            pdf_name=f"{programme.programme_id}-{mail.edition.replace('/', '-')}.pdf",
            pages=words["pages"],
            data_until=words["data_until"],
            is_demonstration=programme.is_demonstration,
            list_id=f"{mail.edition.split('/')[0]}.{programme.programme_id}",
            contact=programme.contact,
            at=edition.published_at,
        )
    )


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
            target_high, status, reported, due, code, observed_on, stated_by
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
    return found


def _reader(settings: Settings, mail: Mail) -> Recipient:
    audience = mail.edition.split("/")[0]
    for reader in recipients(settings.recipients, audience):
        if reader.recipient_id == mail.recipient:
            return reader
    msg = f"{settings.recipients.name} no longer names {mail.recipient}. Add the row again."
    raise CatalogueError(msg)


def _letter_words(drawn: Drawn, language: Language) -> dict[str, Any]:
    """What the mail says of the report, frozen with it: the mail never says anything else."""
    import pypdfium2

    from reports import build, findings
    from reports.locale import Locale

    title = build.title(drawn.facts, language)
    headline = findings.headline(drawn.facts, language)
    with pypdfium2.PdfDocument(drawn.pdf) as document:
        pages = len(document)
    return {
        "title": title,
        "subject": f"{title}: {headline}",
        "headline": f"{headline}.",
        "lines": [f"{f.claim} {f.evidence}" for f in findings.findings(drawn.facts, language)[:2]],
        "figures": [
            {"value": one.value, "label": one.label, "note": one.context, "status": one.status}
            for one in findings.key_figures(drawn.facts, language)
        ],
        "pages": pages,
        "data_until": Locale(language).day(drawn.facts.edition.data_until),
    }


def _digest(found: Iterable[dict[str, Any]]) -> str:
    text = json.dumps(list(found), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _freeze(folder: Path, drawn: Drawn, language: Language) -> None:
    """Write the edition's folder whole: it appears under its name only when all is on disk."""
    from reports import verify

    problems = verify.verify(drawn.pdf, drawn.facts, language)
    if problems:
        msg = f"The report {folder} was not published: {' '.join(problems)}"
        raise ReperError(msg)
    content = {
        "pdf_sha256": hashlib.sha256(drawn.pdf).hexdigest(),
        "letter": _letter_words(drawn, language),
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
