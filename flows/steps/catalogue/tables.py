"""Which tables a programme has, what columns they have, and what the cells must be or name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of a table: its type, whether it may be blank, and what it must name.

    kind is text, date, integer, number, flag (yes or no), or the allowed words with | between.
    """

    name: str
    kind: str = "text"
    is_required: bool = False
    names: str | None = None


@dataclass(frozen=True)
class Table:
    """What a table is made of; no two rows agree in all columns of its key."""

    columns: tuple[Column, ...]
    key: tuple[str, ...]


def table(key: str, *columns: str) -> Table:
    """A table from lines such as `end_on date`, `name! text`, `aim_id! -> ecoc_aims.aim_id`."""
    parsed = []
    for line in columns:
        declared, _, names = line.partition(" -> ")
        name, _, kind = declared.partition(" ")
        parsed.append(Column(name.rstrip("!"), kind or "text", name.endswith("!"), names or None))
    return Table(tuple(parsed), tuple(key.split()))


COMMON = {
    "sheets": table("sheet", "sheet!", "label_ro!", "label_en!", "key_fields", "position! integer"),
    "form_fields": table(
        "sheet field",
        "sheet! -> sheets.sheet",
        "field!",
        "label_ro!",
        "label_en!",
        "type! text|long_text|code|integer|decimal|date|choice|multi|yes_no|email|url",
        "required!",
        "vocabulary",
        "minimum number",
        "maximum number",
        "is_short! flag",
        "help_ro",
        "help_en",
        "example",
    ),
    "conditions": table("condition_id", "condition_id!", "expression!", "words_ro!", "words_en!"),
    "vocabularies": table(
        "vocabulary code", "vocabulary!", "code!", "label_ro!", "label_en!", "position! integer"
    ),
    "rules": table(
        "rule",
        "rule!",
        "severity! stop|reject|warn",
        "name_ro!",
        "name_en!",
        "message_ro!",
        "message_en!",
        "since date",
    ),
    "ecoc_aims": table(
        "aim_id",
        "aim_id!",
        "legal_order! integer",
        "display_order! integer",
        "article!",
        "wording_ro!",
        "wording_en!",
        "short_ro!",
        "short_en!",
    ),
    "indicators": table(
        "indicator_id measure",
        "indicator_id!",
        "measure",
        "is_core! flag",
        "name_ro!",
        "name_en!",
        "note_ro",
        "note_en",
        "group_ro!",
        "group_en!",
        "unit!",
        "is_share! flag",
        "additivity!",
        "minimum_base integer",
        # Small counts of these people are hidden from the public.
        "counts_people artists|volunteers|participants|applicants|audience",
        "disaggregations",
        "ecoc_aims",
        "source",
        "definition_ro!",
        "definition_en!",
        "position! integer",
    ),
    "calendar_rules": table(
        "rule_id",
        "rule_id!",
        "what_ro!",
        "what_en!",
        "years_from_title! integer",
        "month! integer",
        "day! integer",
        "source",
    ),
}
_FIGURE = (
    "indicator_id! -> indicators.indicator_id",
    "measure",
    "dimension",
    "category",
    "period_id!",
)
_FIGURE_KEY = "indicator_id measure dimension category period_id"
OWN = {
    "programmes": table(
        "programme_id", "programme_id!", "name_ro!", "name_en!", "starts_on date", "ends_on date"
    ),
    "partners": table(
        "partner_id",
        "partner_id!",
        "name!",
        "legal_type!",
        "sector",
        "language! ro|en",
        "joined_on! date",
        "left_on date",
    ),
    "projects": table(
        "project_id",
        "project_id!",
        "partner_id! -> partners.partner_id",
        "programme_id! -> programmes.programme_id",
        "title!",
    ),
    "objectives": table(
        "objective_id",
        "objective_id!",
        "kind! aim|objective|direction",
        "wording_ro!",
        "wording_en!",
        "position! integer",
    ),
    "links": table(
        "objective_id aim_id",
        "objective_id! -> objectives.objective_id",
        "aim_id! -> ecoc_aims.aim_id",
        "bullets integer",
    ),
    "districts": table("district_code", "district_code!", "name!", "zone! centre|other", "sector"),
    "calls": table(
        "call_id",
        "call_id!",
        "title_ro!",
        "title_en!",
        "programme_id! -> programmes.programme_id",
        "partner_id! -> partners.partner_id",
        "is_in_situ! flag",
        "venue",
    ),
    "funders": table("funder_id", "funder_id!", "name_ro!", "name_en!"),
    "targets": table(
        f"{_FIGURE_KEY} decided_on",
        *_FIGURE,
        "kind! annual|cumulative|milestone|at_least_share|corridor|maximum",
        "value number",
        "low number",
        "high number",
        "direction! up|down",
        "decided_on! date",
        "decided_by!",
        "reason",
    ),
    "targets_profiles": table(
        f"{_FIGURE_KEY} reached_by", *_FIGURE, "reached_by! date", "share! number"
    ),
    "baselines": table(_FIGURE_KEY, *_FIGURE, "value! number", "source!"),
    "external": table(
        f"{_FIGURE_KEY} observed_on",
        *_FIGURE,
        "value number",
        "precision! exact|at_least|between",
        "low number",
        "high number",
        "observed_on! date",
        "source!",
        "source_en",
        "sample",
        "note",
    ),
    "reminders": table("days_from_deadline", "days_from_deadline! integer", "note"),
    "publications": table(
        "audience kind",
        "audience!",
        "kind! quarter|year",
        "days_after_deadline! integer",
        "approval! automatic|officer",
    ),
}

# A programme that expects its targets to grow evenly, or reminds nobody, has no such file.
OPTIONAL = frozenset({"targets_profiles", "reminders"})
