"""What partners reported, stated row by row, and the figures that follow from it.

Rows go the way of real ones: a Parquet file a submission, with the reader's columns, through the
real load, derive and compute, with the catalogue of timisoara2023.
"""

import functools
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

from flows.steps import catalogue as catalogues
from flows.steps import indicators, periods, warehouse
from flows.steps.catalogue import Catalogue
from flows.steps.checking.findings import Finding, Severity, verdict
from flows.steps.filling import deriving, loading
from flows.steps.originals import Checked
from flows.steps.settings import CHECKOUT
from flows.steps.submissions import Known, Submission
from flows.steps.warehouse import Connection
from tests import kept_rows

Cell = str | int | date | None
Whole = tuple[str, str, str | None, str | None]
Key = tuple[str, str, str | None, str | None, str | None, str]
Parts = dict[str, float | None]

SQL = CHECKOUT / "sql"
DATA = CHECKOUT / "data"
PARTNER = "TM-P001"
PERIOD = "2020-Q1"
NOW = datetime.fromisoformat("2021-01-25T05:00:00+02:00")
FIRST_ROW = 5

_ACTIVITY = {
    "project_id": "TM-PR001",
    "programme": "spatii_vii",
    "title_ro": "Atelier de lumină",
    "status": "delivered",
    "events_count": 1,
    "activity_type": "workshop",
    "primary_discipline": "visual_arts",
    "format": "in_person",
    "district_code": "fabric",
    "objectives": "D1",
    "artists_local": 1,
    "artists_national": 0,
    "artists_international": 0,
    "attendance_in_person": 10,
    "count_method": "ticket",
    "volunteers": 0,
    "pricing": "free",
}
_ONLINE = {
    "district_code": None,
    "attendance_in_person": None,
    "attendance_online_live": 10,
    "count_method": None,
    "platform": "youtube",
}
_OPEN_CALL = {
    "call_title": "Apel pentru artiști",
    "programme": "spatii_vii",
    "team_call": "no",
    "applications_received": 40,
    "applicants_unique": 40,
    "applications_selected": 8,
    "applicants_selected": 8,
}


INDICATORS = sorted(path.stem for path in (SQL / "indicators").glob("*.sql"))


@functools.cache
def catalogue() -> Catalogue:
    """The real tables of timisoara2023."""
    return catalogues.load(DATA / "catalogue", DATA / "programmes" / "timisoara2023")


@dataclass
class _File:
    """One file of one partner about one period: its rows, and what is wrong with it."""

    partner: str
    period: str
    received_at: datetime
    report: dict[str, Any]
    rows: list[dict[str, Any]] = field(default_factory=list)
    quarantined: list[tuple[str, int]] = field(default_factory=list)
    is_refused: bool = False
    copy: int = 1

    def submission(self, salt: str, seq: int) -> Submission:
        said = f"{salt}/{self.partner}/{self.period}/{self.received_at}/{self.copy}"
        sha256 = hashlib.sha256(said.encode()).hexdigest()
        name = f"{self.partner}_{self.period}.xlsx"
        identity = f"{self.partner}-{sha256[:12]}"
        return Submission(identity, self.partner, sha256, name, self.received_at, seq)


