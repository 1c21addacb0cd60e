"""What a finding says to the partner: where, what was found, what is expected, an example.

The sentences are in rules.csv, in both languages; here their blanks are filled in. Nothing of the
program's insides gets into one: fields go by their labels, codes by the words of the form.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, get_args

from flows.steps.catalogue import Catalogue
from flows.steps.catalogue.rows import Row
from flows.steps.checking.answers import Answers, near
from flows.steps.checking.findings import CheckedFile, Finding, Severity
from flows.steps.checking.rules import SUM_OF
from reports.locale import Locale, cu_de
from reports.model import Language, Text

LANGUAGES: tuple[Language, ...] = get_args(Language)
_LONGEST_QUOTE = 80
_LONGEST_LIST = 12
_ABOUT_LISTS = frozenset({"not_in_list", "project_of_another", "unknown_period"})
# Without these two nobody can tell whose report it is, and about what.
_IDENTITY = frozenset({"partner_id", "period"})
_TOTALS = {
    "artists_total": Text("suma artiștilor după proveniență", "the sum of artists by origin"),
    "artists_sum": Text("suma din foaia de activități", "the sum over the sheet of activities"),
    "volunteers_sum": Text("suma din foaia de activități", "the sum over the sheet of activities"),
    "attendance_total": Text("publicul prezent și online", "the audience, present and online"),
    "volunteer_hours_possible": Text(
        "cât au toate zilele activității pentru toți voluntarii ei",
        "all the hours that its days have for all its volunteers",
    ),
    "amount_spent_expected": Text(
        "cumulatul din perioada trecută plus suma din această perioadă",
        "the cumulative of the period before plus this period's amount",
    ),
    **{
        f"{name}_usual": Text(
            "numărul obișnuit al activităților raportate de dumneavoastră",
            "the usual number of the activities that you reported",
        )
        for name in ("attendance_in_person", "attendance_online_live")
    },
    **{
        f"{name}_before": Text("față de raportul trecut", "against the last report")
        for name in ("attendance_in_person", "attendance_online_live")
    },
}
_SUM_OF_ROWS = Text("suma rândurilor de deasupra", "the sum of the rows above")
_NEW = Text(" Aceasta este o verificare nouă, din {since}.", " This is a new check, since {since}.")
_KINDS = {
    "month": Text("pe luni", "by month"),
    "quarter": Text("pe trimestre", "by quarter"),
    "half": Text("pe semestre", "by half-year"),
    "year": Text("pe ani", "by year"),
}
# Words that the reader gives as codes.
_READERS_WORDS = {
    "found": {
        **{
            kind: Text(f"imagine {kind}", f"{kind} picture")
            for kind in ("png", "jpeg", "gif", "bmp", "tiff")
        },
        "text": Text("un text simplu", "plain text"),
        "unknown": Text("un format necunoscut", "an unknown format"),
        "ole": Text("un document Office vechi", "an old Office document"),
    },
    "reason": {
        "rows": Text("rânduri", "rows"),
        "columns": Text("coloane", "columns"),
        "merges": Text("celule îmbinate", "merged cells"),
        "sheets": Text("foi", "sheets"),
        "nesting": Text("niveluri", "levels"),
        "extent": Text("celule", "cells"),
    },
}


@dataclass(frozen=True)
class Place:
    """Where something was found; all parts None for the file as a whole."""

    sheet_id: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    cell: str | None = None


def sentences(wording: "Wording", files: Iterable[CheckedFile]) -> list[Finding]:
    """What the reader found in these files, in words."""
    found = []
    for file in files:
        sheets = file.summary.get("sheets", {})
        titles = {sheet["name"]: sheet_id for sheet_id, sheet in sheets.items()}
        for read in file.summary["findings"]:
            place = Place(
                titles.get(read["sheet"]), read["sheet"], read["row"], read["column"], read["cell"]
            )
            arguments = read["arguments"]
            found.append(wording.finding(file, place, read["rule"], read["value"], arguments))
    return found


def place_of(file: CheckedFile, sheet_id: str, row_number: int, column: str) -> Place:
    """Where a field of a row stands in the partner's own file."""
    sheet = file.summary["sheets"][sheet_id]
    # In a report laid out as questions and answers each answer has a row of its own.
    row = (sheet.get("rows") or {}).get(column, row_number)
    letters = sheet["columns"].get(column)
    return Place(sheet_id, sheet["name"], row, column, f"{letters}{row}" if letters else None)


