"""The command `reper`: thin, one subcommand a job.

Answers go to standard output, progress and messages to standard error. Steps are imported where
they are used, so that `reper --help` answers at once.
"""

import argparse
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

from flows import terminal
from flows.steps.errors import OperatorError, ReperError, UsageError
from flows.steps.settings import Settings, load

if TYPE_CHECKING:
    from flows.steps.night import Night
    from flows.steps.publishing.approval import Edition
    from flows.steps.warehouse import Connection

NEEDS_A_PERSON = 4
Arguments = argparse.Namespace


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status, as docs/operating.md lists them."""
    arguments = _parser().parse_args(argv)
    try:
        settings = load(arguments.home, arguments.programme)
        return arguments.run(settings, arguments) or 0
    except ReperError as error:
        terminal.complain(error)
        return error.exit_status
    except (PermissionError, FileNotFoundError) as error:
        place = f"{error.filename}: {error.strerror}"
        terminal.complain(f"{place}. Check the path and the rights.")
        return OperatorError.exit_status


def demo(settings: Settings, arguments: Arguments) -> None:
    """Run the demonstration: a made-up programme's year in a fresh home, one night, its reports."""
    from flows.steps import showcase

    with terminal.progress() as progress:
        night = showcase.run(settings, progress)
    made = showcase.made(night)
    if arguments.json:
        terminal.answer(made)
        return
    console = terminal.console(sys.stdout)
    for title, paths in ((title, paths) for title, paths in made.items() if paths):
        console.print(f"\n[bold]{title}[/bold]")
        for path in paths:
            console.print(f"  {path}", soft_wrap=True, highlight=False)


def nightly(settings: Settings, arguments: Arguments) -> None:
    """Run one night: receive, check, build, publish what is due, deliver."""
    from flows.steps.night import NIGHT

    _run(settings, arguments, NIGHT)


def intake(settings: Settings, arguments: Arguments) -> None:
    """Take in what is new: receive, check, build."""
    from flows.steps.night import INTAKE

    _run(settings, arguments, INTAKE)


def rebuild(settings: Settings, arguments: Arguments) -> None:
    """Build the warehouse anew from archive and ledger."""
    from flows.steps.durable import only_writer
    from flows.steps.night import build, check, read

    with only_writer(settings.lock):
        settings.warehouse.unlink(missing_ok=True)
    _run(settings, arguments, (read, check, build))


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

    with _opened(settings, None) as (night, connection):
        answer = standing.status(night, connection, arguments.period)
    if arguments.json:
        terminal.answer(answer)
        return
    title = f"Partners, {answer['period_id']}"
    columns = ("partner_id", "name", "state", "due_on", "received_at", "days_late")
    columns += ("open_findings",)
    terminal.table(title, columns, answer["partners"])
    terminal.table("Editions", ("edition", "state", "published_at"), answer["editions"])
    _print_holds(answer["editions"])
    terminal.table("Mails", ("edition", "recipient", "state", "at"), answer["mails"])


def figures(settings: Settings, arguments: Arguments) -> None:
    """List indicator values, with what each rests on."""
    from flows.steps.publishing import editions

    with _opened(settings, arguments.as_known_on) as (night, connection):
        if arguments.period:
            night.catalogue.period(arguments.period)
        _refuse_unknown_indicator(night, arguments.indicator)
        answer = editions.figures(connection, arguments.period, arguments.indicator, arguments.by)
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

    with _opened(settings, None) as (_, connection):
        found = tracing.trace(connection, settings.sql, arguments.code)
    if arguments.json:
        terminal.answer(found)
        return
    verdict = "equal" if found["equal"] else "NOT EQUAL"
    said = f"{found['value']}, computed again: {found['recomputed']} ({verdict})"
    columns = ("partner_id", "file", "sheet", "row", "contribution", "sha256")
    terminal.table(f"{found['code']}, {found['period_id']}: {said}", columns, found["rows"])


def pairs(settings: Settings, arguments: Arguments) -> None:
    """List activities that two partners seem to have reported both, and what was decided."""
    from flows.steps import pairs as likely

    with _opened(settings, None) as (night, connection):
        found = likely.pairs(connection, night.ledger)
    if arguments.json:
        terminal.answer(found)
    else:
        terminal.table("Pairs", tuple(found[0]) if found else ("pair_id",), found)


