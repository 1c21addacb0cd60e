"""A report drawn from a built warehouse, and frozen as an edition's folder."""

import hashlib
import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flows.steps import durable
from flows.steps.catalogue import Catalogue
from flows.steps.ledger import Ledger
from flows.steps.periods import Period
from flows.steps.publishing import audiences, facts, letters, public, twin, values
from flows.steps.publishing.audiences import Part
from flows.steps.publishing.public import Disclosed
from flows.steps.publishing.told import PUBLIC
from flows.steps.settings import Settings
from flows.steps.submissions import Known
from flows.steps.warehouse import Connection
from reports.model import Facts, Language, Restatement


@dataclass(frozen=True)
class Drawn:
    """A report ready to be frozen or handed over; nothing is written yet."""

    facts: Facts
    pdf: bytes
    figures: list[dict[str, Any]]


def draw(
    connection: Connection,
    settings: Settings,
    catalogue: Catalogue,
    ledger: Ledger,
    known: Known,
    audience: str,
    period: Period,
    part: Part,
    version: int | None = None,
    disclosed: Disclosed | None = None,
    restatement: Restatement | None = None,
) -> Drawn:
    """Draw one report from a built warehouse. Raises UsageError for an unknown audience.

    part says for whom, which the cover names, and in which language. A public one shows what may
    be disclosed beside the public editions that the ledger knows. restatement is what is not as
    an earlier edition said.
    """
    # Drawing loads fonts; a command that draws nothing should not wait for them.
    from reports import build

    audiences.refuse_unknown(audience)
    if audience == PUBLIC and disclosed is None:
        disclosed = public.disclose(connection, settings, catalogue, ledger, period)
    for_id, language = part
    reader = audiences.name_of(catalogue, for_id)
    collected = facts.collect(
        connection, catalogue, known, audience, period, version, settings.sql, disclosed, reader
    )
    collected = replace(collected, restatement=restatement)
    told_ = values.figures(connection, period_id=period.period_id)
    return Drawn(
        facts=collected,
        pdf=build.build(collected, language),
        figures=disclosed.of(told_) if disclosed else told_,
    )


def freeze(folder: Path, drawn: Drawn, language: Language) -> None:
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
