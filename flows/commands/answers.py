"""Questions, and files drawn on request: nothing is decided and nothing is sent."""

from argparse import Namespace as Arguments
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows import terminal
from flows.commands.opening import opened
from flows.steps.errors import UsageError
from flows.steps.settings import Settings

if TYPE_CHECKING:
    from flows.steps.night import Night
    from flows.steps.publishing.changes import Change

NEEDS_A_PERSON = 4


def check(settings: Settings, arguments: Arguments) -> int:
    """Rehearse files: say what would happen to them, and change nothing."""
    from flows.steps import rehearsal

    answers = rehearsal.rehearse(settings, arguments.file, arguments.partner)
    if arguments.json:
        terminal.answer(answers)
    else:
        terminal.checks(answers)
    bad = {finding["severity"] for answer in answers for finding in answer["findings"]}
    return NEEDS_A_PERSON if bad & {"stop", "reject"} else 0


def template(settings: Settings, arguments: Arguments) -> None:
    """Write the workbook that a partner fills in, or everybody's, with what is known filled in."""
    from contextlib import nullcontext

    from flows.steps import catalogue, template, warehouse

    if arguments.all == bool(arguments.partner):
        msg = "Name one partner with --partner, or choose --all."
        raise UsageError(msg)
    loaded = catalogue.load(settings.catalogue, settings.programme)
    period, language = arguments.period, arguments.language
    # Before the first night nothing is known, and nothing hinders.
    is_built = settings.warehouse.exists()
    known = warehouse.connect(settings.warehouse, read_only=True) if is_built else nullcontext()
    with known as connection, terminal.progress() as progress:
        if arguments.all:
            folder = arguments.output or Path(f"template_{period}")
            paths = template.write_all(
                settings, loaded, connection, period, folder, language, progress("template")
            )
        else:
            path = arguments.output or Path(template.file_name(arguments.partner, period))
            path.write_bytes(
                template.write(settings, loaded, connection, arguments.partner, period, language)
            )
            paths = [path]
    if arguments.json:
        terminal.answer([{"file": str(path), "bytes": path.stat().st_size} for path in paths])
        return
    terminal.paths(paths)


def status(settings: Settings, arguments: Arguments) -> None:
    """Say where each partner stands, what waits for a person, and what was sent."""
    from flows.steps import standing

    with opened(settings, None) as (night, connection):
        answer = standing.status(night, connection, arguments.period)
    if arguments.json:
        terminal.answer(answer)
        return
    _summed_up(answer)
    if arguments.all:
        columns = ("partner_id", "name", "state", "due_on", "received_at", "days_late")
        columns += ("open_findings", "mails_to")
        partners = [
            {**row, "mails_to": ", ".join(row["recipients"]) or None} for row in answer["partners"]
        ]
        terminal.table("Partners", columns, partners)
        terminal.table("Editions", ("edition", "state", "published_at"), answer["editions"])
        terminal.table("Mails", ("edition", "recipient", "state", "at"), answer["mails"])
    terminal.holds(answer["editions"])


# What waits, and the command or file that settles it.
_WAITS = {
    "editions_to_approve": "reper approve EDITION, or reject",
    "editions_held": "reper release EDITION --reason …",
    "mails_uncertain": "ask the recipient; reper resolve MAIL --sent or --resend",
    "mails_failed": "mend the cause; reper resolve MAIL --resend",
    "pairs_to_decide": "reper pairs; reper pair ID --merge or --reject",
    "files_refused": "the partner was told what to correct",
    "rows_in_quarantine": "the partner was told what to correct",
    "partners_overdue": "reper remind, or reper excuse PARTNER",
    "partners_without_address": "add them to recipients.csv",
}


