"""The workbook that partners fill in: what it asks, what it knows, and that it is read right."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from flows.steps import catalogue as catalogues
from flows.steps import template, warehouse
from flows.steps.catalogue import Catalogue
from flows.steps.errors import UsageError
from flows.steps.night import INTAKE, begin
from flows.steps.originals import Checked
from flows.steps.reading.cells import cell_to_text
from flows.steps.settings import Settings
from reports.model import Language
from tests import kept_rows
from tests.given import Given

PARTNER, PERIOD = "TM-P001", "2020-Q4"
TABLES = ("activitati", "apeluri", "buget", "artisti", "voluntari")
TITLES = {
    "ro": ("Citiți întâi", "Cuvinte", "Liste"),
    "en": ("Read first", "Words", "Lists"),
}
KEY = {"ro": "EXEMPLU-1", "en": "EXAMPLE-1"}
HEADER, EXAMPLE, FIRST = 3, 4, 5
# What the worked example leaves blank, so that every question is answered once.
MORE: dict[str, dict[str, Any]] = {
    "activitati": {
        "open_days": 3,
        "co_partners": "TM-P007; Muzeul Exemplu",
        "reported_by_other": "TM-P007 ACT-03",
        "artists_origin_unknown": 0,
        "participants_professional": 5,
        "tickets_sold": 100,
    },
    "apeluri": {"venue_name": "MultipleXity"},
    "buget": {"project_id": "TM-PR001"},
}
ANSWERS = {
    "contact_name": "Ioana Exemplu",
    "contact_email": "raportare@example.org",
    "artists_unique_declared": 5,
    "volunteers_unique_declared": 6,
    "narrative_progress": "Am ținut patru ateliere.",
    "narrative_deviation": "Un atelier a fost amânat.",
    "narrative_highlights": "Vecinii au cerut ca atelierul să continue.",
    "correction_reason": "Nu este cazul.",
}
# The answer that follows the language of the form.
DECLARED = {"ro": "da", "en": "yes"}
OF_PEOPLE = ("contact_name", "contact_email", "person_email")


@dataclass(frozen=True)
class Told:
    """What the reader and the checks make of one workbook."""

    checked: Checked
    parquet: Path | None

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Rows that report something."""
        return [row for row in self._all if row["set_aside"] is None]

    @property
    def set_aside(self) -> list[dict[str, Any]]:
        return [row for row in self._all if row["set_aside"] is not None]

    @property
    def _all(self) -> list[dict[str, Any]]:
        return kept_rows.read(self.parquet.read_bytes()) if self.parquet else []

    @property
    def rules(self) -> set[str]:
        return {finding.rule for finding in self.checked.findings}


def settings_of(home: Path, programme: str = "timisoara2023") -> Settings:
    return Settings(programme, home, datetime(2021, 1, 10, tzinfo=UTC))


def tables_of(settings: Settings) -> Catalogue:
    return catalogues.load(settings.catalogue, settings.programme)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_of(tmp_path / "home")


@pytest.fixture
def catalogue(settings: Settings) -> Catalogue:
    return tables_of(settings)


@pytest.fixture
def blank(settings: Settings, catalogue: Catalogue) -> Callable[[Language], Workbook]:
    """A workbook in a language, of a partner of whom nothing is known yet."""
    return lambda language: opened(
        template.write(settings, catalogue, None, PARTNER, PERIOD, language)
    )


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_day(value: object) -> object:
    return value.date() if isinstance(value, datetime) else value


def titles(catalogue: Catalogue, language: Language) -> dict[str, str]:
    return {row["sheet"]: row[f"label_{language}"] for row in catalogue["sheets"]}


def columns(catalogue: Catalogue, worksheet: Worksheet, sheet: str) -> dict[str, int]:
    """The column of each question, found by its label."""
    labels = {
        row[f"label_{language}"]: row["field"]
        for row in catalogue["form_fields"]
        if row["sheet"] == sheet
        for language in ("ro", "en")
    }
    heads = [
        str(cell.value).removesuffix("\u00a0*").removesuffix("\u00a0(*)")
        for cell in worksheet[HEADER]
    ]
    return {labels[head]: column for column, head in enumerate(heads, start=1)}


