"""What the cells of a row must be to each other. The sentences of these rules are in rules.csv."""

from dataclasses import dataclass

# No sheets of the form, but staged like them: files as wholes; what a newer file of the same
# period lacks.
FILES, GONE = "files", "gone"
# A report lists each person once an activity, but to list one twice changes no figure.
REGISTERS = ("artisti", "voluntari")


@dataclass(frozen=True)
class RowRule:
    """What the cells of a row must be to each other: holds, in SQL over staging.<sheet>.

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


def _far_above(name: str) -> RowRule:
    # Below this nobody is surprised, and the usual number of few activities says nothing.
    holds = f"{name} <= 50 or {name} <= 3 * {name}_usual"
    return RowRule("far_above_usual", "activitati", name, holds, f"{name}_usual")


def _running_total(name: str) -> RowRule:
    holds = f"{name} <= {name}_before or sittings <= sittings_before"
    return RowRule("running_total", "activitati", name, holds, f"{name}_before")


ROW_RULES = (
    RowRule("no_period", FILES, None, "report_count > 0 or has_period"),
    RowRule("several_reports", FILES, None, "report_count <= 1"),
    *(
        RowRule(rule, GONE, None, f"sheet <> '{sheet}'")
        for rule, sheet in (
            ("activity_gone", "activitati"),
            ("call_gone", "apeluri"),
            ("line_gone", "buget"),
            ("artists_gone", "artisti"),
            ("volunteers_gone", "voluntari"),
        )
    ),
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
    RowRule(
        "no_platform",
        "activitati",
        "platform",
        "status <> 'delivered' or format not in ('online', 'hybrid') or platform_raw is not null",
    ),
    RowRule(
        "no_tickets",
        "activitati",
        "tickets_sold",
        "status <> 'delivered' or pricing <> 'paid' or tickets_sold_raw is not null",
    ),
    *map(_far_above, ("attendance_in_person", "attendance_online_live")),
    *map(_running_total, ("attendance_in_person", "attendance_online_live")),
    RowRule("reported_by_two", "activitati", "title_ro", "twin_partner is null"),
    RowRule("code_changed", "activitati", "activity_id", "code_before is null"),
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
            "unknown_activity",
            sheet,
            "activity_id",
            "activity_id is null or is_activity_known or not has_activities",
        )
        for sheet in REGISTERS
    ),
)