def pair(settings: Settings, arguments: Arguments) -> None:
    """Decide about a pair: it is one activity, or it is two; the next build counts it so."""
    from flows.steps import pairs as likely
    from flows.steps.warehouse import connect

    with _writing(settings) as night, connect(settings.warehouse, read_only=True) as connection:
        if arguments.merge:
            was_new = likely.merge(
                connection, night.ledger, arguments.pair, settings.now, arguments.lead
            )
        else:
            was_new = likely.reject(connection, night.ledger, arguments.pair, settings.now)
    decided = "is one activity" if arguments.merge else "is two activities"
    _say_act(arguments, was_new, f"{arguments.pair} {decided}")


def report(settings: Settings, arguments: Arguments) -> None:
    """Draw a report to a file; nothing is published and nothing is sent."""
    from flows.steps.publishing import editions

    with _opened(settings, arguments.as_known_on) as (night, connection):
        period = night.catalogue.period(arguments.period)
        editions.parts(settings, night.catalogue, arguments.audience, arguments.for_id)
        drawn = editions.draw(
            connection,
            settings,
            night.catalogue,
            night.knowledge(),
            arguments.audience,
            period,
            arguments.language,
        )
    named = (arguments.audience, arguments.for_id, arguments.period, arguments.language)
    target = arguments.output or Path("-".join(filter(None, named)) + ".pdf")
    target.write_bytes(drawn.pdf)
    if arguments.json:
        terminal.answer({"file": str(target), "bytes": len(drawn.pdf)})
    else:
        terminal.paths([target])


def publish(settings: Settings, arguments: Arguments) -> None:
    """Publish one audience's reports about one period; where the rule says so, wait for approval.

    Figures are brought up to date first: when that fails, nothing is published.
    """
    from flows.steps import standing
    from flows.steps.durable import only_writer
    from flows.steps.night import UP_TO_DATE, begin, publish_one, watched

    with only_writer(settings.lock), terminal.progress() as progress:
        night = begin(settings)
        for step in UP_TO_DATE:
            night.progress = progress(step.__name__)
            with watched(night, step.__name__):
                progress(step.__name__, step(night))
        with watched(night, "publish"):
            found = publish_one(
                night, arguments.audience, arguments.period, arguments.for_id, arguments.note
            )
    _show_editions(arguments, [standing.edition(one) for one in found])


def approve(settings: Settings, arguments: Arguments) -> None:
    """Let an edition go to its readers."""
    from flows.steps.publishing import approval

    with _book(settings) as night:
        one = approval.approve(
            settings, night.catalogue, night.ledger, arguments.edition, arguments.by
        )
    _show_edition(arguments, one)


def reject(settings: Settings, arguments: Arguments) -> None:
    """Refuse an edition for good, with a reason; it is never sent."""
    _act(settings, arguments)


def hold(settings: Settings, arguments: Arguments) -> None:
    """Stop an edition, with a reason, until it is released."""
    _act(settings, arguments)


def release(settings: Settings, arguments: Arguments) -> None:
    """Lift the hold of an edition, with a reason."""
    _act(settings, arguments)


def resolve(settings: Settings, arguments: Arguments) -> None:
    """Settle an uncertain mail: it was sent, or it is to be sent again."""
    from flows.steps import standing
    from flows.steps.mail import outbox

    with _book(settings) as night:
        is_sent, by = arguments.sent, arguments.by
        mail = outbox.resolve(night.ledger, arguments.mail, sent=is_sent, at=settings.now, by=by)
    if arguments.json:
        terminal.answer(standing.mail(mail))
    else:
        terminal.console(sys.stdout).print(f"{mail.mail_id}: {mail.state}", highlight=False)


def deliver(settings: Settings, arguments: Arguments) -> None:
    """Send what waits."""
    from flows.steps.night import deliver as step

    _run(settings, arguments, (step,))


def remind(settings: Settings, arguments: Arguments) -> None:
    """Say who is late, and plan a reminder to each, once; `reper deliver` sends it."""
    from flows.steps import standing

    with _book(settings) as night:
        late = standing.remind(night, dry_run=arguments.dry_run)
    if arguments.json:
        terminal.answer(late)
    else:
        columns = ("partner_id", "name", "period_id", "due_on", "days_late", "recipients")
        terminal.table("Late", columns, late)


def outbox(settings: Settings, arguments: Arguments) -> None:
    """Say what was sent to whom, with what answer."""
    from flows.steps import standing
    from flows.steps.night import begin

    answer = standing.mails(begin(settings).ledger)
    if arguments.json:
        terminal.answer(answer)
    else:
        terminal.table(
            "Mails", ("mail_id", "edition", "recipient", "state", "attempts", "at"), answer
        )


def withdraw(settings: Settings, arguments: Arguments) -> None:
    """Take back a submission, with all that came from it; the next build leaves it out."""
    from flows.steps import submissions

    with _writing(settings) as night:
        was_new = submissions.withdraw(
            night.ledger, arguments.submission, arguments.reason, settings.now
        )
    _say_act(arguments, was_new, f"{arguments.submission} is withdrawn")


