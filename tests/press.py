"""A press office for tests: rows that a test states, published, decided about, and delivered."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from flows.steps import night
from flows.steps.catalogue import Catalogue
from flows.steps.ledger import Ledger
from flows.steps.mail import outbox
from flows.steps.publishing import approval, audiences, editions, timetable
from flows.steps.publishing.approval import Edition
from flows.steps.settings import Settings
from tests.given import INDICATORS, Given
from tests.given import catalogue as real_catalogue

NOW = datetime.fromisoformat("2020-05-20T05:00:00+03:00")
PERIOD = "2020-Q1"
RECIPIENTS = """recipient_id,name,address,audience,language,for
ana,Ana,ana@example.org,team,ro,
ion,Ion,ion@example.org,team,ro,
city,Primăria,city@example.org,funder,ro,municipality
county,Consiliul,county@example.org,funder,ro,county_council
"""


class Press:
    """One home. Its limits are wide open unless a test narrows one."""

    def __init__(self, given: Given, home: Path, **limits: float) -> None:
        open_wide = {
            "oldest_data_days": 10_000,
            "coverage_floor": 0.0,
            "not_stated_hold_share": 1.0,
            "largest_move_share": 1_000.0,
        }
        given.computes(*INDICATORS)
        self.given = given
        self.settings = Settings("timisoara2023", home, NOW)
        self.catalogue = _with_limits(**{**open_wide, **limits})
        self.settings.outbox.mkdir(parents=True, exist_ok=True)
        self.ledger = Ledger(self.settings.ledger_url)
        home.joinpath("recipients.csv").write_text(RECIPIENTS, "utf-8")

    def publishes(
        self,
        audience: str,
        for_id: str | None = None,
        note: str | None = None,
        period: str = PERIOD,
        languages: Sequence[str] = audiences.LANGUAGES,
    ) -> list[Edition]:
        """What is new of an audience's editions about the period."""
        wanted = audiences.parts(self.settings, self.catalogue, audience, for_id)
        parts = [part for part in wanted if part[1] in languages]
        return editions.publish(
            self.given.connection,
            self.settings,
            self.catalogue,
            self.ledger,
            self.given.known,
            audience,
            self.catalogue.period(period),
            parts,
            note,
        )

    def publishes_one(self, audience: str = "funder", note: str | None = None) -> Edition:
        """The one edition of the team, or of the city as a funder."""
        for_id = "municipality" if audience == "funder" else None
        (edition,) = self.publishes(audience, for_id, note)
        return edition

    def copied(self, home: Path) -> "Press":
        """The same office in a home of its own, with all that was published so far."""
        shutil.copytree(self.settings.home, home, dirs_exist_ok=True)
        copy = Press(self.given, home)
        copy.catalogue = self.catalogue
        return copy

    def newest(self, audience: str) -> Edition:
        """The edition of an audience that was published last."""
        return [e for e in approval.editions(self.ledger) if e.audience == audience][-1]

    def due(self) -> list[tuple[str, str, Sequence[audiences.Part]]]:
        """What is due, by audience and period."""
        found = timetable.due(self.given.connection, self.settings, self.catalogue, self.ledger)
        return [(audience, period.period_id, parts) for audience, period, parts in found]

    def approves(self, edition: Edition) -> Edition:
        return approval.approve(self.settings, self.catalogue, self.ledger, edition.path, "Ana")

    def rejects(self, edition: Edition, reason: str = "Titlul este greșit.") -> Edition:
        return approval.reject(self.settings, self.ledger, edition.path, reason, "Ana")

    def holds(self, edition: Edition, reason: str = "Așteptăm directorul.") -> Edition:
        return approval.hold(self.settings, self.ledger, edition.path, reason, "Ana")

    def releases(self, edition: Edition, reason: str = "Am verificat.") -> Edition:
        return approval.release(self.settings, self.ledger, edition.path, reason, "Ana")

    def delivers(self, edition: Edition) -> dict[str, str]:
        """Deliver what waits; the state of each mail of one edition, by recipient."""
        night.deliver(self.opened())
        found = outbox.mails(self.ledger)
        return {mail.recipient: mail.state for mail in found if mail.edition == edition.path}

    def night_stops(self, step: str, error: Exception) -> None:
        """A run of this moment fails in a step."""
        with suppress(type(error)), night.watched(self.opened(), step):
            raise error

    def night_goes_well(self, step: str) -> None:
        with night.watched(self.opened(), step):
            pass

    def opened(self) -> night.Night:
        return night.Night(self.settings, self.catalogue, self.ledger)

    def state(self, edition: Edition) -> str:
        return approval.edition(self.ledger, edition.path).state

    def files(self, edition: Edition) -> Path:
        return self.settings.published / edition.path

    def it_is(self, moment: str) -> None:
        self.settings = replace(self.settings, now=datetime.fromisoformat(moment))


def _with_limits(**limits: float) -> Catalogue:
    """The real tables, with other limits of the send gate."""
    real = real_catalogue()
    tables = dict(real.tables)
    return replace(real, programme=replace(real.programme, **limits), tables=tables)