def _summed_up(answer: dict[str, Any]) -> None:
    """Where the partners stand, and what waits for a person, by name where somebody has to act."""
    states = Counter(row["state"] for row in answer["partners"])
    due = ", ".join(sorted({row["due_on"] for row in answer["partners"]}))
    title = f"{answer['period_id']}, due {due or '–'}, as of {answer['as_of']}"
    rows = [{"partners": states[state], "state": state} for state in _STATES if states[state]]
    terminal.table(title, ("partners", "state"), rows)
    waits = [
        {"count": count, "waits": what.replace("_", " "), "how": _WAITS[what]}
        for what, count in answer["waits"].items()
        if count
    ]
    terminal.table("\nWaits for a person", ("count", "waits", "how"), waits)
    overdue = [row for row in answer["partners"] if row["state"] == "MISSING"]
    to_correct = [row for row in answer["partners"] if row["open_findings"]]
    undecided = [row for row in answer["editions"] if row["state"] in ("waiting", "held")]
    unsettled = [row for row in answer["mails"] if row["state"] in ("uncertain", "failed")]
    for title, columns, found in (
        ("\nOverdue", ("partner_id", "name", "days_late"), overdue),
        ("\nTo correct or to check", ("partner_id", "name", "open_findings"), to_correct),
        ("\nEditions that wait", ("edition", "state"), undecided),
        ("\nMails to settle", ("mail_id", "edition", "recipient", "state"), unsettled),
    ):
        if found:
            terminal.table(title, columns, found)
    if not answer["partners"]:
        return
    sent = Counter(row["state"] for row in answer["mails"])
    said = ", ".join(f"{count} {state}" for state, count in sorted(sent.items())) or "none"
    terminal.say(f"\nMails: {said}. With --all: every partner, edition and mail.")


_STATES = ("REPORTED", "NIL", "LATE", "EXCUSED", "NOT_DUE", "MISSING")


def figures(settings: Settings, arguments: Arguments) -> None:
    """List indicator values, with what each rests on."""
    from flows.steps.publishing import values

    with opened(settings, arguments.as_known_on) as (night, connection):
        if arguments.period:
            night.catalogue.period(arguments.period)
        _refuse_unknown_indicator(night, arguments.indicator)
        answer = values.figures(connection, arguments.period, arguments.indicator, arguments.by)
    if arguments.json:
        terminal.answer(answer)
        return
    shown = [
        {
            "figure": "·".join(filter(None, (row["indicator_id"], row["measure"]))),
            "period": row["period_id"],
            "part": f"{row['dimension']} {row['category']}" if row["dimension"] else None,
            "value": terminal.printed(row),
            "of": row["denominator"],
            "target": row["target"],
            "status": row["status"],
            "source": row["source"],
            "code": row["code"],
        }
        for row in answer
    ]
    terminal.table("Figures", tuple(shown[0]) if shown else ("figure",), shown)


def trace(settings: Settings, arguments: Arguments) -> None:
    """Lead a figure back to its rows, files and partners, and compute it again from them."""
    from flows.steps import tracing

    with opened(settings, None) as (_, connection):
        found = tracing.trace(connection, settings.sql, arguments.code)
    if arguments.json:
        terminal.answer(found)
        return
    verdict = "equal" if found["equal"] else "NOT EQUAL"
    said = f"{found['value']}, computed again: {found['recomputed']} ({verdict})"
    columns = ("partner_id", "file", "sheet", "row", "contribution", "sha256")
    terminal.table(f"{found['code']}, {found['period_id']}: {said}", columns, found["rows"])


def changes(settings: Settings, arguments: Arguments) -> None:
    """List every figure that an edition tells differently from the one before, and why."""
    from flows.steps.night import begin
    from flows.steps.publishing import approval, history

    night = begin(settings)
    until = approval.edition(night.ledger, arguments.edition)
    since = history.before(night.ledger, until, arguments.since)
    with terminal.progress() as progress:
        watch = progress("changes")
        found = history.between(settings, night.catalogue, night.ledger, since, until, watch)
        progress("changes", f"{len(found)} figures, {since.path} to {until.path}")
    if arguments.json:
        told = [change.as_json() for change in found]
        terminal.answer({"edition": until.path, "since": since.path, "changes": told})
        return
    columns = ("figure", "part", "old", "new", "delta", "by", "partner", "reason")
    title = f"{until.path} since {since.path}"
    terminal.table(title, columns, [row for change in found for row in _told(change)])


