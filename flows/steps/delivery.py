"""The way of a mail that waits: kept back where there is doubt, written as its kind, sent."""

from collections.abc import Callable

from flows.steps import digest, reminders
from flows.steps.alerts import letters as alert_letters
from flows.steps.alerts.causes import is_alert
from flows.steps.catalogue import Catalogue
from flows.steps.ledger import Ledger
from flows.steps.mail import outbox
from flows.steps.mail.outbox import Mail
from flows.steps.publishing import approval, letters
from flows.steps.replying import posting
from flows.steps.settings import Settings


def keep_back(settings: Settings, catalogue: Catalogue, ledger: Ledger) -> None:
    """Hold, before any of it is sent, each edition that the gate doubts by now."""
    waiting = {mail.edition for mail in outbox.mails(ledger) if mail.state == "pending"}
    for edition in approval.editions(ledger):
        if edition.path in waiting and edition.may_go:
            doubts = approval.look_again(settings, catalogue, ledger, edition)
            if doubts:
                approval.stop(settings, ledger, edition.path, doubts)


def send(
    settings: Settings,
    catalogue: Catalogue,
    ledger: Ledger,
    wanted: Callable[[Mail], bool] | None = None,
) -> None:
    """Send what waits, or of it what is wanted: to the mail server, or to files without one."""

    def compose(mail: Mail) -> bytes:
        if reminders.is_reminder(mail):
            return reminders.letter(settings, catalogue, mail)
        if posting.is_reply(mail):
            return posting.letter(settings, catalogue, mail)
        of = letters.letter
        if is_alert(mail):
            of = alert_letters.letter
        elif digest.is_digest(mail):
            of = digest.letter
        return of(settings, catalogue, ledger, mail)

    def smaller(mail: Mail) -> bytes | None:
        if approval.is_edition(ledger, mail.edition):
            return letters.letter(settings, catalogue, ledger, mail, largest=0)
        if posting.is_reply(mail):
            return posting.letter(settings, catalogue, mail, largest=0)
        return None

    outbox.deliver(ledger, settings, compose, wanted=wanted, smaller=smaller)
