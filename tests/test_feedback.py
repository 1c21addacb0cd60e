"""Each submission gets one reply: a kind, exact receipt, and the workbook with its cells marked."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from flows.steps import night, rehearsal
from flows.steps.catalogue import Catalogue
from flows.steps.checking import corrections
from flows.steps.checking.findings import Finding, Severity
from flows.steps.night import Night
from flows.steps.originals import Checked
from flows.steps.progress import silent
from flows.steps.replying import feedback, posting, repeats
from flows.steps.replying.receipts import content, text
from flows.steps.settings import Settings
from flows.steps.submissions import Submission
from tests.given import catalogue
from tests.quality_cases import SENDER
from tests.sendings import RECEIVED, RIGHT, WRONG, csv_of, drop, saved, workbook
from tests.workbooks import package, parts, sheet

ENGLISH = next(p["partner_id"] for p in catalogue()["partners"] if p["language"] == "en")


def hostile() -> bytes:
    """Two thousand million cells, in two kilobytes."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    rows = sheet([["Cod activitate"]]).replace("</sheetData>", far)
    return package(parts({"Activități": rows}))


@dataclass
class Replied:
    """A home in which some files have come in, been checked and been answered."""

    night: Night
    folders: list[Path]

    def folder(self, file_name: str) -> Path:
        return (
            self.settings.returned / self.submission(file_name).partner_id / self.id_of(file_name)
        )

    def submission(self, file_name: str) -> Submission:
        known = self.night.knowledge().submissions
        return next(one for one in known if one.file_name == file_name)

    def id_of(self, file_name: str) -> str:
        return self.submission(file_name).submission_id

    def checked(self, file_name: str) -> Checked:
        return next(c for c in self.night.checked if c.submission_id == self.id_of(file_name))

    def receipt(self, file_name: str) -> str:
        return (self.folder(file_name) / "receipt.txt").read_text("utf-8")

    def book(self, file_name: str) -> openpyxl.Workbook:
        (path,) = self.folder(file_name).glob("*.xlsx")
        return openpyxl.load_workbook(path)

    @property
    def settings(self) -> Settings:
        return self.night.settings

    @property
    def catalogue(self) -> Catalogue:
        return self.night.catalogue

    def again(self) -> list[Path]:
        return reply(self.night)


def reply(opened: Night) -> list[Path]:
    known, readers = opened.knowledge(), posting.readers(opened.settings)
    answered = feedback.reply(
        opened.settings,
        opened.catalogue,
        opened.ledger,
        known.submissions,
        opened.originals,
        opened.checked,
        readers,
        silent,
    )
    repeated = repeats.acknowledge(
        opened.settings, opened.catalogue, opened.ledger, known, opened.checked, readers
    )
    return [one.folder for one in answered] + repeated


FILES = {
    (SENDER, "bun.xlsx"): workbook({}),
    (SENDER, "rău.xlsx"): workbook(WRONG),
    (SENDER, "activitati_2020-Q4.csv"): csv_of(WRONG),
    (SENDER, "imens.xlsx"): hostile(),
    (SENDER, "poza.xlsx"): b"\x89PNG\r\n\x1a\n",
    (ENGLISH, "report.xlsx"): workbook({**WRONG, ("raport", "partner_id"): ENGLISH}),
}


@pytest.fixture(scope="module")
def replied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replied]:
    opened = night.begin(Settings("timisoara2023", tmp_path_factory.mktemp("home"), RECEIVED))
    for (partner, name), file in FILES.items():
        drop(opened, partner, name, file)
    drop(opened, SENDER, "bun (1).xlsx", FILES[SENDER, "bun.xlsx"])
    night.read(opened)
    night.check(opened)
    yield Replied(opened, reply(opened))
    opened.ledger.close()


