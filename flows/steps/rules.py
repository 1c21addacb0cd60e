"""Which rules a sheet is held to: one Check a rule and field, from the catalogue and from below.

What a single cell must be follows from form_fields.csv and conditions.csv. What cells must be to
each other stands in ROW_RULES. The sentences of all of them are in rules.csv.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flows.steps.catalogue import Catalogue, Row
from reports.model import Text

# Not a sheet: what is said of a file as a whole.
FILES = "files"
# The reading child keeps these back; what is wrong with them only the reader can say.
KEPT_BACK = frozenset({"contact_name", "contact_email", "person_email"})
# A report lists each person once an activity, but to list one twice changes no figure.
_REGISTERS = ("artisti", "voluntari")
_FILLED = "ExpectColumnValuesToNotBeNull"
_NOT_UNDERSTOOD = {
    "date": "not_a_date",
    "integer": "not_a_whole_number",
    "decimal": "not_an_amount",
    "yes_no": "not_yes_or_no",
    "email": "not_an_email",
    "url": "not_a_web_address",
}


@dataclass(frozen=True)
class Check:
    """One expectation, about the rows where the column `given` is not null.

    expectation and arguments are those of Great Expectations. field is the one to point at, None
    for a file. compared is the field or total that the sentence names beside it; words are what
    else it says.
    """

    rule: str
    field: str | None
    expectation: str
    arguments: Mapping[str, Any]
    given: str | None = None
    words: Mapping[str, Any] = field(default_factory=dict)
    compared: str | None = None

    @property
    def looks_at(self) -> str | None:
        """The column without whose values nothing can be wrong; None where a blank itself is."""
        is_about_blanks = self.expectation == _FILLED
        return self.given or (None if is_about_blanks else self.arguments["column"])


@dataclass(frozen=True)
class RowRule:
    """What the cells of a row must be to each other: holds, in SQL, over sql/staging/<sheet>.

    Where it is null nothing can be said, so nothing is: a blank cell has rules of its own.
    """

    rule: str
    sheet: str
    field: str | None
    holds: str
    compared: str | None = None


def _parts(sheet: str, whole: str, *parts: str) -> tuple[RowRule, ...]:
    return tuple(
        RowRule("part_above_total", sheet, part, f"{part} <= {whole}", whole) for part in parts
    )


def _projects(sheet: str) -> RowRule:
    return RowRule("project_of_another", sheet, "project_id", "project_partner_id = sender_id")


def _none_alone(name: str) -> RowRule:
    holds = f"not list_contains({name}, 'none') or len({name}) = 1"
    return RowRule("none_with_others", "activitati", name, holds)


ROW_RULES = (
    RowRule("no_period", FILES, None, "report_count > 0 or has_period"),
    RowRule("several_reports", FILES, None, "report_count <= 1"),
    RowRule("foreign_partner", "raport", "partner_id", "partner_id_raw = sender_id"),
    RowRule(
        "unknown_period",
        "raport",
        "period",
        "period is null or has_period",
    ),
    RowRule(
        "nil_with_activity",
        "raport",
        "submission_kind",
        "submission_kind <> 'nil' or happened_count = 0",
    ),
    RowRule(
        "nothing_stated",
        "raport",
        "submission_kind",
        "submission_kind is not null or other_row_count > 0 or is_one_sheet",
    ),
    RowRule(
        "empty_report",
        "raport",
        "submission_kind",
        "submission_kind = 'nil' or other_row_count > 0 or is_one_sheet",
    ),
    RowRule("not_declared", "raport", "declaration", "declaration"),
    RowRule(
        "declared_above_sum",
        "raport",
        "artists_unique_declared",
        "artists_unique_declared <= artists_sum",
        "artists_sum",
    ),
    RowRule(
        "declared_above_sum",
        "raport",
        "volunteers_unique_declared",
        "volunteers_unique_declared <= volunteers_sum",
        "volunteers_sum",
    ),
    _projects("activitati"),
    RowRule("ends_before_start", "activitati", "end_date", "end_date >= start_date", "start_date"),
    RowRule(
        "outside_period",
        "activitati",
        "start_date",
        "status <> 'delivered' or end_date < start_date"
        " or (start_date < period_ends_before and end_date >= period_starts_on)",
    ),
    RowRule(
        "in_person_when_online",
        "activitati",
        "attendance_in_person",
        "format <> 'online' or attendance_in_person = 0",
    ),
    RowRule(
        "online_when_in_person",
        "activitati",
        "attendance_online_live",
        "format <> 'in_person' or attendance_online_live = 0",
    ),
    *_parts(
        "activitati", "artists_total", "artists_emerging", "artists_independent", "artists_women"
    ),
    RowRule(
        "tickets_above_attendance",
        "activitati",
        "tickets_sold",
        "tickets_sold <= attendance_total",
        "attendance_total",
    ),
    RowRule(
        "too_many_hours",
        "activitati",
        "volunteer_hours",
        "volunteer_hours <= volunteer_hours_possible",
        "volunteer_hours_possible",
    ),
    *map(_none_alone, ("european_dimension", "accessibility", "innovation", "green_measures")),
    RowRule("closes_before_opening", "apeluri", "closed_on", "closed_on >= opened_on", "opened_on"),
    RowRule(
        "more_applicants_than_files",
        "apeluri",
        "applicants_unique",
        "team_call or applicants_unique <= applications_received",
        "applications_received",
    ),
    *_parts(
        "apeluri",
        "applications_received",
        "applications_eligible",
        "applications_withdrawn",
        "applications_selected",
    ),
    *_parts("apeluri", "applicants_unique", "applicants_selected", "women_applied"),
    *_parts("apeluri", "applicants_selected", "women_selected"),
    _projects("buget"),
    RowRule(
        "cumulative_below_period",
        "buget",
        "amount_spent_cumulative",
        "amount_spent_cumulative >= amount_spent_period",
        "amount_spent_period",
    ),
    # Partners round to whole lei, so one leu of difference is none.
    RowRule(
        "cumulative_differs",
        "buget",
        "amount_spent_cumulative",
        "abs(amount_spent_cumulative - amount_spent_expected) <= 1",
        "amount_spent_expected",
    ),
    RowRule(
        "spent_above_approved",
        "buget",
        "amount_spent_cumulative",
        "amount_spent_cumulative <= amount_approved",
        "amount_approved",
    ),
    *(
        RowRule(
            "unknown_activity", sheet, "activity_id", "activity_id is null or is_activity_known"
        )
        for sheet in _REGISTERS
    ),
)


def checks(catalogue: Catalogue, sheet: str) -> list[Check]:
    """All that a sheet is held to, in the order of its columns."""
    fields = fields_of(catalogue, sheet)
    cells = [check for form_field in fields for check in _cell(catalogue, form_field)]
    return [*cells, *_keys(catalogue, sheet), *_rows(sheet)]


def derived(catalogue: Catalogue, sheet: str) -> dict[str, str]:
    """The columns, name to SQL, that the checks of a sheet need beside its own."""
    conditions = {row["condition_id"]: row["expression"] for row in catalogue["conditions"]}
    used = {form_field["required"] for form_field in fields_of(catalogue, sheet)}
    columns = {
        f"when_{name}": f"case when {conditions[name]} then true end"
        for name in sorted(used & conditions.keys())
    }
    for form_field in fields_of(catalogue, sheet):
        if form_field["type"] == "multi" and form_field["maximum"] is not None:
            columns[f"count_{form_field['field']}"] = f'len("{form_field["field"]}")'
    for number, rule in enumerate(_rules_of(sheet)):
        columns[f"holds_{number}"] = rule.holds
    key = _key(catalogue, sheet)
    if key:
        # The first part of a key must be there; a budget line without a chapter is a line too.
        first, *rest = (f'"{name}"' for name in key)
        parts = [first, *(f"coalesce({name}, '')" for name in rest)]
        columns["row_key"] = " || ' ' || ".join(["submission_id", *parts])
    return columns


def fields_of(catalogue: Catalogue, sheet: str) -> list[Row]:
    """The fields of a sheet that can be checked here, in the form's order."""
    return [
        row
        for row in catalogue["form_fields"]
        if row["sheet"] == sheet and row["field"] not in KEPT_BACK
    ]


