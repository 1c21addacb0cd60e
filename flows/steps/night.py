"""The order of a night, written once; the command and the flow both follow it.

Each step does one thing and says in a sentence what it did. A step that is repeated, after a
crash or on a quiet night, does only what is still to be done.
"""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FunctionType

from flows.steps import (
    archive,
    building,
    catalogue,
    delivery,
    failures,
    originals,
    rejudged,
    submissions,
    warehouse,
)
from flows.steps.alerts import telling
from flows.steps.alerts.causes import is_alert
from flows.steps.archive import Receipt
from flows.steps.catalogue import Catalogue
from flows.steps.errors import CatalogueError, UsageError
from flows.steps.ledger import Ledger
from flows.steps.mail import outbox
from flows.steps.mail.outbox import Mail
from flows.steps.originals import Checked, Read
from flows.steps.progress import Progress, silent
from flows.steps.publishing import audiences, editions, timetable
from flows.steps.publishing.approval import Edition
from flows.steps.rejudged import Rejudged
from flows.steps.replying import feedback, posting, repeats
from flows.steps.replying.feedback import Reply
from flows.steps.settings import Settings
from flows.steps.submissions import Known
from reports.model import Language


@dataclass
class Night:
    """What one run works with, and what it has found so far; each step adds its part."""

    settings: Settings
    catalogue: Catalogue
    ledger: Ledger
    progress: Progress = silent
    receipts: list[Receipt] = field(default_factory=list)
    known: Known | None = None
    originals: dict[str, Read] = field(default_factory=dict)
    checked: list[Checked] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    anew: list[Rejudged] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)

    def knowledge(self) -> Known:
        """All that the ledger knows by now."""
        if self.known is None:
            self.known = submissions.known(self.ledger)
        return self.known


def begin(settings: Settings) -> Night:
    """Open the programme's tables and ledger.

    Raises CatalogueError, OperatorError, and UsageError for the home of another programme.
    """
    return _opened(settings, catalogue.load(settings.catalogue, settings.programme))


def begin_run(settings: Settings) -> Night:
    """Begin a run that nobody may be watching: of tables that cannot be used the operator hears.

    Raises as begin does. The caller holds the home's lock.
    """
    try:
        night = begin(settings)
    except CatalogueError as error:
        with suppress(Exception):
            # A letter needs the programme's names alone, and those can often still be read.
            alone = catalogue.programme_alone(settings.programme)
            _tell(_opened(settings, alone), _TABLES, error)
        raise
    failures.mend(night.ledger, _TABLES, settings.now)
    return night


_TABLES = "tables"


def _opened(settings: Settings, loaded: Catalogue) -> Night:
    for folder in (settings.inbox, settings.archive, settings.outbox, settings.published):
        folder.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(settings.ledger_url)
    _refuse_another_programme(settings, ledger)
    return Night(settings, loaded, ledger)


def receive(night: Night) -> str:
    """Take in what partners put in the inbox: archived, dated, and noted who sent it."""
    settings = night.settings
    night.receipts = archive.receive(
        settings.inbox,
        settings.archive,
        night.ledger,
        night.catalogue.partner_ids(),
        settings.now,
    )
    night.known = None
    counts = {o: sum(r.outcome == o for r in night.receipts) for o in _OUTCOMES}
    return ", ".join(f"{count} {outcome}" for outcome, count in counts.items())


_OUTCOMES = ("received", "repeated", "waiting")


def read(night: Night) -> str:
    """Read what the new workbooks say, in a separate process that nothing in them can harm."""
    known = night.knowledge().submissions
    counted = _Counted(night.progress)
    night.originals = originals.read(night.settings, night.catalogue, known, counted)
    return f"{counted.of} new workbooks, {len(night.originals)} in all"


def check(night: Night) -> str:
    """Check every new row against the form's rules; what is wrong becomes a finding."""
    counted = _Counted(night.progress)
    night.checked = originals.check(
        night.settings, night.catalogue, night.knowledge(), night.originals, counted
    )
    found = sum(len(one.findings) for one in night.checked)
    refused = sum(one.verdict == "rejected" for one in night.checked)
    return (
        f"{counted.of} new submissions; of all {len(night.checked)}, {refused} were refused whole "
        f"and {found} findings wait for partners"
    )


def reply(night: Night) -> str:
    """Answer each new submission: a receipt, and the partner's own workbook with cells marked."""
    settings, catalogue, ledger = night.settings, night.catalogue, night.ledger
    known, readers = night.knowledge(), posting.readers(settings)
    posting.pay(settings, ledger, readers)
    night.replies = feedback.reply(
        settings,
        catalogue,
        ledger,
        known.submissions,
        night.originals,
        night.checked,
        readers,
        night.progress,
    )
    again = repeats.acknowledge(settings, catalogue, ledger, known, night.checked, readers)
    by_mail = sum(one.recipients > 0 for one in night.replies)
    unreached = {one.partner_id for one in night.replies if not one.recipients}
    said = (
        f"{len(night.replies)} submissions answered, {by_mail} of them by mail "
        f"(partners without an address: {len(unreached)}), {len(again)} repetitions acknowledged"
    )
    if readers.wrong is None:
        return said
    # Nobody's answer is lost for a typing mistake in the list, and neither is the night.
    with suppress(Exception):
        telling.noticed(settings, ledger, "reply", readers.wrong)
        delivery.send(settings, catalogue, ledger, is_alert)
    return f"{said}; whom a wrong row leaves out is written to once it is right: {readers.wrong}"


