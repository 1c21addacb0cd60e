"""Who gets which audience's editions, at which address: a CSV that the team edits."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.steps.catalogue.rows import read_rows, refuse
from flows.steps.errors import CatalogueError, NotNeededError
from flows.steps.mail.letter import CONTROLS
from flows.steps.mail.message import is_address
from reports.model import Language

PARTNER = "partner"
_FOR = "for"
_EXAMPLE = "recipients.example.csv"
COLUMNS = ["recipient_id", "name", "address", "audience", "language", _FOR]
LANGUAGES = ("ro", "en")

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Recipient:
    """One person or office that gets one audience's editions, in one language.

    for_id names the funder or partner whose editions these are; None: all of the audience's.
    """

    recipient_id: str
    name: str
    address: str
    audience: str
    language: str
    for_id: str | None = None

    @property
    def speaks(self) -> Language:
        """The language as words are chosen by it; Romanian where the row says nothing known."""
        return "en" if self.language == "en" else "ro"


def recipients(path: Path, audience: str, wanted_for: str | None = None) -> list[Recipient]:
    """Who gets the editions of one audience, in the order of the file; empty when nobody does.

    With wanted_for only those who read what is for this funder or partner: a funder's report is
    nobody else's mail.

    Raises CatalogueError, naming file, row and remedy, for the first row of any audience that
    cannot be used: a typing mistake must not leave somebody out in silence.
    """
    found: list[Recipient] = []
    seen: dict[tuple[str, ...], list[tuple[str | None, int]]] = {}
    for number, recipient in _rows(path):
        for column, is_right, remedy in _claims(recipient):
            if not is_right:
                raise refuse(path, number, f"{column} {remedy}.")
        audience_of, address = recipient.audience, recipient.address.lower()
        for key in (
            (audience_of, recipient.recipient_id),
            (audience_of, recipient.language, address),
        ):
            # Who reads all of an audience's editions would get this one twice.
            for for_id, row in seen.setdefault(key, []):
                if for_id == recipient.for_id or None in (for_id, recipient.for_id):
                    what = f"the same recipient stands in row {row} already. Keep one."
                    raise refuse(path, number, what)
            seen[key].append((recipient.for_id, number))
        if _is_meant(recipient, audience, wanted_for):
            found.append(recipient)
    return found


def reachable(path: Path, audience: str, wanted_for: str | None = None) -> list[Recipient]:
    """Those of the audience whose own rows can be used, whatever is wrong with other rows.

    For a mail that is planned already, and for the operator, who is told of the wrong rows.
    """
    return [
        recipient
        for _, recipient in _rows(path)
        if _is_meant(recipient, audience, wanted_for)
        and all(is_right for _, is_right, _ in _claims(recipient))
    ]


def _rows(path: Path) -> Iterator[tuple[int, Recipient]]:
    for number, row in read_rows(path, COLUMNS, may_lack=_FOR):
        for_id = row.pop(_FOR) or None
        yield number, Recipient(**row, for_id=for_id)


def _is_meant(recipient: Recipient, audience: str, wanted_for: str | None) -> bool:
    is_theirs = wanted_for is None or recipient.for_id in (None, wanted_for)
    return recipient.audience == audience and is_theirs


def of_partners(path: Path) -> dict[str, list[Recipient]]:
    """Who gets what is for a partner, by the partner's id; a partner without an address is not in.

    A row of this audience that names no partner reads nothing: one partner's mail is nobody
    else's. Raises CatalogueError as recipients does.
    """
    return _by_partner(recipients(path, PARTNER))


def reachable_of_partners(path: Path) -> dict[str, list[Recipient]]:
    """Of the same, those whose own rows can be used; nobody when the file cannot be read."""
    try:
        return _by_partner(reachable(path, PARTNER))
    except CatalogueError:
        return {}


def _by_partner(readers: Iterable[Recipient]) -> dict[str, list[Recipient]]:
    found: dict[str, list[Recipient]] = {}
    for one in readers:
        if one.for_id is not None:
            found.setdefault(one.for_id, []).append(one)
    return found


def named(readers: Iterable[Recipient], recipient_id: str, path: Path) -> Recipient:
    """The reader of this id.

    Raises NotNeededError when the list names nobody so any more: who left it wants no mail.
    Raises CatalogueError when it does, in a row that cannot be used or that is for others, and
    when it names nobody at all, for then the list is gone and not the reader.
    """
    for one in readers:
        if one.recipient_id == recipient_id:
            return one
    ids = {one.recipient_id for _, one in _rows(path)}
    # The example stands in for a list that is gone, and says nothing of who left it.
    if ids and recipient_id not in ids and path.name != _EXAMPLE:
        msg = f"{path.name} names {recipient_id} no more"
        raise NotNeededError(msg)
    msg = f"The row of {recipient_id} in {path.name} cannot be used for this mail. Correct it."
    raise CatalogueError(msg)


def _claims(recipient: Recipient) -> list[tuple[str, bool, str]]:
    """What must hold of a row, and the remedy. Addresses are not repeated: messages get logged."""
    is_id = _ID.fullmatch(recipient.recipient_id) is not None
    is_name = not CONTROLS.search(recipient.name) and "=?" not in recipient.name
    return [
        ("recipient_id", is_id, "is no id. Write letters, digits, - and _, such as city-hall"),
        ("name", is_name, "has a line break, a control sign or =? in it. Write the name alone"),
        ("address", is_address(recipient.address), "is no e-mail address. Write ana@example.org"),
        ("audience", bool(recipient.audience), "is blank. Write an audience, such as team"),
        ("language", recipient.language in LANGUAGES, "is not known. Write ro or en"),
    ]