def corrected(book: openpyxl.Workbook) -> openpyxl.Workbook:
    """The returned workbook with the right values in the cells, by the words of the header."""
    titles = {row["sheet"]: row["label_ro"] for row in catalogue()["sheets"]}
    labels = {(f["sheet"], f["field"]): f["label_ro"] for f in catalogue()["form_fields"]}
    for (name, field), value in RIGHT.items():
        if titles[name] in book.sheetnames:
            page = book[titles[name]]
            head = [cell.value for cell in page[1]]
            page.cell(2, head.index(labels[name, field]) + 1, value)
    return book


def test_a_receipt_proves_what_arrived_and_when(replied: Replied) -> None:
    for (_, name), file in FILES.items():
        said = replied.receipt(name)
        assert name in said
        assert hashlib.sha256(file).hexdigest() in said
        assert "11 ianuarie 2021, ora 10:30:00 (ora României)" in said
        assert "11 January 2021, 10:30:00 (Romanian time)" in said


def test_the_partners_own_language_comes_first(replied: Replied) -> None:
    assert replied.receipt("rău.xlsx").startswith("Timișoara 2023: confirmare de primire")
    assert replied.receipt("report.xlsx").startswith("Timișoara 2023: receipt")
    assert replied.book("rău.xlsx").sheetnames[0] == "De corectat"
    assert replied.book("report.xlsx").sheetnames[0] == "To correct"


def test_a_good_file_is_thanked_for_and_nothing_else_goes_back(replied: Replied) -> None:
    assert replied.checked("bun.xlsx").verdict == "accepted"
    said = replied.receipt("bun.xlsx")
    assert "tot ce ați scris a fost preluat" in said
    assert "Nu mai este nimic de făcut" in said
    assert not list(replied.folder("bun.xlsx").glob("*.xlsx"))


def test_each_place_stands_in_the_receipt_and_in_the_list(replied: Replied) -> None:
    said = " ".join(replied.receipt("rău.xlsx").split())
    found = replied.checked("rău.xlsx").findings
    assert len(found) >= len(WRONG)
    listed = [cell.value for cell in replied.book("rău.xlsx").worksheets[0]["B"]]
    for finding in found:
        for language in ("ro", "en"):
            assert corrections.correction(finding, language).place in said
        assert f"{finding.sheet}, {finding.cell}" in listed


def test_notes_are_on_exactly_the_cells_of_the_findings(replied: Replied) -> None:
    for name in ("rău.xlsx", "report.xlsx"):
        noted = {
            (page.title, cell.coordinate)
            for page in replied.book(name).worksheets
            for row in page.iter_rows()
            for cell in row
            if cell.comment
        }
        cells = {(finding.sheet, finding.cell) for finding in replied.checked(name).findings}
        assert noted == cells


def test_the_workbook_is_otherwise_the_partners_own(replied: Replied) -> None:
    book = replied.book("rău.xlsx")
    assert book["Calcule"]["A2"].value == "=A1*2"
    assert book["Activități"]["A2"].font.i
    old = openpyxl.load_workbook(io.BytesIO(FILES[SENDER, "rău.xlsx"]))
    for page in old.worksheets:
        values = [[cell.value for cell in row] for row in page.iter_rows()]
        assert [[cell.value for cell in row] for row in book[page.title].iter_rows()] == values


def test_with_the_cells_corrected_it_comes_back_without_findings(
    replied: Replied, tmp_path: Path
) -> None:
    book = corrected(replied.book("rău.xlsx"))
    sent = tmp_path / "corectat.xlsx"
    sent.write_bytes(saved(book))
    settings = replace(replied.settings, home=tmp_path / "home")
    (answer,) = rehearsal.rehearse(settings, [sent], SENDER)
    assert (answer["verdict"], answer["findings"]) == ("accepted", [])