def fill(catalogue: Catalogue, book: Workbook, language: Language) -> dict[str, dict[str, Any]]:
    """Answer every question: as the worked example does, under a name of its own."""
    written: dict[str, dict[str, Any]] = {}
    title = titles(catalogue, language)
    for sheet in TABLES:
        worksheet = book[title[sheet]]
        written[sheet] = {}
        for field, column in columns(catalogue, worksheet, sheet).items():
            value = worksheet.cell(EXAMPLE, column).value
            value = "ACT-1" if value == KEY[language] else value
            value = MORE.get(sheet, {}).get(field, value)
            worksheet.cell(FIRST, column).value = value
            written[sheet][field] = value
    report = book[title["raport"]]
    fields = [row["field"] for row in catalogue["form_fields"] if row["sheet"] == "raport"]
    for row, field in enumerate(fields, start=4):
        if field in ANSWERS:
            report.cell(row, 2).value = ANSWERS[field]
        elif field == "declaration":
            report.cell(row, 2).value = DECLARED[language]
    written["raport"] = {field: report.cell(row, 2).value for row, field in enumerate(fields, 4)}
    return written


def send(settings: Settings, partner: str, content: bytes) -> Told:
    """Take in the one workbook that a partner sends, as a night does."""
    inbox = settings.inbox / partner
    inbox.mkdir(parents=True)
    (inbox / "form.xlsx").write_bytes(content)
    night = begin(settings)
    for step in INTAKE:
        step(night)
    (checked,), (read,) = night.checked, night.originals.values()
    return Told(checked, read.parquet)


@pytest.mark.parametrize("language", ["ro", "en"])
def test_a_template_filled_in_is_read_as_exactly_what_was_written(
    settings: Settings,
    catalogue: Catalogue,
    blank: Callable[[Language], Workbook],
    language: Language,
) -> None:
    book = blank(language)
    written = fill(catalogue, book, language)
    answer = send(settings, PARTNER, saved(book))
    assert answer.checked.findings == ()
    assert (answer.checked.verdict, answer.checked.period_id) == ("accepted", PERIOD)
    read = {row["sheet"]: row for row in answer.rows}
    assert len(answer.rows) == len(read) == len(TABLES) + 1
    assert [row["sheet"] for row in answer.set_aside] == list(TABLES)
    assert {row["set_aside"] for row in answer.set_aside} == {"example"}
    for sheet, values in written.items():
        asked = {name: cell_to_text(v) for name, v in values.items() if name not in OF_PEOPLE}
        assert {name: read[sheet][name] for name in asked} == asked
        assert None not in asked.values()


def test_an_untouched_template_reports_nothing_and_is_asked_about(
    settings: Settings, catalogue: Catalogue, tmp_path: Path
) -> None:
    other = settings_of(tmp_path / "other", "bucharest2021")
    partner = tables_of(other)["partners"][0]["partner_id"]
    for one, sender, period in ((settings, PARTNER, PERIOD), (other, partner, "2020-Q4")):
        content = template.write(one, tables_of(one), None, sender, period, "ro")
        answer = send(one, sender, content)
        assert [row["sheet"] for row in answer.rows] == ["raport"]
        assert len(answer.set_aside) == len(TABLES)
        assert {"empty_report", "no_contact"} <= answer.rules
        about = {(finding.sheet_id, finding.row) for finding in answer.checked.findings}
        assert {sheet for sheet, _ in about} == {"raport"}
        assert not answer.rules & {"ignored_sheet", "unknown_column", "unnamed_column"}


def test_the_same_knowledge_gives_the_same_bytes(settings: Settings, catalogue: Catalogue) -> None:
    first, second = (
        template.write(settings, catalogue, None, PARTNER, PERIOD, "ro") for _ in range(2)
    )
    assert first == second
    # Nor would it differ tomorrow: no part of it tells the hour.
    properties = opened(first).properties
    assert {as_day(properties.created), as_day(properties.modified)} == {date(2020, 12, 31)}
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_partner_gets_its_own_language(settings: Settings, catalogue: Catalogue) -> None:
    for partner in {row["language"]: row for row in catalogue["partners"]}.values():
        book = opened(template.write(settings, catalogue, None, partner["partner_id"], PERIOD))
        assert book.sheetnames[0] == TITLES[partner["language"]][0]


