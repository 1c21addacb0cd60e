"""A whole home for tests: workbooks really sent, read, checked, and published, day by day."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from flows.steps import archive, night, submissions
from flows.steps.night import Night
from flows.steps.publishing import approval
from flows.steps.publishing.approval import Edition
from flows.steps.settings import Settings
from tests.given import catalogue
from tests.quality_cases import GOOD, SENDER

Told = Mapping[str, str | None]


class Office:
    """One home of timisoara2023, or of other tables and SQL. Each act happens on its own day."""

    def __init__(self, home: Path, **places: Path) -> None:
        (home / "inbox").mkdir(parents=True)
        self.home = home
        self.places = places
        self.night = self.on("2020-01-01T06:00:00+00:00")

    def on(self, moment: str) -> Night:
        """The home as it is opened at some moment."""
        settings = Settings("timisoara2023", self.home, datetime.fromisoformat(moment))
        self.night = night.begin(replace(settings, **self.places))
        return self.night

    def sends(self, moment: str, report: Told, *activities: Told, partner: str = SENDER) -> str:
        """One workbook: its report, and its activities as far as they differ from a good one."""
        at = self.on(moment)
        folder = at.settings.inbox / partner
        folder.mkdir(exist_ok=True)
        name = f"{partner}_{moment[:10]}.xlsx"
        folder.joinpath(name).write_bytes(workbook({"partner_id": partner, **report}, *activities))
        (receipt,) = archive.receive(
            at.settings.inbox,
            at.settings.archive,
            at.ledger,
            at.catalogue.partner_ids(),
            at.settings.now,
        )
        assert receipt.submission_id is not None
        return receipt.submission_id

    def excuses(self, moment: str, partner: str, period: str) -> None:
        at = self.on(moment)
        submissions.excuse(at.ledger, partner, period, "Sediul a fost inundat.", at.settings.now)

    def publishes(self, moment: str, audience: str, period: str) -> Edition:
        """The Romanian edition of an audience, from what is known by then; it goes out."""
        at = self.on(moment)
        for step in (night.read, night.check, night.build):
            step(at)
        (edition,) = night.publish_one(at, audience, period)
        if edition.state == "held":
            # With one partner of sixty the gate has its doubts.
            edition = approval.release(at.settings, at.ledger, edition.path, "Un test.", "Ana")
        return edition


def workbook(report: Told, *activities: Told) -> bytes:
    """A workbook as a partner fills it in; what is not said is as in a good one."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet, rows in (("raport", [report]), ("activitati", list(activities))):
        fields = [f for f in catalogue()["form_fields"] if f["sheet"] == sheet]
        label = next(s["label_ro"] for s in catalogue()["sheets"] if s["sheet"] == sheet)
        page = book.create_sheet(label)
        page.append([field["label_ro"] for field in fields])
        for row in rows:
            told = {**GOOD[sheet], **row}
            page.append([told.get(field["field"]) for field in fields])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
