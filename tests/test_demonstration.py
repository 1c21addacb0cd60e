"""The demonstration's figures, counted again from the workbooks with openpyxl alone.

Nothing of the project is imported: the generator runs as a program, and its workbooks are read by
the labels that a person sees. What counts is the latest version of a partner's quarter that could
be taken; rows with mistakes do not count.
"""

import csv
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from itertools import pairwise, repeat
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "data" / "programmes"
YEAR = (date(2020, 1, 1), date(2020, 12, 31))


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def generate(folder: Path, programme_id: str) -> Path:
    command = [sys.executable, "-m", "flows.steps.demonstration", str(folder), programme_id]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


class Samples:
    """All workbooks of a programme, as openpyxl reads them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.deliveries = csv_rows(folder / "deliveries.csv")
        self.mistakes = csv_rows(folder / "mistakes.csv")
        refused = {mistake["file"] for mistake in self.mistakes if not mistake["row"]}
        self.read = {
            delivery["file"]: self._sheets(delivery["file"])
            for delivery in self.deliveries
            if delivery["file"] not in refused
        }
        self.latest = {
            (delivery["partner_id"], delivery["period_id"]): delivery["file"]
            for delivery in self.deliveries
            if delivery["file"] in self.read
        }

    def rows(self, sheet: str) -> list[dict]:
        """The rows that count, each with its partner under `partner`."""
        wrong = {(m["file"], m["sheet"], m["row"]) for m in self.mistakes}
        return [
            {**row, "partner": partner}
            for (partner, _), file in sorted(self.latest.items())
            for number, row in self.read[file].get(sheet, {}).items()
            if (file, sheet, str(number)) not in wrong
        ]

    def reports(self) -> list[dict]:
        return [self.read[file]["Raport"][0] for file in self.latest.values()]

    def delivered(self) -> dict[tuple[str, str], list[dict]]:
        """Delivered activities of the year, each with its reports."""
        found = defaultdict(list)
        for row in self.rows("Activități"):
            if row["Stadiu"] == "realizată":
                starts_on, ends_on = row["Data începerii"].date(), row["Data încheierii"].date()
                assert starts_on <= YEAR[1]
                assert ends_on >= YEAR[0]
                found[row["partner"], row["Cod activitate"]].append(row)
        return found

    def _sheets(self, file: str) -> dict[str, dict[int, dict]]:
        sheets = {}
        with closing(openpyxl.load_workbook(self.folder / file, read_only=True)) as book:
            for worksheet in book:
                if worksheet.title == "Raport":
                    rows = worksheet.iter_rows(max_col=2, values_only=True)
                    sheets["Raport"] = {0: dict(map(padded, rows, repeat(2)))}
                elif worksheet.title != "Despre":
                    sheets[worksheet.title] = dict(self._numbered(worksheet))
        return sheets

    @staticmethod
    def _numbered(worksheet: ReadOnlyWorksheet) -> Iterator[tuple[int, dict]]:
        rows = worksheet.iter_rows(values_only=True)
        header = next(rows)
        for number, cells in enumerate(rows, start=2):
            if not str(cells[0]).startswith(("EXEMPLU", "TOTAL")):
                yield number, dict(zip(header, padded(cells, len(header)), strict=True))


def padded(cells: tuple, width: int) -> tuple:
    """Blank cells at the end of a row are not written, so they are not read either."""
    return (*cells, *[None] * (width - len(cells)))


@pytest.fixture(scope="session")
def timisoara(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    return Samples(generate(tmp_path_factory.mktemp("timisoara"), "timisoara2023"))


@pytest.fixture(scope="session")
def bucharest(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    return Samples(generate(tmp_path_factory.mktemp("bucharest"), "bucharest2021"))


def people(samples: Samples, sheet: str) -> set[str]:
    delivered = samples.delivered()
    return {
        row["E-mail (nu se păstrează)"].strip().casefold()
        for row in samples.rows(sheet)
        if row["Cod activitate"] is None or (row["partner"], row["Cod activitate"]) in delivered
    }


def test_the_year_has_203_activities_of_which_66_in_person_115_online_and_22_not_stated(
    timisoara: Samples,
) -> None:
    delivered = timisoara.delivered()
    formats = Counter(rows[-1]["Format"] for rows in delivered.values())
    assert len(delivered) == 203
    assert formats == {"față în față": 66, "online": 115, None: 22}


def test_an_activity_has_the_same_format_in_each_report_of_it(timisoara: Samples) -> None:
    for rows in timisoara.delivered().values():
        assert len({row["Format"] for row in rows}) == 1


def test_the_year_has_142_artists_and_280_volunteers(timisoara: Samples) -> None:
    assert len(people(timisoara, "Artiști")) == 142
    assert len(people(timisoara, "Voluntari")) == 280


def test_people_come_back_also_with_another_partner(timisoara: Samples) -> None:
    partners = defaultdict(set)
    for row in timisoara.rows("Voluntari"):
        partners[row["E-mail (nu se păstrează)"].casefold()].add(row["partner"])
    typed = {row["E-mail (nu se păstrează)"] for row in timisoara.rows("Voluntari")}
    assert len(typed) > len(partners)  # capitals make nobody another person
    assert sum(len(found) > 1 for found in partners.values()) >= 20


def test_what_a_partner_declares_of_people_is_what_its_registers_hold(timisoara: Samples) -> None:
    asked = {
        "Artiști": "Artiști unici în perioadă (fiecare o dată)",
        "Voluntari": "Voluntari unici în perioadă (fiecare o dată)",
    }
    for file in timisoara.latest.values():
        sheets = timisoara.read[file]
        for sheet, question in asked.items():
            register = {
                row["E-mail (nu se păstrează)"].casefold() for row in sheets[sheet].values()
            }
            assert sheets["Raport"][0][question] == len(register)


def test_an_activity_counts_the_artists_and_volunteers_of_its_registers(timisoara: Samples) -> None:
    counts = {
        sheet: Counter(
            (row["partner"], row["Cod activitate"], row["E-mail (nu se păstrează)"].casefold())
            for row in timisoara.rows(sheet)
        )
        for sheet in ("Artiști", "Voluntari")
    }
    registered = {sheet: Counter(key[:2] for key in counter) for sheet, counter in counts.items()}
    for key, reports in timisoara.delivered().items():
        for row in reports:
            origins = ("locali", "din restul țării", "internaționali", "cu origine necunoscută")
            artists = sum(row.get(f"Artiști {origin}") or 0 for origin in origins)
            if "Artiști cu origine necunoscută" in row:
                assert artists == registered["Artiști"][key]
            assert row["Voluntari în activitate"] == registered["Voluntari"][key]


def test_four_calls_closed_one_in_situ_with_191_applicants_of_whom_42_were_selected(
    timisoara: Samples,
) -> None:
    calls = timisoara.rows("Apeluri")
    assert len({call["Cod apel"] for call in calls}) == len(calls) == 4
    assert all(YEAR[0] <= call["Data închiderii"].date() <= YEAR[1] for call in calls)
    assert [call["Cod apel"] for call in calls if call["Apel in situ?"] == "da"] == ["TM-A03"]
    assert sum(call["Solicitanți unici"] for call in calls) == 191
    assert sum(call["Artiști selectați"] for call in calls) == 42
    for call in calls:
        assert call["Solicitanți unici"] <= call["Candidaturi primite"]
        assert call["Candidaturi selectate"] <= call["Candidaturi eligibile"]
        assert call["Candidaturi eligibile"] <= call["Candidaturi primite"]


def test_62_partners_are_active_in_the_year_and_none_in_a_quarter_of_silence(
    timisoara: Samples,
) -> None:
    assert len({partner for partner, _ in timisoara.delivered()}) == 62
    kinds = Counter(report["Tipul raportării"] for report in timisoara.reports())
    assert kinds["fără activitate"] >= 15
    for file in timisoara.latest.values():
        if timisoara.read[file]["Raport"][0]["Tipul raportării"] == "fără activitate":
            assert not timisoara.read[file]["Activități"]


def test_some_reports_come_late_and_some_not_at_all(timisoara: Samples) -> None:
    first = {}
    for delivery in timisoara.deliveries:
        if delivery["file"] in timisoara.read:
            where = (delivery["partner_id"], delivery["period_id"])
            received = datetime.fromisoformat(delivery["received_at"])
            assert received.utcoffset() is not None
            first[where] = min(first.get(where, received), received)
    due = {
        "2020-Q1": date(2020, 4, 15),
        "2020-Q2": date(2020, 7, 15),
        "2020-Q3": date(2020, 10, 15),
        "2020-Q4": date(2021, 1, 15),
    }
    partners = csv_rows(TABLES / "timisoara2023" / "partners.csv")
    for period_id, due_on in due.items():
        received = [at for (_, period), at in first.items() if period == period_id]
        late = [at for at in received if at.date() > due_on]
        assert 1 <= len(late) <= 3
        assert len(received) < len(partners)


def test_the_year_is_shaped_by_the_pandemic(timisoara: Samples) -> None:
    begun = Counter()
    for rows in timisoara.delivered().values():
        begun[rows[0]["Format"], min(row["Data începerii"] for row in rows).month] += 1
    for rows in timisoara.delivered().values():
        if rows[0]["Format"] == "față în față":
            day = rows[0]["Data începerii"].date()
            assert not date(2020, 3, 11) <= day <= date(2020, 5, 15)
    months = {month: sum(n for (_, m), n in begun.items() if m == month) for month in range(1, 13)}
    assert {month for month, n in months.items() if n >= sorted(months.values())[-2]} == {9, 10}


def test_activities_over_two_quarters_are_reported_in_both_and_are_one(timisoara: Samples) -> None:
    twice = [rows for rows in timisoara.delivered().values() if len(rows) == 2]
    assert len(twice) == 6
    for first, second in twice:
        assert first["Titlu"] == second["Titlu"]
        assert first["Data începerii"].month + 2 >= second["Data încheierii"].month


def test_rows_that_were_not_delivered_stand_beside_those_that_were(timisoara: Samples) -> None:
    statuses = Counter(row["Stadiu"] for row in timisoara.rows("Activități"))
    assert {"planificată", "amânată", "anulată"} < set(statuses)


def test_the_budget_adds_up_from_quarter_to_quarter(timisoara: Samples) -> None:
    spent = defaultdict(list)
    for (partner, period), file in sorted(timisoara.latest.items()):
        for row in timisoara.read[file]["Buget"].values():
            key = (partner, row["Cod proiect"], row["Sursa de finanțare"], row["Capitol bugetar"])
            spent[key].append((period, row))
    for rows in spent.values():
        assert len({row["Suma aprobată (lei)"] for _, row in rows}) == 1
        for (_, before), (_, after) in pairwise(rows):
            expected = before["Cheltuit cumulat (lei)"] + after["Cheltuit în perioadă (lei)"]
            assert after["Cheltuit cumulat (lei)"] == pytest.approx(expected)
            assert after["Cheltuit cumulat (lei)"] <= after["Suma aprobată (lei)"]


def test_every_mistake_stands_where_the_manifest_says(timisoara: Samples) -> None:
    rows = {m["what"]: m for m in timisoara.mistakes if m["row"]}

    def found(what: str) -> dict:
        mistake = rows[what]
        return timisoara.read[mistake["file"]][mistake["sheet"]][int(mistake["row"])]

    assert found("31 februarie, scris ca text")["Data începerii"] == "31/02/2020"
    assert found("text în loc de număr")["Public prezent"] == "peste 60"
    assert found("titlul lipsește")["Titlu"] is None
    assert found("cartier necunoscut")["Cartier / zonă"] == "Orașul de Sus"
    assert found("program necunoscut")["Program"] == "Timpul Liber"
    assert found("sfârșit înainte de început")["Data încheierii"] == "03.09.2020"
    refused = {m["what"] for m in timisoara.mistakes if not m["row"]}
    assert refused == {
        "un tabel propriu, nu formularul",
        "imagine redenumită",
        "codul altui partener",
    }


def test_a_refused_file_comes_again_and_a_correction_says_why(timisoara: Samples) -> None:
    for mistake in timisoara.mistakes:
        if not mistake["row"]:
            partner = mistake["file"].split("/")[0]
            assert any(file.startswith(partner) for file in timisoara.latest.values())
    corrections = [r for r in timisoara.reports() if r["Tipul raportării"] == "corecție"]
    assert len(corrections) == 4
    assert all(report["Motivul corecției"] for report in corrections)


def test_one_file_was_sent_twice_with_the_same_bytes(timisoara: Samples) -> None:
    contents = defaultdict(list)
    for delivery in timisoara.deliveries:
        content = (timisoara.folder / delivery["file"]).read_bytes()
        contents[content].append(delivery["received_at"][:10])
    repeated = [days for days in contents.values() if len(days) > 1]
    assert len(repeated) == 1
    assert len(set(repeated[0])) == 2


def test_every_workbook_says_that_it_is_made_up(timisoara: Samples) -> None:
    for delivery in timisoara.deliveries[::20]:
        if delivery["file"] in timisoara.read:
            with closing(openpyxl.load_workbook(timisoara.folder / delivery["file"])) as book:
                words = " ".join(str(row[0].value) for row in book["Despre"])
            assert "inventate" in words
            assert "made up" in words


def test_the_same_story_is_told_each_time_to_the_byte(bucharest: Samples, tmp_path: Path) -> None:
    again = generate(tmp_path, "bucharest2021")
    files = [path.relative_to(again) for path in again.rglob("*") if path.is_file()]
    assert len(files) > len(bucharest.deliveries)
    for file in files:
        assert (again / file).read_bytes() == (bucharest.folder / file).read_bytes(), file


def test_every_objective_of_bucharest_occurs_and_one_is_promised_only(bucharest: Samples) -> None:
    rows = bucharest.rows("Activități")
    codes = {row["code"] for row in objectives()}
    named = {code for row in rows for code in row[OBJECTIVES].split("; ")}
    delivered = {
        code for row in rows if row["Stadiu"] == "realizată" for code in row[OBJECTIVES].split("; ")
    }
    assert named == codes
    assert codes - delivered == {"O15"}
    assert all(len(row[OBJECTIVES].split("; ")) <= 3 for row in rows)


OBJECTIVES = "Obiective ale programului (max. 3)"


def objectives() -> list[dict[str, str]]:
    tables = csv_rows(TABLES / "bucharest2021" / "objectives.csv")
    return [{"code": row["objective_id"], "kind": row["kind"]} for row in tables]


def test_the_matrix_has_its_cells_and_its_sums() -> None:
    kinds = {row["code"]: row["kind"] for row in objectives()}
    assert Counter(kinds.values()) == {"aim": 6, "objective": 18}
    links = csv_rows(TABLES / "bucharest2021" / "links.csv")
    cells = [link for link in links if kinds[link["objective_id"]] == "objective"]
    columns = Counter()
    for link in cells:
        columns[link["aim_id"]] += int(link["bullets"])
    assert len(cells) == 66
    assert len(links) - len(cells) == 17
    assert [columns[f"A{number}"] for number in range(1, 7)] == [13, 13, 20, 17, 23, 17]


def test_official_wordings_are_printed_as_they_are() -> None:
    wordings = csv_rows(TABLES / "bucharest2021" / "objectives.csv")
    second = next(row for row in wordings if row["objective_id"] == "S2")
    assert "activate și reactivitate trecutul" in second["wording_ro"]
