"""The command `reper`: how it is typed, and how it ends. What a command does is in flows.commands.

Answers go to standard output, progress and messages to standard error.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FunctionType
from typing import Protocol

from flows import terminal
from flows.commands import acts, answers, care, runs
from flows.steps.errors import OperatorError, ReperError
from flows.steps.settings import load


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status, as docs/operating.md lists them."""
    arguments = _parser().parse_args(argv)
    try:
        settings = load(arguments.home, arguments.programme)
        status = arguments.run(settings, arguments) or 0
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # Whoever read the answer had enough of it, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ReperError as error:
        terminal.complain(error)
        return error.exit_status
    except (PermissionError, FileNotFoundError) as error:
        place = f"{error.filename}: {error.strerror}"
        terminal.complain(f"{place}. Check the path and the rights.")
        return OperatorError.exit_status


class _Add(Protocol):
    """Add a command to those that there are; its name and its help are those of its function."""

    def __call__(self, run: FunctionType) -> argparse.ArgumentParser: ...


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="reper",
        description="From partners' workbooks to figures, PDF reports and mails.",
        epilog="Exit status: 0 done; 1 a fault in Reper; 2 wrong usage; 3 the surroundings do not "
        "allow it; 4 from check and verify: there is something that a person must put right.",
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

    for group in (_runs, _answers, _acts, _care):
        group(add)
    return parser


def _runs(add: _Add) -> None:
    for run in (runs.demo, runs.nightly, runs.intake, runs.deliver, runs.rebuild):
        add(run)
    one = add(runs.up)
    one.add_argument("--port", type=int, default=4200, help="of this machine (default 4200)")


def _answers(add: _Add) -> None:
    one = add(answers.check)
    one.add_argument("file", nargs="+", type=Path, help="a workbook or CSV")
    one.add_argument("--partner", help="who sends it (default: the name of the file's folder)")
    one = add(answers.template)
    one.add_argument("--partner", help="such as TM-P001")
    one.add_argument("--all", action="store_true", help="of every partner that reports about it")
    one.add_argument("--period", required=True, help="such as 2020-Q4")
    one.add_argument("--language", choices=("ro", "en"), help="default: the partner's own")
    one.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="a file; with --all a folder"
    )
    one = add(answers.status)
    one.add_argument("--period", help="default: the last reporting period that is over")
    one.add_argument("--all", action="store_true", help="also every partner, edition and mail")
    one = add(answers.figures)
    one.add_argument("--period", help="such as 2020, 2020-H1, 2020-Q4, 2020-M03, to-2020-Q4")
    one.add_argument("--indicator", help="such as IND01")
    one.add_argument("--by", metavar="DIMENSION", help="such as programme, partner, format")
    one.add_argument("--as-known-on", metavar="DATE", help="as known at the end of that day")
    one = add(answers.trace)
    one.add_argument("code", help="as printed under a figure, such as IND01-7K2M-9QXT")
    one = add(answers.changes)
    one.add_argument("edition", metavar="EDITION", help="such as team/2020-Q4/ro-v2")
    one.add_argument(
        "--since",
        metavar="EDITION",
        help="default: what its readers got before, or else the version before",
    )
    one = add(answers.report)
    one.add_argument("audience", help="such as team")
    one.add_argument("--period", required=True, help="such as 2020 or 2020-Q4")
    one.add_argument("--for", dest="for_id", metavar="ID", help="which funder, of several")
    one.add_argument("--language", choices=("ro", "en"), default="ro")
    one.add_argument("--as-known-on", metavar="DATE", help="as known at the end of that day")
    one.add_argument("-o", "--output", type=Path, metavar="FILE", help="where the PDF goes")
    one = add(answers.outbox)
    one.add_argument("--preview", metavar="EDITION", help="write what its readers will get")
    one.add_argument("-o", "--output", type=Path, metavar="FOLDER", help="where a preview goes")
    add(answers.pairs)


def _acts(add: _Add) -> None:
    one = add(acts.pair)
    one.add_argument("pair", help="as `reper pairs` names it")
    decision = one.add_mutually_exclusive_group(required=True)
    decision.add_argument("--merge", action="store_true", help="count it once")
    decision.add_argument("--reject", action="store_true", help="count both")
    one.add_argument("--lead", metavar="PARTNER", help="whose report counts (default: the first)")
    one = add(acts.publish)
    one.add_argument("audience", help="such as team or funder")
    one.add_argument("--period", required=True, help="such as 2020 or 2020-Q4")
    one.add_argument("--for", dest="for_id", metavar="ID", help="one funder (default: each)")
    one.add_argument("--note", help="why totals moved since the edition that was sent before")
    for run in (acts.approve, acts.reject, acts.hold, acts.release):
        one = add(run)
        one.add_argument("edition", metavar="EDITION", help="such as funder/city/2020-Q4/ro-v1")
        if run is not acts.approve:
            one.add_argument("--reason", required=True, help="why, for whoever asks later")
        one.add_argument("--by", default="command", help="who says so (default: command)")
    one = add(acts.resolve)
    one.add_argument("mail", metavar="MAIL", help="a mail_id of `reper outbox`")
    answer = one.add_mutually_exclusive_group(required=True)
    answer.add_argument("--sent", action="store_true", help="the recipient has it")
    answer.add_argument("--resend", action="store_true", help="send it again, under the same id")
    one.add_argument("--by", default="command", help="who says so (default: command)")
    one = add(acts.remind)
    one.add_argument("--dry-run", action="store_true", help="only list them; plan no mail")
    one = add(acts.withdraw)
    one.add_argument("submission", help="such as TM-P042-0123456789ab")
    one.add_argument("--reason", required=True, help="why; it stays in the ledger")
    one = add(acts.excuse)
    one.add_argument("partner", help="such as TM-P042")
    one.add_argument("--period", required=True, help="such as 2020-Q4")
    one.add_argument("--reason", required=True, help="why; it stays in the ledger")


def _care(add: _Add) -> None:
    one = add(care.verify)
    one.add_argument("path", nargs="?", type=Path, help="a backup or an edition (default: all)")
    one = add(care.backup)
    one.add_argument("folder", metavar="DIR", type=Path, help="a folder that is not there yet")
    one = add(care.restore)
    one.add_argument("folder", metavar="DIR", type=Path, help="what `reper backup` made")