def test_a_csv_comes_back_as_a_workbook_and_the_receipt_says_how_to_send_it(
    replied: Replied,
) -> None:
    page = replied.book("activitati_2020-Q4.csv")["activitati_2020-Q4"]
    noted = {cell.value for row in page.iter_rows() for cell in row if cell.comment}
    assert noted == {WRONG["activitati", name] for _, name in list(WRONG)[:3]}
    said = " ".join(replied.receipt("activitati_2020-Q4.csv").split())
    assert "salvați foaia „activitati_2020-Q4” ca „CSV UTF-8”" in said
    first = replied.book("activitati_2020-Q4.csv").worksheets[0]
    assert "ca „CSV UTF-8”" in str(first["A4"].value)


def test_a_csv_saved_from_the_corrected_workbook_is_read_without_findings(
    replied: Replied, tmp_path: Path
) -> None:
    book = replied.book("activitati_2020-Q4.csv")
    book["activitati_2020-Q4"].title = "Activități"
    page = corrected(book)["Activități"]
    sent = tmp_path / "activitati_2020-Q4.csv"
    with sent.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(page.iter_rows(values_only=True))
    settings = replace(replied.settings, home=tmp_path / "home")
    (answer,) = rehearsal.rehearse(settings, [sent], SENDER)
    assert (answer["verdict"], answer["findings"]) == ("accepted", [])


def test_what_cannot_be_opened_comes_back_as_the_list_alone(replied: Replied) -> None:
    for name in ("imens.xlsx", "poza.xlsx"):
        assert replied.checked(name).verdict == "rejected"
        book = replied.book(name)
        assert book.sheetnames == ["De corectat"]
        assert replied.checked(name).findings
        assert "nu îl putem prelua" in replied.receipt(name)
        assert "celulele sunt colorate" not in replied.receipt(name)


def test_no_persons_address_stands_in_a_text_of_ours(replied: Replied) -> None:
    for name in ("rău.xlsx", "report.xlsx"):
        folder = replied.folder(name)
        book = replied.book(name)
        ours = [(folder / page).read_text("utf-8") for page in ("receipt.txt", "receipt.html")]
        first = book.worksheets[0]
        ours += [str(cell.value) for row in first.iter_rows() for cell in row]
        ours += [c.comment.text for p in book for row in p.iter_rows() for c in row if c.comment]
        for said in ours:
            assert "ion.popescu" not in said
            assert "ana@teatru" not in said
            assert "@om.example" not in said


def test_no_text_of_ours_acts(replied: Replied) -> None:
    first = replied.book("rău.xlsx").worksheets[0]
    cells = [cell for row in first.iter_rows() for cell in row if cell.value is not None]
    assert "=arte" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_quiet_night_writes_nothing(replied: Replied) -> None:
    before = stand(replied.settings.returned)
    assert len(replied.folders) == len(FILES) + 1
    assert replied.again() == []
    assert stand(replied.settings.returned) == before


def stand(folder: Path) -> dict[str, tuple[int, bytes]]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_a_lost_reply_is_written_again_the_same_to_the_byte(replied: Replied) -> None:
    folder = replied.folder("rău.xlsx")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for path in folder.iterdir():
        path.unlink()
    assert replied.again() == [folder]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_same_bytes_again_are_acknowledged_with_the_day_of_the_first(
    replied: Replied,
) -> None:
    (path,) = replied.folder("bun.xlsx").glob("received-again-*.txt")
    said = " ".join(path.read_text("utf-8").split())
    assert "„bun (1).xlsx”" in said
    assert "Este același fișier, octet cu octet, cu „bun.xlsx”, pe care l-am primit deja" in said
    assert "already received on 11 January 2021" in said


def submission(received_at: datetime, name: str = "raport.xlsx") -> Submission:
    return Submission(f"{SENDER}-{'a' * 12}", SENDER, "a" * 64, name, received_at, 1)


_SAID = "„12. x” nu este bine. Scrieți.", "“12. x” is not right. Write."


