"""Acts of an officer; each of them stays in the ledger."""

import sys
from argparse import Namespace as Arguments
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flows import terminal
from flows.commands import runs
from flows.commands.opening import writing
from flows.steps.errors import UsageError
from flows.steps.settings import Settings

if TYPE_CHECKING:
    from flows.steps.publishing.approval import Edition


def publish(settings: Settings, arguments: Arguments) -> None:
    """Publish one audience's reports about one period; where the rule says so, wait for approval.

    Figures are brought up to date first: when that fails, nothing is published.
    """
    from flows.steps import standing
    from flows.steps.durable import only_writer
    from flows.steps.night import UP_TO_DATE, begin, publish_one, watched

    with only_writer(settings.lock), terminal.progress() as progress:
        night = begin(settings)
        runs.walk(night, UP_TO_DATE, progress)
        with watched(night, "publish"):
            found = publish_one(
                night, arguments.audience, arguments.period, arguments.for_id, arguments.note
            )
    _show_editions(arguments, [standing.edition(one) for one in found])


def approve(settings: Settings, arguments: Arguments) -> None:
    """Let an edition go to its readers."""
    from flows.steps.publishing import approval

    with writing(settings) as night:
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

    with writing(settings) as night:
        is_sent, by = arguments.sent, arguments.by
        mail = outbox.resolve(night.ledger, arguments.mail, sent=is_sent, at=settings.now, by=by)
    if arguments.json:
        terminal.answer(standing.mail(mail))
    else:
        terminal.console(sys.stdout).print(f"{mail.mail_id}: {mail.state}", highlight=False)


def remind(settings: Settings, arguments: Arguments) -> None:
    """Remind who has not reported, each occasion once; `reper deliver` sends what is planned.

    What came is taken in first, so that nobody is reminded who has reported.
    """
    from flows.steps import standing
    from flows.steps.night import INTAKE

    with writing(settings) as night, terminal.progress() as progress:
        if not arguments.dry_run:
            runs.walk(night, INTAKE, progress)
        late = standing.remind(night, dry_run=arguments.dry_run)
    if arguments.json:
        terminal.answer(late)
    else:
        columns = ("partner_id", "name", "period_id", "due_on", "occasion", "recipients", "is_new")
        shown = [{**row, "recipients": ", ".join(row["recipients"]) or None} for row in late]
        terminal.table("Not reported", columns, shown)


def withdraw(settings: Settings, arguments: Arguments) -> None:
    """Take back a submission, with all that came from it; the next build leaves it out."""
    from flows.steps import submissions

    with writing(settings) as night:
        was_new = submissions.withdraw(
            night.ledger, arguments.submission, arguments.reason, settings.now
        )
    _say_act(arguments, was_new, f"{arguments.submission} is withdrawn")


def excuse(settings: Settings, arguments: Arguments) -> None:
    """Excuse a partner from reporting about a period, so that nobody reminds it."""
    from flows.steps import submissions

    with writing(settings) as night:
        period = night.catalogue.period(arguments.period)
        if arguments.partner not in night.catalogue.partner_ids():
            msg = f"No partner has the code {arguments.partner!r}. See partners.csv."
            raise UsageError(msg)
        was_new = submissions.excuse(
            night.ledger, arguments.partner, period.period_id, arguments.reason, settings.now
        )
    _say_act(arguments, was_new, f"{arguments.partner} is excused from {period.period_id}")


def pair(settings: Settings, arguments: Arguments) -> None:
    """Decide about a pair: it is one activity, or it is two; the next build counts it so."""
    from flows.steps import pairs as likely
    from flows.steps.warehouse import connect

    with writing(settings) as night, connect(settings.warehouse, read_only=True) as connection:
        if arguments.merge:
            was_new = likely.merge(
                connection, night.ledger, arguments.pair, settings.now, arguments.lead
            )
        else:
            was_new = likely.reject(connection, night.ledger, arguments.pair, settings.now)
    decided = "is one activity" if arguments.merge else "is two activities"
    _say_act(arguments, was_new, f"{arguments.pair} {decided}")


def _act(settings: Settings, arguments: Arguments) -> None:
    """An officer's act on an edition, by the name of its command."""
    from flows.steps.publishing import approval

    act = {"reject": approval.reject, "hold": approval.hold, "release": approval.release}
    with writing(settings) as night:
        one = act[arguments.run.__name__](
            settings, night.ledger, arguments.edition, arguments.reason, arguments.by
        )
    _show_edition(arguments, one)


def _say_act(arguments: Arguments, was_new: bool, what: str) -> None:
    if arguments.json:
        terminal.answer({"done": what, "was_new": was_new})
    else:
        terminal.say(f"{what}." if was_new else f"{what} already; nothing was added.")


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
    terminal.holds(found)