def excuse(settings: Settings, arguments: Arguments) -> None:
    """Excuse a partner from reporting about a period, so that nobody reminds it."""
    from flows.steps import submissions

    with _writing(settings) as night:
        period = night.catalogue.period(arguments.period)
        if arguments.partner not in night.catalogue.partner_ids():
            msg = f"No partner has the code {arguments.partner!r}. See partners.csv."
            raise UsageError(msg)
        was_new = submissions.excuse(
            night.ledger, arguments.partner, period.period_id, arguments.reason, settings.now
        )
    _say_act(arguments, was_new, f"{arguments.partner} is excused from {period.period_id}")


def _say_act(arguments: Arguments, was_new: bool, what: str) -> None:
    if arguments.json:
        terminal.answer({"done": what, "was_new": was_new})
    else:
        terminal.say(f"{what}." if was_new else f"{what} already; nothing was added.")


@contextmanager
def _writing(settings: Settings) -> Generator["Night"]:
    from flows.steps.durable import only_writer
    from flows.steps.night import begin

    with only_writer(settings.lock):
        yield begin(settings)


@contextmanager
def _book(settings: Settings) -> Generator["Night"]:
    """The programme's tables and ledger, with nobody else writing."""
    from flows.steps.durable import only_writer
    from flows.steps.night import begin

    with only_writer(settings.lock):
        yield begin(settings)


def _act(settings: Settings, arguments: Arguments) -> None:
    """An officer's act on an edition, by the name of its command."""
    from flows.steps.publishing import approval

    act = {"reject": approval.reject, "hold": approval.hold, "release": approval.release}
    with _book(settings) as night:
        one = act[arguments.run.__name__](
            settings, night.ledger, arguments.edition, arguments.reason, arguments.by
        )
    _show_edition(arguments, one)


def _show_edition(arguments: Arguments, one: "Edition") -> None:
    from flows.steps import standing

    _show_editions(arguments, [standing.edition(one)])


def _show_editions(arguments: Arguments, found: Sequence[dict[str, Any]]) -> None:
    """The editions that a command was about, and what holds them."""
    if arguments.json:
        terminal.answer(found)
        return
    for one in found:
        line = f"{one['edition']}: {one['state']}"
        terminal.console(sys.stdout).print(line, soft_wrap=True, highlight=False)
    _print_holds(found)


def _print_holds(found: Sequence[dict[str, Any]]) -> None:
    console = terminal.console(sys.stdout)
    for one in found:
        for doubt in one["held_for"]:
            for indent, words in (
                ("  ", f"{one['edition']}: {doubt['reason_ro']}"),
                ("    ", doubt["step_ro"]),
                ("    ", f"{doubt['reason_en']} {doubt['step_en']}"),
            ):
                console.print(f"{indent}{words}", soft_wrap=True, highlight=False, markup=False)


def up(settings: Settings, arguments: Arguments) -> None:
    """Start Prefect's server, page, worker, deployments and schedules; Ctrl-C ends all of it."""
    from flows import up as programs

    console = terminal.console(sys.stdout)
    programs.run(
        settings, arguments.port, lambda said: console.print(said, soft_wrap=True, highlight=False)
    )


def _run(settings: Settings, arguments: Arguments, steps: Sequence[FunctionType]) -> None:
    from flows.steps.durable import only_writer
    from flows.steps.night import begin, watched

    said = {}
    with only_writer(settings.lock), terminal.progress() as progress:
        night = begin(settings)
        for step in steps:
            night.progress = progress(step.__name__)
            with watched(night, step.__name__):
                said[step.__name__] = step(night)
            progress(step.__name__, said[step.__name__])
    if arguments.json:
        terminal.answer(said)


@contextmanager
def _opened(settings: Settings, as_known_on: str | None) -> Generator[tuple["Night", "Connection"]]:
    """A built warehouse: the one of last night, or one of what was known at the end of a day."""
    from flows.steps import past
    from flows.steps.night import begin
    from flows.steps.warehouse import connect

    if as_known_on:
        with past.warehouse_of(settings, as_known_on) as opened:
            yield opened
        return
    with connect(settings.warehouse, read_only=True) as connection:
        yield begin(settings), connection