@pytest.mark.parametrize("language", ["ro", "en"])
def test_every_header_explains_itself(
    catalogue: Catalogue, blank: Callable[[Language], Workbook], language: Language
) -> None:
    book = blank(language)
    for sheet in TABLES:
        worksheet = book[titles(catalogue, language)[sheet]]
        place = columns(catalogue, worksheet, sheet)
        for asked in catalogue["form_fields"]:
            if asked["sheet"] != sheet:
                continue
            cell = worksheet.cell(HEADER, place[asked["field"]])
            assert cell.comment is not None
            assert cell.comment.text.startswith(asked[f"help_{language}"])
            assert "{" not in cell.comment.text
            assert "„”" not in cell.comment.text
            assert "“”" not in cell.comment.text
            assert str(cell.value).endswith("\u00a0*") == (asked["required"] == "always")


def test_notes_say_what_the_checks_say(blank: Callable[[Language], Workbook]) -> None:
    notes = {
        str(cell.value).split("\u00a0")[0]: cell.comment.text
        for cell in blank("ro")["Activități"][HEADER]
        if cell.comment
    }
    assert "Scrieți ziua, luna și anul, de exemplu „17.03.2020”." in notes["Data începerii"]
    assert "când activitatea este realizată față în față sau hibrid" in notes["Public prezent"]
    assert "Se poate alege: „față în față”, „online” sau „hibrid”." in notes["Format"]
    assert "„TM-PR001”" in notes["Cod proiect"]
    assert "neprecizat" in notes["Format"]


def test_lists_offer_what_the_form_understands_and_are_locked(
    catalogue: Catalogue, blank: Callable[[Language], Workbook]
) -> None:
    book = blank("ro")
    worksheet = book["Activități"]
    place = columns(catalogue, worksheet, "activitati")
    offered = {
        field: [cell.value for (cell,) in book["Liste"][check.formula1.split("!")[1]]]
        for field, column in place.items()
        for check in worksheet.data_validations.dataValidation
        if check.type == "list" and worksheet.cell(FIRST, column).coordinate in check.sqref
    }
    assert offered["status"] == ["planificată", "realizată", "amânată", "anulată"]
    assert offered["project_id"] == ["TM-PR001"]
    assert offered["country"][0] == "RO"
    assert offered["objectives"][0] == "D1"
    assert offered["objectives"][-1] == "A6"
    assert "Spații Vii" in offered["programme"]
    locked = {sheet.title for sheet in book.worksheets if sheet.protection.sheet}
    assert locked == set(TITLES["ro"])
    assert not any(sheet.protection.password for sheet in book.worksheets)


@pytest.mark.parametrize("language", ["ro", "en"])
def test_the_spreadsheet_asks_kindly_and_within_its_limits(
    blank: Callable[[Language], Workbook], language: Language
) -> None:
    checks = [
        check
        for sheet in blank(language).worksheets
        for check in sheet.data_validations.dataValidation
    ]
    assert {check.type for check in checks} == {"list", "date", "whole", "decimal", "textLength"}
    for check in checks:
        assert check.error
        assert len(check.error) <= 225
        assert len(check.errorTitle) <= 32
        assert len(check.prompt or "") <= 255
        if check.type in ("date", "whole", "decimal"):
            assert check.showErrorMessage


def test_the_short_form_stands_first_and_the_rest_is_folded(
    catalogue: Catalogue, blank: Callable[[Language], Workbook]
) -> None:
    worksheet = blank("ro")["Activități"]
    asked = {r["field"]: r for r in catalogue["form_fields"] if r["sheet"] == "activitati"}
    order = list(columns(catalogue, worksheet, "activitati"))
    short = [field for field in asked if asked[field]["is_short"]]
    assert order[: len(short)] == short
    for column, field in enumerate(order, start=1):
        dimension = worksheet.column_dimensions[worksheet.cell(1, column).column_letter]
        # What may be asked for must be seen; only what is never needed is folded away.
        is_folded = not asked[field]["is_short"] and asked[field]["required"] == "no"
        assert (dimension.hidden, dimension.outlineLevel == 2) == (is_folded, is_folded)