def _cell(catalogue: Catalogue, form_field: Row) -> Iterator[Check]:
    """What one cell must be by itself."""
    yield from _required(catalogue, form_field)
    yield from _understood(form_field)
    yield from _limits(form_field)


def _required(catalogue: Catalogue, form_field: Row) -> Iterator[Check]:
    name, required = form_field["field"], form_field["required"]
    filled = (_FILLED, {"column": f"{name}_raw"})
    if required == "always":
        yield Check("required", name, *filled)
    elif required == "expected":
        yield Check("expected", name, *filled)
    elif required != "no":
        words = next(row for row in catalogue["conditions"] if row["condition_id"] == required)
        condition = {"condition": Text(words["words_ro"], words["words_en"])}
        yield Check("required_when", name, *filled, given=f"when_{required}", words=condition)


def _understood(form_field: Row) -> Iterator[Check]:
    name, kind = form_field["field"], form_field["type"]
    # Whether a partner's code is the right one depends on who sent the file: a rule of its own.
    is_listed = form_field["vocabulary"] not in (None, "partners", "activities", "calls")
    rule = _NOT_UNDERSTOOD.get(kind, "not_in_list" if is_listed else None)
    if rule is not None:
        understood = (_FILLED, {"column": name})
        yield Check(rule, name, *understood, given=f"{name}_raw")