class Given:
    """States rows, each with defaults for all that a test does not care about, then answers.

    Rows of one partner about one period that are received at the same moment stand in one file.
    Without received_at that moment is the morning after the period. order shuffles which partner
    comes before which; each partner's own files stay in their order. Only indicators that were
    asked for are computed, since each takes as long for three rows as for three thousand.
    """

    def __init__(
        self,
        folder: Path,
        now: datetime = NOW,
        order: int | None = None,
        tables: Catalogue | None = None,
    ) -> None:
        self._folder = folder
        self._now = now
        self._order = order
        self._tables = tables or catalogue()
        self._copies = 1
        self._files: dict[tuple[str, str, datetime], _File] = {}
        self._withdrawn: list[tuple[str, str, datetime]] = []
        self._excused: dict[tuple[str, str], str] = {}
        self._published: list[dict[str, Any]] = []
        self._connection: Connection | None = None
        self._answered: tuple[dict[Key, dict[str, Any]], dict[Whole, Parts]] | None = None
        # Every figure says how many reports it rests on, and that is Q01.
        self._sql = with_indicators(folder / "sql", "Q01")

    def it_is(self, now: str) -> None:
        """State the moment of the build, with its offset."""
        self._now = datetime.fromisoformat(now)
        self._changed()

    def everything_twice(self) -> None:
        """Each file comes a second time, its bytes different and its rows the same."""
        self._copies = 2
        self._changed()

    def report(
        self,
        partner: str = PARTNER,
        period: str = PERIOD,
        received_at: str | None = None,
        *,
        kind: str = "first",
        artists: int | None = None,
        volunteers: int | None = None,
        is_refused: bool = False,
    ) -> None:
        """A report, with the people that it declares; is_refused when a finding stops the file."""
        file = self._file(partner, period, received_at)
        file.is_refused = is_refused
        file.report |= {
            "submission_kind": kind,
            "artists_unique_declared": artists,
            "volunteers_unique_declared": volunteers,
        }

    def activity(
        self,
        activity_id: str,
        *,
        partner: str = PARTNER,
        period: str = PERIOD,
        received_at: str | None = None,
        is_quarantined: bool = False,
        **cells: Cell,
    ) -> None:
        """An activity: delivered, in person, on the first day of the period, if nothing is said."""
        start_date = cells.get("start_date", period_of(period).starts_on)
        row = {**_ACTIVITY, "start_date": start_date, "end_date": start_date}
        row |= _ONLINE if cells.get("format") == "online" else {}
        row |= {"activity_id": activity_id, **cells}
        self._row("activitati", row, partner, period, received_at, is_quarantined)

    def open_call(
        self,
        call_id: str,
        *,
        partner: str = PARTNER,
        period: str = PERIOD,
        received_at: str | None = None,
        **cells: Cell,
    ) -> None:
        """An open call: 8 of 40 selected, closed on the last day of the period."""
        days = {"opened_on": period_of(period).starts_on, "closed_on": period_of(period).ends_on}
        row = {**_OPEN_CALL, **days, "call_id": call_id, **cells}
        self._row("apeluri", row, partner, period, received_at)

    def budget_line(
        self,
        source_type: str,
        *,
        partner: str = PARTNER,
        period: str = PERIOD,
        received_at: str | None = None,
        **cells: Cell,
    ) -> None:
        """A line of the budget: 100 lei of 1 000 spent, all of it in the period."""
        spent = cells.get("amount_spent_period", 100)
        row = {
            "project_id": "TM-PR001",
            "source_type": source_type,
            "amount_approved": 1000,
            "amount_spent_period": spent,
            "amount_spent_cumulative": spent,
            **cells,
        }
        self._row("buget", row, partner, period, received_at)

    def artist(
        self,
        person: str,
        activity_id: str,
        *,
        partner: str = PARTNER,
        period: str = PERIOD,
        received_at: str | None = None,
    ) -> None:
        """A line of the register of artists; the same person has the same name in a test."""
        row = {"person_key": _key("artist", person), "activity_id": activity_id}
        self._row("artisti", row, partner, period, received_at)

    def volunteer(
        self,
        person: str,
        activity_id: str | None = None,
        *,
        partner: str = PARTNER,
        period: str = PERIOD,
        received_at: str | None = None,
    ) -> None:
        """A line of the register of volunteers; without an activity: of the whole period."""
        row = {"person_key": _key("volunteer", person), "activity_id": activity_id}
        self._row("voluntari", row, partner, period, received_at)

    def withdrawn(
        self, partner: str = PARTNER, period: str = PERIOD, received_at: str | None = None
    ) -> None:
        """An officer withdrew the file that was received then."""
        self._withdrawn.append((partner, period, _moment(period, received_at)))
        self._changed()

    def excused(self, partner: str = PARTNER, period: str = PERIOD) -> None:
        """An officer excused the partner from reporting about the period."""
        self._excused[partner, period] = "Sediul a fost inundat."
        self._changed()

    def published(
        self, indicator_id: str, value: float | None, period: str = PERIOD, **more: object
    ) -> None:
        """What the edition that went out last about a period said of one whole."""
        row = {"indicator_id": indicator_id, "value": value, "period_id": period}
        self._published.append({**row, **more})
        self._changed()

    def computes(self, *indicator_ids: str) -> None:
        """See that the warehouse has figures of these indicators; asking for one does, too."""
        known = {path.stem for path in (self._sql / "indicators").iterdir()}
        if not known.issuperset(indicator_ids):
            with_indicators(self._sql, *indicator_ids)
            if self._connection is not None:
                self._connection.execute("drop schema monitor cascade; create schema monitor")
                self._compute(self._connection)

    def figure(
        self,
        indicator_id: str,
        period: str,
        *,
        measure: str | None = None,
        dimension: str | None = None,
        category: str | None = None,
        source: str = "computed",
    ) -> dict[str, Any]:
        """The one figure with this key. Raises LookupError when there is none."""
        self.computes(indicator_id)
        key = (indicator_id, period, measure, dimension, category, source)
        if key not in self.by_key:
            msg = f"There is no figure {key}."
            raise LookupError(msg)
        return self.by_key[key]

    def total(self, indicator_id: str, period: str, measure: str | None = None) -> float | None:
        """The value of a whole; None where there is no data."""
        return self.figure(indicator_id, period, measure=measure)["value"]

    def split(
        self, indicator_id: str, period: str, dimension: str, measure: str | None = None
    ) -> dict[str, float | None]:
        """The value of each part, by category."""
        self.computes(indicator_id)
        return self._figures()[1].get((indicator_id, period, measure, dimension), {})

    def state(self, partner: str = PARTNER, period: str = PERIOD) -> str:
        """Where a partner stands for one of its reporting periods."""
        found = self.ask(
            "select state from quality.completeness where partner_id = $1 and period_id = $2",
            partner,
            period,
        )
        return found[0]["state"]

    @property
    def by_key(self) -> dict[Key, dict[str, Any]]:
        """All figures computed: by indicator, period, measure, dimension, category and source."""
        return self._figures()[0]

    def _figures(self) -> tuple[dict[Key, dict[str, Any]], dict[Whole, Parts]]:
        """Figures by their key, and the values of parts by the key of their whole."""
        if self._answered is None:
            names = ("indicator_id", "period_id", "measure", "dimension", "category", "source")
            by_key, parts = {}, {}
            for row in self.ask("from monitor.figures"):
                *whole, category, source = (row[name] for name in names)
                by_key[*whole, category, source] = row
                if source == "computed" and category is not None:
                    parts.setdefault(tuple(whole), {})[category] = row["value"]
            self._answered = by_key, parts
        return self._answered

    def ask(self, query: str, *values: object) -> list[dict[str, Any]]:
        """The answer of any query, a dict a row."""
        numbered = {str(number): value for number, value in enumerate(values, start=1)}
        return warehouse.rows(self.connection, query, numbered)

    @property
    def connection(self) -> Connection:
        """The warehouse of all that was stated so far."""
        if self._connection is None:
            self._connection = self._build()
        return self._connection

    @property
    def known(self) -> Known:
        """What the ledger would know."""
        submissions = tuple(submission for submission, _ in self._received())
        withdrawn = {
            submission.submission_id: "Trimis din greșeală."
            for submission, file in self._received()
            if (file.partner, file.period, file.received_at) in self._withdrawn
        }
        until = max((s.received_at for s in submissions), default=None)
        head = hashlib.sha256(repr(submissions).encode()).hexdigest()
        return Known(submissions, withdrawn, self._excused, len(submissions), head, until)

    def close(self) -> None:
        """Let go of the warehouse."""
        self._changed()

    def _row(
        self,
        sheet: str,
        cells: Mapping[str, Any],
        partner: str,
        period: str,
        received_at: str | None,
        is_quarantined: bool = False,
    ) -> None:
        file = self._file(partner, period, received_at)
        row_number = FIRST_ROW + sum(row["sheet"] == sheet for row in file.rows)
        file.rows.append({**cells, "sheet": sheet, "row_number": row_number})
        if is_quarantined:
            file.quarantined.append((sheet, row_number))

    def _file(self, partner: str, period: str, received_at: str | None) -> _File:
        self._changed()
        moment = _moment(period, received_at)
        report = {"partner_id": partner, "period": period, "submission_kind": "first"}
        fresh = _File(partner, period, moment, report)
        return self._files.setdefault((partner, period, moment), fresh)

    def _changed(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._answered = None

    def _build(self) -> Connection:
        received = self._received()
        connection = warehouse.connect()
        # A handful of rows is counted sooner by one thread than shared out among several.
        connection.execute("set threads = 1")
        paths = {s.sha256: self._written(s, file) for s, file in received}
        submissions = [submission for submission, _ in received]
        loading.load(connection, self._tables, submissions, paths, SQL)
        checked = [_checked(submission, file) for submission, file in received]
        deriving.derive(connection, self.known, checked, self._now, SQL, self._published)
        self._compute(connection)
        return connection

    def _compute(self, connection: Connection) -> None:
        indicators.compute(connection, self._sql)
        self._answered = None

    def _received(self) -> list[tuple[Submission, _File]]:
        """Files in the order of the ledger: that in which they came, or another of the partners."""
        queues: dict[str, list[_File]] = {}
        for file in sorted(self._files.values(), key=lambda one: one.received_at):
            copies = [replace(file, copy=n) for n in range(1, self._copies + 1)]
            queues.setdefault(file.partner, []).extend(copies)
        turns = [partner for partner, files in queues.items() for _ in files]
        salt = ""
        if self._order is not None:
            # Other names of files, too, so that they lie in another order on disk.
            salt = str(self._order)
            Random(self._order).shuffle(turns)  # noqa: S311 - test rows are no secret
        waiting = {partner: iter(files) for partner, files in queues.items()}
        return [
            (file.submission(salt, seq), file)
            for seq, file in enumerate((next(waiting[turn]) for turn in turns), start=1)
        ]

    def _written(self, submission: Submission, file: _File) -> Path:
        path = self._folder / f"{submission.sha256}.parquet"
        report = {**file.report, "sheet": "raport", "row_number": FIRST_ROW}
        path.write_bytes(kept_rows.written((report, *file.rows)))
        return path


@functools.cache
def period_of(period: str) -> periods.Period:
    """The period of an id, in whatever year; kept, for tests ask often."""
    return periods.parse(period, catalogue().programme.starts_on)


def with_indicators(folder: Path, *indicator_ids: str) -> Path:
    """The project's SQL, with these of its indicators; without a name, none more than before."""
    chosen = folder / "indicators"
    if not chosen.exists():
        chosen.mkdir(parents=True)
        for path in SQL.iterdir():
            if path.name != chosen.name:
                (folder / path.name).symlink_to(path, target_is_directory=True)
    for indicator_id in indicator_ids:
        link = chosen / f"{indicator_id}.sql"
        if not link.is_symlink():
            link.symlink_to(SQL / "indicators" / link.name)
    return folder


def months_of(period: str) -> Sequence[str]:
    """The months of a period, in order."""
    whole = period_of(period)
    inside = (p for p in catalogue().periods() if p.kind == "month")
    return [p.period_id for p in inside if whole.starts_on <= p.starts_on < whole.ends_before]


def _moment(period: str, received_at: str | None) -> datetime:
    if received_at is None:
        day = period_of(period).ends_before
        return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    moment = datetime.fromisoformat(received_at)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _key(purpose: str, person: str) -> str:
    return hashlib.sha256(f"{purpose}|{person}".encode()).hexdigest()[:32]


def _checked(submission: Submission, file: _File) -> Checked:
    found = [_finding(submission, "reject", *place) for place in file.quarantined]
    if file.is_refused:
        found.append(_finding(submission, "stop", None, None))
    return Checked(submission.submission_id, file.period, verdict(found), tuple(found), {})


def _finding(
    submission: Submission, severity: Severity, sheet: str | None, row: int | None
) -> Finding:
    return Finding(
        submission_id=submission.submission_id,
        sheet_id=sheet,
        sheet=sheet,
        row=row,
        column=None,
        cell=None,
        value=None,
        rule="required" if severity == "reject" else "unknown_period",
        severity=severity,
        message_ro="Completați celula.",
        message_en="Fill in the cell.",
    )