def test_what_goes_on_is_filled_in_and_no_number_with_it(
    given: Given, settings: Settings, catalogue: Catalogue
) -> None:
    given.activity("gone", period="2020-Q3")
    given.activity("open", period="2020-Q3", end_date="2020-10-20", venue_name="Parcul Rozelor")
    given.activity("soon", period="2020-Q3", status="planned", title_ro="=1+1")
    given.activity("later", period="2020-Q3", status="postponed")
    given.activity("never", period="2020-Q3", status="cancelled", end_date="2020-12-20")
    given.activity("older", period="2020-Q2", status="planned")
    given.activity("others", period="2020-Q3", partner="TM-P002", status="planned")
    book = opened(template.write(settings, catalogue, given.connection, PARTNER, PERIOD, "ro"))
    worksheet = book["Activități"]
    place = columns(catalogue, worksheet, "activitati")
    rows = {
        row[0].value: {field: as_day(row[column - 1].value) for field, column in place.items()}
        for row in worksheet.iter_rows(min_row=FIRST)
        if row[0].value
    }
    assert set(rows) == {"open", "soon", "later"}
    going = {field: value for field, value in rows["open"].items() if value is not None}
    assert going == {
        "activity_id": "open",
        "project_id": "TM-PR001",
        "programme": "Spații Vii",
        "title_ro": "Atelier de lumină",
        "start_date": date(2020, 7, 1),
        "end_date": date(2020, 10, 20),
        "activity_type": "atelier",
        "primary_discipline": "arte vizuale",
        "format": "față în față",
        "venue_name": "Parcul Rozelor",
        "district_code": "Fabric",
        "objectives": "D1",
        "pricing": "gratuit",
    }
    assert rows["later"]["start_date"] is None
    title = worksheet.cell(FIRST + 1, place["title_ro"])
    assert (title.value, title.data_type) == ("=1+1", "s")


def test_nothing_of_before_stands_in_a_first_form(
    given: Given, settings: Settings, catalogue: Catalogue
) -> None:
    given.activity("a1", period="2020-Q3", status="planned")
    known = template.write(settings, catalogue, given.connection, PARTNER, "2020-Q3", "ro")
    assert known == template.write(settings, catalogue, None, PARTNER, "2020-Q3", "ro")


def test_a_budget_line_goes_on_from_what_was_spent(
    settings: Settings, catalogue: Catalogue, blank: Callable[[Language], Workbook]
) -> None:
    book = blank("ro")
    fill(catalogue, book, "ro")
    send(settings, PARTNER, saved(book))
    with warehouse.connect(settings.warehouse, read_only=True) as connection:
        after = opened(template.write(settings, catalogue, connection, PARTNER, "2021-Q1", "ro"))
    line = after["Buget"][FIRST]
    assert [cell.value for cell in line] == [
        "TM-PR001", "Primăria", "producție", 25000, None, None,
    ]  # fmt: skip
    assert line[-1].comment is not None
    assert "31\u00a0decembrie\u00a02020: 14.350,50 lei" in line[-1].comment.text


def test_an_open_call_that_has_not_closed_goes_on(
    given: Given, settings: Settings, catalogue: Catalogue
) -> None:
    given.open_call("TM-A01", period="2020-Q3", closed_on="2020-10-15")
    given.open_call("TM-A02", period="2020-Q3")
    book = opened(template.write(settings, catalogue, given.connection, PARTNER, PERIOD, "en"))
    worksheet = book["Open calls"]
    place = columns(catalogue, worksheet, "apeluri")
    assert worksheet.cell(FIRST, place["call_id"]).value == "TM-A01"
    assert worksheet.cell(FIRST, place["team_call"]).value == "no"
    assert worksheet.cell(FIRST, place["applications_received"]).value is None
    assert worksheet.cell(FIRST + 1, place["call_id"]).value is None