def build(night: Night) -> str:
    """Build the warehouse and all indicators beside the old ones, and put them in their place."""
    path = night.settings.warehouse
    stamp = building.stamp(night.settings, night.knowledge())
    if warehouse.stamp(path) == stamp:
        return "nothing has changed since the last build"
    night.anew = rejudged.compare(rejudged.before(path, night.settings.sql), night.checked)
    rejudged.note(night.settings, night.ledger, night.anew, stamp)
    room = warehouse.Room(night.settings.memory_mb, night.settings.home)
    with warehouse.replacing(path, room) as connection:
        computed = building.fill(
            connection,
            night.settings,
            night.catalogue,
            night.knowledge(),
            night.originals,
            night.checked,
        )
        warehouse.put_stamp(connection, stamp)
    said = f"{len(computed)} indicators from {len(night.checked)} submissions, in {path.name}"
    return f"{said}; judged anew: {rejudged.sentence(night.anew)}" if night.anew else said


def publish(night: Night) -> str:
    """Publish the editions that are due; the send gate and the officer say which of them go."""
    settings = night.settings
    with warehouse.connect(settings.warehouse, read_only=True) as connection:
        planned = timetable.due(connection, settings, night.catalogue, night.ledger)
        for done, (audience, period, parts) in enumerate(planned, start=1):
            night.editions += editions.publish(
                connection,
                settings,
                night.catalogue,
                night.ledger,
                night.knowledge(),
                audience,
                period,
                parts,
            )
            night.progress(done, len(planned))
    return ", ".join(f"{e.path} {e.state}" for e in night.editions) or "no edition is due"


def publish_one(
    night: Night,
    audience: str,
    period_id: str,
    for_id: str | None = None,
    note: str | None = None,
    language: Language | None = None,
) -> list[Edition]:
    """Publish one audience's editions about one period, due or not, and return how they stand.

    Without a language, in each that is read. What would say nothing new stays as it is, and is
    returned too. Raises UsageError for an unknown audience, funder or period, and for a period
    that is not over.
    """
    settings = night.settings
    period = night.catalogue.period(period_id)
    parts = audiences.parts(settings, night.catalogue, audience, for_id, language)
    with warehouse.connect(settings.warehouse, read_only=True) as connection:
        night.editions += editions.publish(
            connection,
            settings,
            night.catalogue,
            night.ledger,
            night.knowledge(),
            audience,
            period,
            parts,
            note,
        )
    return editions.latest(night.ledger, audience, period, parts)


def deliver(night: Night) -> str:
    """Send what waits: to the mail server, or to files while none is set."""
    settings, ledger = night.settings, night.ledger
    # A list that cannot be read stops the run here: no mail may fail for it.
    is_heard = telling.is_heard(settings)
    before = {mail.mail_id: mail.state for mail in outbox.mails(ledger)}
    delivery.keep_back(settings, night.catalogue, ledger)
    delivery.send(settings, night.catalogue, ledger)
    telling.look(settings, ledger)
    delivery.send(settings, night.catalogue, ledger, is_alert)
    after = outbox.mails(ledger)
    night.mails = [mail for mail in after if before.get(mail.mail_id) != mail.state]
    states = sorted({mail.state for mail in night.mails})
    counts = [f"{sum(m.state == s for m in night.mails)} {s}" for s in states]
    said = ", ".join(counts) or "no mail waits"
    return said if is_heard else f"{said}; {_UNHEARD}"


_UNHEARD = "recipients.csv names no operator, so nobody is told when something fails"

# What must have gone well before anything is published: figures of all that is known.
UP_TO_DATE: tuple[FunctionType, ...] = (read, check, build)
INTAKE: tuple[FunctionType, ...] = (receive, read, check, reply, build)
NIGHT: tuple[FunctionType, ...] = (*INTAKE, publish, deliver)


def _refuse_another_programme(settings: Settings, ledger: Ledger) -> None:
    """A home belongs to the programme that opened it first; two in one would mix their figures."""
    body = {"programme_id": settings.programme_id}
    opened = ledger.entries("home_opened")
    if not opened:
        ledger.append("home_opened", body, settings.now, once="home")
    elif opened[0].body != body:
        owner = opened[0].body["programme_id"]
        msg = (
            f"{settings.home} is the home of {owner}, not of {settings.programme_id}. "
            "Name another folder with --home or REPER_HOME."
        )
        raise UsageError(msg)


@contextmanager
def watched(night: Night, step: str) -> Generator[None]:
    """Tell the operator, and only the operator, when what is done inside fails; it still fails.

    Whoever typed something wrong hears of it at once and is told nothing twice.
    """
    try:
        yield
    except Exception as error:
        if not isinstance(error, UsageError):
            # The failure itself is what counts: no trouble with its alert may take its place.
            with suppress(Exception):
                _tell(night, step, error)
        raise
    failures.mend(night.ledger, step, night.settings.now)


def _tell(night: Night, step: str, error: Exception) -> None:
    telling.failed(night.settings, night.ledger, step, error)
    delivery.send(night.settings, night.catalogue, night.ledger, is_alert)


class _Counted:
    """Progress that remembers of how many it was."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.of = 0

    def __call__(self, done: int, of: int) -> None:
        self.of = of
        self._progress(done, of)