def rows_in_words(rows: Sequence[int]) -> Text:
    """Row 6, or rows 6 and 7, or rows 6, 7 and 8."""
    *most, last = map(str, rows)
    if not most:
        return Text(f"rândul {last}", f"row {last}")
    listed = ", ".join(most)
    return Text(f"rândurile {listed} și {last}", f"rows {listed} and {last}")


class Wording:
    """Puts findings into words; one for each catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._rules = {row["rule"]: row for row in catalogue["rules"]}
        self._fields = {(row["sheet"], row["field"]): row for row in catalogue["form_fields"]}
        self._answers = Answers(catalogue)
        self._kind = _KINDS[catalogue.programme.reporting_kind]
        self._new_for = timedelta(days=catalogue.programme.new_rule_days)

    def severity(self, rule: str, place: Place) -> Severity:
        """How bad it is. In a report nothing is quarantined: its row speaks for the whole file.

        So what is wrong there either leaves the file without a sender or a period, and stops it,
        or only that answer is lost, and the partner is asked for it.
        """
        severity: Severity = self._rules[rule]["severity"]
        if place.sheet_id == "raport" and severity == "reject":
            return "stop" if place.column in _IDENTITY else "warn"
        return severity

    def finding(
        self,
        file: CheckedFile,
        place: Place,
        rule: str,
        value: str | None,
        arguments: Mapping[str, Any],
        compared: str | None = None,
    ) -> Finding:
        """One finding in words. arguments fill the blanks of the rule's sentence."""
        messages = {
            language: self._message(language, file, place, rule, value, arguments, compared)
            for language in LANGUAGES
        }
        return Finding(
            submission_id=file.submission_id,
            sheet_id=place.sheet_id,
            sheet=place.sheet,
            row=place.row,
            column=place.column,
            cell=place.cell,
            value=value,
            rule=rule,
            severity=self.severity(rule, place),
            message_ro=messages["ro"],
            message_en=messages["en"],
        )

    def _message(
        self,
        language: Language,
        file: CheckedFile,
        place: Place,
        rule: str,
        value: str | None,
        arguments: Mapping[str, Any],
        compared: str | None,
    ) -> str:
        form_field = self._fields.get((place.sheet_id or "", place.column or ""))
        words = _Words(arguments, language)
        words["value"] = _shortened(value or "")
        words["sender"] = file.partner_id
        words["kind"] = self._kind.in_(language)
        words["period"] = self._answers.periods[0]
        suggestion = ""
        if form_field is not None:
            words["example"] = self._answers.example(form_field, file.partner_id, language)
            if rule in _ABOUT_LISTS:
                allowed = self._answers.allowed(form_field, file.partner_id, language)
                unknown = self._answers.unknown(form_field, value or "")
                words["expected"] = _listed(list(dict.fromkeys(allowed.values())), language)
                words["unknown"] = _quoted_all(map(_shortened, unknown), language)
                # Codes of projects are all alike: nearness says nothing.
                if form_field["vocabulary"] != "projects":
                    suggestion = _suggestion(near(unknown, allowed), language)
        if compared is not None:
            words["compared"] = self._name(place.sheet_id, compared, language)
            words["compared_value"] = _shown(arguments[compared], language)
            words["compared_plain"] = _as_written(arguments[compared])
            found = arguments.get(place.column or "")
            if isinstance(found, int) and isinstance(arguments[compared], int):
                words["added"] = _as_written(found - arguments[compared])
        where = self._where(place, form_field, language)
        sentence = self._rules[rule][f"message_{language}"].format_map(words)
        # A sentence of the catalogue goes on after its place; without one it begins by itself.
        start = where + (sentence if where else sentence[0].upper() + sentence[1:])
        return start + suggestion + self._new(rule, file.received_on, language)

    def _new(self, rule: str, received_on: date | None, language: Language) -> str:
        """That the rule is new, where it is: to whoever sent the file it may come as a surprise."""
        since = self._rules[rule]["since"]
        if since is None or received_on is None or received_on >= since + self._new_for:
            return ""
        return _NEW.in_(language).format(since=_shown(since, language))

    def _name(self, sheet_id: str | None, column: str, language: Language) -> str:
        """A field by its label in quotes, a total in words."""
        if column.startswith(SUM_OF):
            return _SUM_OF_ROWS.in_(language)
        if column in _TOTALS:
            return _TOTALS[column].in_(language)
        label = self._fields[(sheet_id or "", column)][f"label_{language}"]
        return _quoted(label, language)

    def _where(self, place: Place, form_field: Row | None, language: Language) -> str:
        """The place, as the first part of a sentence; nothing for the file as a whole."""
        if place.sheet is None:
            return ""
        is_ro = language == "ro"
        parts = [f"{'Foaia' if is_ro else 'Sheet'} {_quoted(place.sheet, language)}"]
        if place.row is not None:
            parts.append(f"{'rândul' if is_ro else 'row'} {place.row}")
        if form_field is not None:
            label = _quoted(form_field[f"label_{language}"], language)
            parts.append(f"{'coloana' if is_ro else 'column'} {label}")
        cell = f" ({'celula' if is_ro else 'cell'} {place.cell})" if place.cell else ""
        return ", ".join(parts) + cell + ": "