@pytest.mark.parametrize("sheet", ["activities", "calls"])
def test_only_questions_of_the_form_and_never_a_number_are_carried_over(
    given: Given, settings: Settings, catalogue: Catalogue, sheet: str
) -> None:
    query = warehouse.select(settings.sql, f"facts/prefill_{sheet}")
    asked = {"partner_id": PARTNER, "starts_on": date(2020, 10, 1)}
    given.report()
    carried = {column[0] for column in given.connection.execute(query, asked).description}
    name = {"activities": "activitati", "calls": "apeluri"}[sheet]
    kinds = {r["field"]: r["type"] for r in catalogue["form_fields"] if r["sheet"] == name}
    assert carried <= kinds.keys()
    assert not {field for field in carried if kinds[field] in ("integer", "decimal", "url")}
    assert not carried & {"status", "count_method", "notes"}


@pytest.mark.parametrize("language", ["ro", "en"])
def test_the_first_page_says_until_when_and_whom_to_ask(
    blank: Callable[[Language], Workbook], language: Language
) -> None:
    page = blank(language).worksheets[0]
    text = "\n".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.value)
    assert "Asociația Malul Celălalt (TM-P001)" in text
    assert {"ro": "15\u00a0ianuarie\u00a02021", "en": "15\u00a0January\u00a02021"}[language] in text
    assert "monitorizare@example.org" in text
    assert "TM-PR001 · Curți deschise" in text
    assert "{" not in text
    links = {cell.hyperlink.location for row in page.iter_rows() for cell in row if cell.hyperlink}
    assert {link.split("'")[1] for link in links} == set(blank(language).sheetnames[1:])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ro", ("Activitate", "Vizite (public)", "Hibrid", "Voluntar", "Candidaturi (apel)")),
        (
            "en",
            ("Activity", "Visits (audience)", "Hybrid", "Volunteer", "Applications (open call)"),
        ),
    ],
)
def test_each_word_has_its_do_and_its_do_not(
    blank: Callable[[Language], Workbook], language: Language, words: tuple[str, ...]
) -> None:
    page = blank(language)[TITLES[language][1]]
    said = {row[0]: row[1:] for row in page.iter_rows(min_row=4, max_col=4, values_only=True)}
    assert set(words) <= said.keys()
    assert all(all(told) for told in said.values())


def test_all_partners_of_a_period_get_theirs(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home", "bucharest2021")
    catalogue, folder, seen = tables_of(settings), tmp_path / "out", []
    paths = template.write_all(
        settings, catalogue, None, PERIOD, folder, None, lambda *done: seen.append(done)
    )
    due = [p["partner_id"] for p in catalogue["partners"] if p["joined_on"] < date(2021, 1, 1)]
    assert [path.name for path in paths] == [f"{partner}_{PERIOD}.xlsx" for partner in due]
    assert seen == [(done, len(due)) for done in range(1, len(due) + 1)]
    one = template.write(settings, catalogue, None, due[-1], PERIOD)
    assert paths[-1].read_bytes() == one


def test_who_joins_later_gets_none_yet(settings: Settings, catalogue: Catalogue) -> None:
    late = [p["partner_id"] for p in catalogue["partners"] if p["joined_on"] > date(2020, 3, 31)]
    due = template.due(catalogue, catalogue.period("2020-Q1"))
    assert late
    assert not set(late) & set(due)


@pytest.mark.parametrize(
    ("partner", "period"), [("TM-P999", PERIOD), (PARTNER, "2020"), (PARTNER, "2031-Q1")]
)
def test_who_or_when_is_unknown_is_said(
    settings: Settings, catalogue: Catalogue, partner: str, period: str
) -> None:
    with pytest.raises(UsageError, match=r"TM-P999|2020|2031"):
        template.write(settings, catalogue, None, partner, period, "ro")


@pytest.mark.full
def test_what_an_office_suite_saves_is_still_read(
    settings: Settings, catalogue: Catalogue, blank: Callable[[Language], Workbook], tmp_path: Path
) -> None:
    book = blank("ro")
    fill(catalogue, book, "ro")
    path = tmp_path / "in" / "filled.xlsx"
    path.parent.mkdir()
    path.write_bytes(saved(book))
    office = shutil.which("soffice")
    assert office, "Install LibreOffice (Debian: apt-get install libreoffice-calc)."
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path, path],
        check=True,
        capture_output=True,
    )
    content = (tmp_path / "filled.xlsx").read_bytes()
    answer = send(settings, PARTNER, content)
    assert answer.checked.findings == ()
    assert len(answer.rows) == len(TABLES) + 1