def _limits(form_field: Row) -> Iterator[Check]:
    name, kind = form_field["field"], form_field["type"]
    minimum, maximum = form_field["minimum"], form_field["maximum"]
    between, lengths = "ExpectColumnValuesToBeBetween", "ExpectColumnValueLengthsToBeBetween"
    if kind in ("integer", "decimal"):
        if minimum is not None:
            arguments = {"column": name, "min_value": float(minimum)}
            yield Check("too_small", name, between, arguments, words={"limit": int(minimum)})
        if maximum is not None:
            arguments = {"column": name, "max_value": float(maximum)}
            yield Check("too_large", name, between, arguments, words={"limit": int(maximum)})
    elif maximum is not None:
        limit = int(maximum)
        rule, column, expectation = "too_long", f"{name}_raw", lengths
        if kind == "multi":
            rule, column, expectation = "too_many_answers", f"count_{name}", between
        yield Check(
            rule, name, expectation, {"column": column, "max_value": limit}, words={"limit": limit}
        )


def _keys(catalogue: Catalogue, sheet: str) -> Iterator[Check]:
    key = _key(catalogue, sheet)
    if not key:
        return
    rule = "repeated_code" if len(key) == 1 else "repeated_line"
    if sheet in _REGISTERS:
        rule = "repeated_person"
    points_at = "activity_id" if sheet in _REGISTERS else key[0]
    yield Check(rule, points_at, "ExpectColumnValuesToBeUnique", {"column": "row_key"})


def _rows(sheet: str) -> Iterator[Check]:
    for number, rule in enumerate(_rules_of(sheet)):
        arguments = {"column": f"holds_{number}", "value_set": [True]}
        yield Check(
            rule.rule, rule.field, "ExpectColumnValuesToBeInSet", arguments, compared=rule.compared
        )


def _rules_of(sheet: str) -> Sequence[RowRule]:
    return [rule for rule in ROW_RULES if rule.sheet == sheet]


def _key(catalogue: Catalogue, sheet: str) -> list[str]:
    """The fields that tell the rows of a sheet apart; people by their keyed hash."""
    listed: Iterable[Row] = (row for row in catalogue["sheets"] if row["sheet"] == sheet)
    names = [name for row in listed for name in (row["key_fields"] or "").split(";") if name]
    return ["person_key" if name == "person_email" else name for name in names]