class _Words(dict[str, object]):
    """Words for the blanks of a sentence; those that nobody gave come from the arguments."""

    def __init__(self, arguments: Mapping[str, Any], language: Language) -> None:
        self._arguments, self._language = arguments, language

    def __missing__(self, name: str) -> object:
        # The reader names things in both languages: expected beside expected_en.
        in_language = f"{name}_en" if self._language == "en" else name
        found = self._arguments.get(in_language, self._arguments[name])
        if name in _READERS_WORDS and found in _READERS_WORDS[name]:
            return _READERS_WORDS[name][found].in_(self._language)
        return _shown(found, self._language)


class _Count(int):
    """A number in a sentence. With the format `de` it takes the word that Romanian asks for."""

    _locale: Locale

    def __new__(cls, number: int, language: Language) -> "_Count":
        count = super().__new__(cls, number)
        count._locale = Locale(language)
        return count

    def __format__(self, spec: str) -> str:
        shown = self._locale.number(int(self))
        takes_de = spec == "de" and self._locale.language == "ro"
        return f"{shown} {cu_de(self)}".rstrip() if takes_de else shown


def _shown(value: object, language: Language) -> object:
    """A value as people write it in this language."""
    if isinstance(value, bool):
        return {"ro": ("nu", "da"), "en": ("no", "yes")}[language][value]
    if isinstance(value, int):
        return _Count(value, language)
    if isinstance(value, Decimal):
        return Locale(language).number(float(value), _decimals(value))
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, Text):
        return value.in_(language)
    return _shortened(str(value))


def _as_written(value: object) -> object:
    """A value that a partner may write down as it stands, in whichever language it was asked.

    1,050 is a thousand in English and one in Romanian, so there are no signs between thousands.
    """
    if isinstance(value, Decimal):
        return f"{value:.{_decimals(value)}f}".replace(".", ",")
    return str(value) if isinstance(value, int) else _shown(value, "ro")


def _decimals(money: Decimal) -> int:
    """8.200,50 with both decimals, or none."""
    return 0 if money == money.to_integral_value() else 2


def _quoted(text: str, language: Language) -> str:
    return f"„{text}”" if language == "ro" else f"“{text}”"


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1].rstrip() + "…"


def _quoted_all(texts: Iterable[str], language: Language) -> str:
    return ", ".join(_quoted(text, language) for text in texts)


def _listed(choices: Sequence[str], language: Language) -> str:
    """Words of a list in a sentence; of a long list only how many there are."""
    if not choices:
        return "lista este goală" if language == "ro" else "the list is empty"
    if len(choices) > _LONGEST_LIST:
        count = _Count(len(choices), language)
        is_ro = language == "ro"
        return f"una dintre cele {count:de} variante" if is_ro else f"one of the {count} options"
    *most, last = (_quoted(choice, language) for choice in choices)
    return f"{', '.join(most)} {'sau' if language == 'ro' else 'or'} {last}" if most else last


def _suggestion(words: Sequence[str], language: Language) -> str:
    """A question about the words that come close to what was written, if any do."""
    if not words:
        return ""
    listed = _quoted_all(words, language)
    return f" Poate ați vrut {listed}?" if language == "ro" else f" Perhaps you meant {listed}?"