def finding(row: int, rule: str = "not_a_date", severity: Severity = "reject") -> Finding:
    return Finding(
        submission_id=f"{SENDER}-{'a' * 12}",
        sheet_id="activitati",
        sheet="Activități",
        row=row,
        column="start_date",
        cell=f"G{row}",
        value="x",
        rule=rule,
        severity=severity,
        message_ro=f"Foaia „Activități”, rândul {row} (celula G{row}): {_SAID[0]}",
        message_en=f"Sheet “Activități”, row {row} (cell G{row}): {_SAID[1]}",
    )


def receipt_of(
    found: tuple[Finding, ...], received_at: datetime = RECEIVED, name: str = "raport.xlsx"
) -> str:
    counts = {"seen": 30, "stored": 30 - len(found), "quarantined": len(found), "set_aside": 0}
    verdict = "partly_accepted" if found else "accepted"
    checked = Checked("x", "2020-Q4", verdict, found, {"activitati": counts})
    return text.text(content.receipt(catalogue(), submission(received_at, name), checked))


def test_many_places_of_a_rule_are_spelled_out_three_times_and_then_counted() -> None:
    said = " ".join(receipt_of(tuple(finding(row) for row in range(2, 27))).split())
    assert [f"celula G{row}" in said for row in (2, 3, 4, 5)] == [True, True, True, False]
    assert "… și încă 22" in said
    assert "… and 22 more" in said
    assert "(25 de locuri)" in said
    assert "încă 25 de rânduri așteaptă" in said


@pytest.mark.parametrize(
    ("received", "by_when"),
    [
        ("2021-01-11", "până la 15 ianuarie 2021, termenul de raportare"),
        ("2021-01-15", "până la 15 ianuarie 2021, termenul de raportare"),
        ("2021-01-16", "înainte de 25 ianuarie 2021"),
        ("2021-06-01", "cât mai curând"),
    ],
)
def test_a_correction_is_asked_for_by_a_day_that_can_still_be_met(
    received: str, by_when: str
) -> None:
    said = receipt_of((finding(2),), datetime.fromisoformat(f"{received}T12:00:00+02:00"))
    assert by_when in " ".join(said.split())


def test_a_sentence_is_parted_where_the_remedy_begins_but_not_inside_quotes() -> None:
    said = corrections.correction(finding(2), "ro")
    assert (said.place, said.problem, said.remedy) == (
        "Foaia „Activități”, rândul 2 (celula G2)",
        "„12. x” nu este bine.",
        "Scrieți.",
    )


def test_every_rules_sentence_has_a_remedy_of_its_own() -> None:
    for rule in catalogue()["rules"]:
        for language in ("ro", "en"):
            message = f"Foaia „A”, rândul 2: {rule[f'message_{language}']}"
            one = replace(finding(2), sheet="A", message_ro=message, message_en=message)
            said = corrections.correction(one, language)
            assert said.problem.endswith((".", "?", "!")), rule["rule"]
            assert said.remedy, rule["rule"]


def test_a_files_name_cannot_hide_or_turn_around_what_is_said() -> None:
    said = receipt_of((), name="a\u202egpj.xlsx\nSHA-256: 0")
    assert "\u202e" not in said
    assert "\nSHA-256: 0" not in said


def test_what_a_busy_machine_could_not_read_is_not_answered_before_a_day_has_passed(
    replied: Replied,
) -> None:
    one = submission(RECEIVED)
    checked = Checked(one.submission_id, None, "rejected", (finding(2, "unreadable", "stop"),), {})
    originals = {
        one.sha256: replace(next(iter(replied.night.originals.values())), summary={"kind": None})
    }
    later = replace(replied.settings, now=datetime(2021, 1, 12, 9, tzinfo=UTC))
    book = replied.night.ledger
    readers = posting.readers(replied.settings)
    arguments = (replied.catalogue, book, [one], originals, [checked], readers, silent)
    assert feedback.reply(replied.settings, *arguments) == []
    assert len(feedback.reply(later, *arguments)) == 1