def pairs(settings: Settings, arguments: Arguments) -> None:
    """List activities that two partners seem to have reported both, and what was decided."""
    from flows.steps import pairs as likely

    with opened(settings, None) as (night, connection):
        found = likely.pairs(connection, night.ledger)
    if arguments.json:
        terminal.answer(found)
    else:
        terminal.table("Pairs", tuple(found[0]) if found else ("pair_id",), found)


def report(settings: Settings, arguments: Arguments) -> None:
    """Draw a report to a file; nothing is published and nothing is sent."""
    from flows.steps.publishing import audiences, drawing

    with opened(settings, arguments.as_known_on) as (night, connection):
        period = night.catalogue.period(arguments.period)
        audiences.parts(settings, night.catalogue, arguments.audience, arguments.for_id)
        drawn = drawing.draw(
            connection,
            settings,
            night.catalogue,
            night.ledger,
            night.knowledge(),
            arguments.audience,
            period,
            (arguments.for_id, arguments.language),
        )
    named = (arguments.audience, arguments.for_id, arguments.period, arguments.language)
    target = arguments.output or Path("-".join(filter(None, named)) + ".pdf")
    target.write_bytes(drawn.pdf)
    if arguments.json:
        terminal.answer({"file": str(target), "bytes": len(drawn.pdf)})
    else:
        terminal.paths([target])


def outbox(settings: Settings, arguments: Arguments) -> None:
    """Say what was sent to whom, with what answer; or show what an edition's readers will get."""
    from flows.steps import standing
    from flows.steps.night import begin

    if arguments.preview:
        _preview(settings, arguments)
        return
    answer = standing.mails(begin(settings).ledger)
    if arguments.json:
        terminal.answer(answer)
    else:
        terminal.table(
            "Mails", ("mail_id", "edition", "recipient", "state", "attempts", "at"), answer
        )


def _told(change: "Change") -> list[dict[str, Any]]:
    """A change as lines of a table: the figure in the first, and a line for each move."""
    figure = change.figure
    moves = [
        {
            "figure": None,
            "part": None,
            "old": None,
            "new": None,
            "delta": terminal.moved(move.delta, figure["unit"]),
            "by": move.cause.submission_id or move.cause.kind,
            "partner": move.cause.partner_id,
            "reason": move.cause.reason,
        }
        for move in change.moves
    ]
    moves[0] |= {
        "figure": "·".join(filter(None, (figure["indicator_id"], figure["measure"]))),
        "part": f"{figure['dimension']} {figure['category']}" if figure["dimension"] else None,
        "old": terminal.printed({**figure, **change.old}) if change.old else None,
        "new": terminal.printed({**figure, **change.new}) if change.new else None,
    }
    return moves


def _preview(settings: Settings, arguments: Arguments) -> None:
    """Write the mails of an edition as they will go, and pictures of them."""
    from flows.steps.night import begin
    from flows.steps.publishing import preview

    night, path = begin(settings), arguments.preview.strip("/")
    folder = arguments.output or Path(f"preview-{path.replace('/', '-')}")
    written = preview.write(settings, night.catalogue, night.ledger, path, folder)
    if arguments.json:
        terminal.answer(written)
    else:
        for one in written:
            terminal.paths([one["eml"], one["html"], *one["pictures"]])


def _refuse_unknown_indicator(night: "Night", indicator_id: str | None) -> None:
    known = {row["indicator_id"] for row in night.catalogue["indicators"]}
    if indicator_id is not None and indicator_id not in known:
        msg = f"There is no indicator {indicator_id!r}. They run from IND01 to IND44, EXT01, Q01."
        raise UsageError(msg)
