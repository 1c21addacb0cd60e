"""An edition's life from its publication to its sending, as acts in the ledger.

An edition waits for an officer, or is approved by the programme's own rule; it can be held, with
a reason and the step that lifts it, and released again. A mail is planned in the same stroke as
the act that lets it go, and only then, so nothing can leave that nobody let go.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from flows.steps import failures, issued, periods
from flows.steps.catalogue import Catalogue
from flows.steps.errors import UsageError
from flows.steps.ledger import Entry, Ledger
from flows.steps.mail import outbox
from flows.steps.mail.recipients import recipients
from flows.steps.publishing import sendgate
from flows.steps.publishing.sendgate import Doubt
from flows.steps.settings import Settings
from reports.model import Language

STATES = ("waiting", "approved", "rejected", "held", "released")
GATE, RULE = "send gate", "publications.csv"
_ACTS = ("edition_approved", "edition_rejected", "edition_held", "edition_released")


@dataclass(frozen=True)
class Edition:
    """One published report, and where it stands. path is its folder below published/, and its name.

    received_on is the day on which the last submission in it came.
    approval says who lets it go: automatic or officer. for_id names the funder that it is for,
    None where the audience is one. by, reason and decided_at are those of the last act; doubts
    are why it is held, and lifted the causes that an officer let pass. is_approved stays true
    while an approved one is held.
    """

    path: str
    audience: str
    period_id: str
    language: str
    version: int
    published_at: datetime
    known_seq: int
    digest: str
    data_until: str | None = None
    received_on: str | None = None
    for_id: str | None = None
    approval: str = "automatic"
    note: str | None = None
    state: str = "waiting"
    by: str | None = None
    reason: str | None = None
    decided_at: datetime | None = None
    doubts: tuple[Doubt, ...] = ()
    lifted: frozenset[str] = frozenset()
    is_approved: bool = False

    @property
    def may_go(self) -> bool:
        """Whether its mails may leave."""
        return self.state in ("approved", "released")

    @property
    def series(self) -> tuple[str, str | None, str, str]:
        """What all versions of it have in common."""
        return self.audience, self.for_id, self.period_id, self.language


def editions(ledger: Ledger) -> list[Edition]:
    """All editions as they stand now, in the order of their publication."""
    found: dict[str, Edition] = {}
    for entry in ledger.entries("edition_published", *_ACTS):
        if entry.kind == "edition_published":
            found[entry.body["path"]] = _published(entry)
        else:
            path = entry.body["edition"]
            found[path] = _after(found[path], entry)
    return list(found.values())


def edition(ledger: Ledger, path: str) -> Edition:
    """One edition as it stands now. Raises UsageError for one that there is not."""
    wanted = path.strip("/")
    for one in editions(ledger):
        if one.path == wanted:
            return one
    msg = f"There is no edition {path!r}. `reper status --all` lists all of them."
    raise UsageError(msg)


def is_held_by_the_gate(one: Edition) -> bool:
    """Whether later data may lift what holds an edition: nobody but the gate holds it."""
    return one.state == "held" and one.by == GATE and not one.is_approved


def is_edition(ledger: Ledger, path: str) -> bool:
    """Whether there is an edition of this name."""
    return any(one.path == path for one in editions(ledger))


def enter(settings: Settings, ledger: Ledger, new: Edition, doubts: Sequence[Doubt]) -> Edition:
    """Put a frozen edition into the book: held by its doubts, waiting, or on its way.

    The edition, the act and the mails enter together, so none can be there without the others.
    """
    body = {name: getattr(new, name) for name in _PUBLISHED}
    with ledger.together():
        ledger.append("edition_published", body, settings.now, once=f"edition:{new.path}")
        if doubts:
            _hold(ledger, new.path, doubts, GATE, settings.now)
        elif new.approval == "automatic":
            _let_go(settings, ledger, new, "edition_approved", {"by": RULE})
        return edition(ledger, new.path)


def approve(
    settings: Settings, catalogue: Catalogue, ledger: Ledger, path: str, by: str
) -> Edition:
    """Let an edition go to its readers, by an officer's word; twice is once.

    The gate looks once more, for weeks may have passed: the edition is then held, and comes back
    so. Raises UsageError for one that is held, rejected, or followed by a newer version.
    """
    one = edition(ledger, path)
    if one.is_approved or one.may_go:
        return one
    _refuse_superseded(ledger, one)
    if one.state != "waiting":
        msg = f"Edition {one.path} is {one.state}: {why(one)} {_WAY_OUT[one.state]}"
        raise UsageError(msg)
    found = look_again(settings, catalogue, ledger, one)
    if sendgate.FAILED not in one.lifted:
        found += sendgate.failed(failures.standing(ledger))
    with ledger.together():
        if found:
            _hold(ledger, one.path, found, GATE, settings.now)
        else:
            _let_go(settings, ledger, one, "edition_approved", {"by": by})
        return edition(ledger, one.path)


def look_again(
    settings: Settings, catalogue: Catalogue, ledger: Ledger, one: Edition
) -> list[Doubt]:
    """What the gate has to say of a frozen edition today, for weeks may have passed.

    Its file is damaged, its data have become too old, or the run that published it failed later.
    What an officer has let pass already is no doubt any more; a damaged file always is one.
    """
    today, oldest = periods.local_date(settings.now), catalogue.programme.oldest_data_days
    found = []
    # Older books have only the day until which everything was known.
    if received_on := one.received_on or one.data_until:
        found += sendgate.stale(date.fromisoformat(received_on), oldest, today)
    own = [f for f in failures.standing(ledger) if f.at == one.published_at]
    found += sendgate.failed(own, ("publish",))
    lasting = [doubt for doubt in found if doubt.cause not in one.lifted]
    return sendgate.damage(settings.published / one.path) + lasting


def overtaken(ledger: Ledger) -> dict[str, str]:
    """Editions that a newer version on its way to the same readers has overtaken, with that one."""
    newest: dict[tuple[str, str | None, str, str], str] = {}
    found = {}
    for one in reversed(editions(ledger)):
        if one.series in newest:
            found[one.path] = newest[one.series]
        elif one.may_go:
            newest[one.series] = one.path
    return found


def reject(settings: Settings, ledger: Ledger, path: str, reason: str, by: str) -> Edition:
    """Refuse an edition for good, with a reason; twice is once. It is never sent.

    Raises UsageError without a reason, and for an edition whose mails are planned already.
    """
    one, said = edition(ledger, path), _said(reason)
    if one.state == "rejected":
        return one
    if one.is_approved:
        msg = f"Edition {one.path} is {one.state} and may be on its way. Hold it instead."
        raise UsageError(msg)
    body = {"edition": one.path, "reason": said, "by": by}
    ledger.append("edition_rejected", body, settings.now)
    return edition(ledger, one.path)


def hold(settings: Settings, ledger: Ledger, path: str, reason: str, by: str) -> Edition:
    """Stop an edition until it is released: what is not sent yet stays where it is.

    Raises UsageError without a reason, and for a rejected edition.
    """
    one, said = edition(ledger, path), _said(reason)
    if one.state == "rejected":
        msg = f"Edition {one.path} is rejected and goes nowhere. There is nothing to hold."
        raise UsageError(msg)
    _hold(ledger, one.path, [*one.doubts, sendgate.by_officer(said)], by, settings.now)
    return edition(ledger, one.path)


def stop(settings: Settings, ledger: Ledger, path: str, doubts: Sequence[Doubt]) -> Edition:
    """Hold an edition for what the gate found after its publication."""
    one = edition(ledger, path)
    _hold(ledger, one.path, [*one.doubts, *doubts], GATE, settings.now)
    return edition(ledger, one.path)


def release(settings: Settings, ledger: Ledger, path: str, reason: str, by: str) -> Edition:
    """Lift the hold of an edition, with a reason; twice is once.

    One that goes out by itself, or was approved, goes now; any other waits for its approval as
    before. Raises UsageError without a reason, for an edition that is not held, for one whose
    frozen PDF is damaged, and for one that a newer version follows.
    """
    one, said = edition(ledger, path), _said(reason)
    if one.state == "released":
        return one
    if one.state != "held":
        msg = f"Edition {one.path} is {one.state}, not held. {_WAY_OUT[one.state]}"
        raise UsageError(msg)
    _refuse_superseded(ledger, one)
    if damaged := sendgate.damage(settings.published / one.path):
        # No officer's word makes a file whole that readers could not open.
        msg = f"Edition {one.path} stays held: {damaged[0].reason_en} Mend it, or publish again."
        raise UsageError(msg)
    with ledger.together():
        body = {"reason": said, "by": by}
        if one.is_approved or one.approval == "automatic":
            _let_go(settings, ledger, one, "edition_released", body)
        else:
            ledger.append("edition_released", {"edition": one.path, **body}, settings.now)
        return edition(ledger, one.path)


def why(one: Edition, language: Language = "en") -> str:
    """Why an edition stands where it stands; blank where nothing needs a reason."""
    if not one.doubts:
        return one.reason or ""
    if language == "ro":
        return " ".join(f"{doubt.reason_ro} {doubt.step_ro}" for doubt in one.doubts)
    return " ".join(f"{doubt.reason_en} {doubt.step_en}" for doubt in one.doubts)


_PUBLISHED = (
    "path",
    "audience",
    "period_id",
    "language",
    "version",
    "known_seq",
    "digest",
    "data_until",
    "received_on",
    "for_id",
    "approval",
    "note",
)
_WAY_OUT = {
    "waiting": "It waits for an approval: reper approve EDITION.",
    "approved": "It is on its way already.",
    "rejected": "Publish a new version.",
    "held": "Release it first.",
}


def _published(entry: Entry) -> Edition:
    one = Edition(published_at=entry.at, **entry.body)
    if issued.has_gone(entry):
        one = replace(one, state="approved", by=RULE, decided_at=entry.at, is_approved=True)
    return one


def _after(one: Edition, act: Entry) -> Edition:
    by, reason = act.body["by"], act.body.get("reason")
    state = act.kind.removeprefix("edition_")
    goes = one.is_approved or issued.lets_go(act, one.approval)
    one = replace(one, by=by, reason=reason, decided_at=act.at, state=state, is_approved=goes)
    match one.state:
        case "held":
            return replace(one, doubts=tuple(Doubt(**d) for d in act.body["doubts"]))
        case "released":
            lifted = one.lifted | {doubt.cause for doubt in one.doubts}
            state = "released" if goes else "waiting"
            return replace(one, doubts=(), lifted=lifted, state=state)
    return one


def _hold(ledger: Ledger, path: str, doubts: Iterable[Doubt], by: str, at: datetime) -> None:
    body = {"edition": path, "doubts": [doubt.of(path).as_json() for doubt in doubts], "by": by}
    ledger.append("edition_held", body, at)


def _let_go(
    settings: Settings, ledger: Ledger, one: Edition, kind: str, body: dict[str, str]
) -> None:
    ledger.append(kind, {"edition": one.path, **body}, settings.now)
    readers = recipients(settings.recipients, one.audience, one.for_id)
    own = [reader for reader in readers if reader.language == one.language]
    outbox.plan(ledger, one.path, own, settings.now)


def _refuse_superseded(ledger: Ledger, one: Edition) -> None:
    newest = [other for other in editions(ledger) if other.series == one.series][-1]
    if newest.path != one.path:
        msg = f"Edition {one.path} has a newer version, {newest.path}. Decide about that one."
        raise UsageError(msg)


def _said(reason: str) -> str:
    said = " ".join(reason.split())
    if not said:
        msg = "Say why: an act without a reason is of no use to whoever asks in a year."
        raise UsageError(msg)
    return said
