"""When a cause is told: at first at once, and while it lasts in one digest a week, on its Monday.

Each alert is an entry in the ledger and a mail in the same outbox as all others, to the audience
`operator`. While the mail server is away no second one is planned: the one that waits takes in
what comes up.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from flows.steps import failures, periods
from flows.steps.alerts import causes
from flows.steps.alerts.causes import AUDIENCE, Cause, is_alert
from flows.steps.ledger import Entry, Ledger
from flows.steps.mail import outbox
from flows.steps.mail.outbox import Mail
from flows.steps.mail.recipients import reachable
from flows.steps.settings import Settings

_DIGEST = "digest"
_FORGOTTEN_AFTER = timedelta(days=14)


def failed(settings: Settings, ledger: Ledger, step: str, error: BaseException) -> None:
    """Note that a step failed; a cause that is known already goes into the digest of the week."""
    with ledger.together():
        failures.note(ledger, step, settings.now)
        noticed(settings, ledger, step, error)


def noticed(settings: Settings, ledger: Ledger, step: str, error: BaseException) -> None:
    """Tell of what a step went on without; as of a failure, but nothing failed."""
    today, next_week = periods.local_date(settings.now), settings.now + timedelta(days=7)
    with ledger.together():
        found = [causes.of_failure(step, error)]
        _enter(settings, ledger, found, _digest_of(next_week), again=str(today))


def look(settings: Settings, ledger: Ledger) -> None:
    """Tell of what waits for a person, and plan the digest that is due."""
    digest = _digest_of(settings.now)
    with ledger.together():
        _enter(settings, ledger, causes.waiting(settings, ledger), digest, again=digest)


def is_heard(settings: Settings) -> bool:
    """Whether anybody is told."""
    return bool(reachable(settings.recipients, AUDIENCE))


def is_digest(mail: Mail) -> bool:
    """Whether an operator's mail is a week's digest."""
    return mail.edition.endswith(f"/{_DIGEST}")


def told_by(ledger: Ledger, mail: Mail) -> list[list[Entry]]:
    """What one alert or digest tells: the entries of each cause, in the order in which they came.

    A digest makes up for those before it that were never planned.
    """
    wanted = {mail.edition}
    if is_digest(mail):
        planned = {one.edition for one in outbox.mails(ledger)}
        for path in reversed([path for path in _digests(ledger) if path < mail.edition]):
            if path in planned:
                break
            wanted.add(path)
    told: dict[str, list[Entry]] = {}
    for entry in ledger.entries("alert_raised"):
        if entry.body["edition"] in wanted:
            told.setdefault(entry.body["key"], []).append(entry)
    return list(told.values())


def _enter(
    settings: Settings, ledger: Ledger, found: Iterable[Cause], digest: str, again: str
) -> None:
    """Enter causes: new ones for an alert now, known ones for a digest.

    A cause that was entered already under the same `again` adds nothing.
    """
    last = {entry.body["key"]: entry.at for entry in ledger.entries("alert_raised")}
    joined = _not_sent_yet(ledger)
    alert = None
    for cause in found:
        is_known = cause.key in last and last[cause.key] > settings.now - _FORGOTTEN_AFTER
        if not is_known and alert is None:
            alert = joined or f"{AUDIENCE}/{periods.local_date(settings.now)}/{cause.key}"
        body = {
            "key": cause.key,
            "where_ro": cause.where.ro,
            "where_en": cause.where.en,
            "cause_ro": cause.said.ro,
            "cause_en": cause.said.en,
            "edition": digest if is_known else alert,
        }
        ledger.append("alert_raised", body, settings.now, once=f"alert:{cause.key}:{again}")
    if alert is not None:
        _plan(settings, ledger, alert)
    elif joined is None:
        due = [path for path in _digests(ledger) if path <= _digest_of(settings.now)]
        planned = {mail.edition for mail in outbox.mails(ledger)}
        # Whoever became an operator since then is not told of what was the matter in an old week.
        for path in set(due[-1:]) - planned:
            _plan(settings, ledger, path)


def _plan(settings: Settings, ledger: Ledger, path: str) -> None:
    # The operator is told also of rows that are wrong in this very list.
    outbox.plan(ledger, path, reachable(settings.recipients, AUDIENCE), settings.now)


def _not_sent_yet(ledger: Ledger) -> str | None:
    """The alert that has left for no operator yet, so that it can take in more."""
    states: dict[str, set[str]] = {}
    for mail in outbox.mails(ledger):
        if is_alert(mail):
            states.setdefault(mail.edition, set()).add(mail.state)
    return next((path for path, found in states.items() if found == {"pending"}), None)


def _digests(ledger: Ledger) -> list[str]:
    """All digests for which there is something to tell, in order."""
    paths = {entry.body["edition"] for entry in ledger.entries("alert_raised")}
    return sorted(path for path in paths if path.endswith(f"/{_DIGEST}"))


def _digest_of(moment: datetime) -> str:
    year, week, _ = periods.local_date(moment).isocalendar()
    return f"{AUDIENCE}/{year}-W{week:02}/{_DIGEST}"