def _refuse_unknown_indicator(night: "Night", indicator_id: str | None) -> None:
    known = {row["indicator_id"] for row in night.catalogue["indicators"]}
    if indicator_id is not None and indicator_id not in known:
        msg = f"There is no indicator {indicator_id!r}. They run from IND01 to IND44, EXT01, Q01."
        raise UsageError(msg)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="reper",
        description="From partners' workbooks to figures, PDF reports and mails.",
        epilog="Exit status: 0 done; 1 a fault in Reper; 2 wrong usage; 3 the surroundings do not "
        "allow it; 4 from check: there is something that a person must put right.",
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--home", type=Path, help="run-time root (default data/home/PROGRAMME)")
    common.add_argument("--programme", help="a folder of data/programmes (default timisoara2023)")
    common.add_argument("--json", action="store_true", help="answer as one JSON document")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(run: FunctionType) -> argparse.ArgumentParser:
        first_line = (run.__doc__ or "").splitlines()[0]
        command = commands.add_parser(
            run.__name__, help=first_line, description=first_line, parents=[common]
        )
        command.set_defaults(run=run)
        return command

    for run in (demo, nightly, intake):
        add(run)
    one = add(check)
    one.add_argument("file", nargs="+", type=Path, help="a workbook or CSV")
    one.add_argument("--partner", help="who sends it (default: the name of the file's folder)")
    one = add(template)
    one.add_argument("--partner", help="such as TM-P001")
    one.add_argument("--all", action="store_true", help="of every partner that reports about it")
    one.add_argument("--period", required=True, help="such as 2020-Q4")
    one.add_argument("--language", choices=("ro", "en"), help="default: the partner's own")
    one.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="a file; with --all a folder"
    )
    one = add(status)
    one.add_argument("--period", help="default: the last reporting period that is over")
    one = add(figures)
    one.add_argument("--period", help="such as 2020, 2020-H1, 2020-Q4, 2020-M03, to-2020-Q4")
    one.add_argument("--indicator", help="such as IND01")
    one.add_argument("--by", metavar="DIMENSION", help="such as programme, partner, format")
    one.add_argument("--as-known-on", metavar="DATE", help="as known at the end of that day")
    one = add(trace)
    one.add_argument("code", help="as printed under a figure, such as IND01-0123abcd")
    add(pairs)
    one = add(pair)
    one.add_argument("pair", help="as `reper pairs` names it")
    decision = one.add_mutually_exclusive_group(required=True)
    decision.add_argument("--merge", action="store_true", help="count it once")
    decision.add_argument("--reject", action="store_true", help="count both")
    one.add_argument("--lead", metavar="PARTNER", help="whose report counts (default: the first)")
    one = add(report)
    one.add_argument("audience", help="such as team")
    one.add_argument("--period", required=True, help="such as 2020 or 2020-Q4")
    one.add_argument("--for", dest="for_id", metavar="ID", help="which funder, of several")
    one.add_argument("--language", choices=("ro", "en"), default="ro")
    one.add_argument("--as-known-on", metavar="DATE", help="as known at the end of that day")
    one.add_argument("-o", "--output", type=Path, metavar="FILE", help="where the PDF goes")
    one = add(publish)
    one.add_argument("audience", help="such as team or funder")
    one.add_argument("--period", required=True, help="such as 2020 or 2020-Q4")
    one.add_argument("--for", dest="for_id", metavar="ID", help="one funder (default: each)")
    one.add_argument("--note", help="why totals moved since the edition that was sent before")
    for run in (approve, reject, hold, release):
        one = add(run)
        one.add_argument("edition", metavar="EDITION", help="such as funder/city/2020-Q4/ro-v1")
        if run is not approve:
            one.add_argument("--reason", required=True, help="why, for whoever asks later")
        one.add_argument("--by", default="command", help="who says so (default: command)")
    one = add(resolve)
    one.add_argument("mail", metavar="MAIL", help="a mail_id of `reper outbox`")
    answer = one.add_mutually_exclusive_group(required=True)
    answer.add_argument("--sent", action="store_true", help="the recipient has it")
    answer.add_argument("--resend", action="store_true", help="send it again, under the same id")
    one.add_argument("--by", default="command", help="who says so (default: command)")
    one = add(remind)
    one.add_argument("--dry-run", action="store_true", help="only list them; plan no mail")
    one = add(up)
    one.add_argument("--port", type=int, default=4200, help="of this machine (default 4200)")
    for run in (deliver, outbox, rebuild):
        add(run)
    one = add(withdraw)
    one.add_argument("submission", help="such as TM-P042-0123456789ab")
    one.add_argument("--reason", required=True, help="why; it stays in the ledger")
    one = add(excuse)
    one.add_argument("partner", help="such as TM-P042")
    one.add_argument("--period", required=True, help="such as 2020-Q4")
    one.add_argument("--reason", required=True, help="why; it stays in the ledger")
    return parser
