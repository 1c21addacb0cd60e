"""A programme that could have been: made-up workbooks, as partners would send them.

The figures that they lead to are fixed (see the two stories), the people and partners are
invented, and each workbook says so. A seed makes each run tell the same story.
"""

import csv
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from flows.steps import catalogue
from flows.steps.demonstration import bucharest, timisoara
from flows.steps.demonstration.plan import Excuse, Sending, Story
from flows.steps.demonstration.workbook import Blank, Mistake, write
from flows.steps.errors import UsageError
from flows.steps.progress import Progress, silent
from flows.steps.settings import CHECKOUT

_STORIES = {"timisoara2023": timisoara.story, "bucharest2021": bucharest.story}
# The night after the year was presented: five in the morning, Romanian winter time.
_NIGHT = datetime(2021, 2, 26, 5, tzinfo=timezone(timedelta(hours=2)))
DEMONSTRATION_NOW = dict.fromkeys(_STORIES, _NIGHT)
_NO_WORKBOOK = (
    b"\x89PNG\r\n\x1a\n" + b"A picture that was renamed, made up for the demonstration.\n" * 9
)


@dataclass(frozen=True)
class Delivery:
    """One file as it came in: from whom, when (UTC), under which name, and why it is in the story.

    mistakes are the rows, or the whole file, that a partner got wrong; no figure needs them.
    """

    path: Path
    file_name: str
    partner_id: str
    period_id: str
    received_at: datetime
    note: str
    mistakes: tuple[Mistake, ...] = ()


def write_samples(programme_id: str, folder: Path, progress: Progress = silent) -> list[Delivery]:
    """Write all that partners sent to folder/<partner_id>/ and return it in the order it came.

    progress is told how many of how many files are written. Raises UsageError for a programme
    without a demonstration.
    """
    sendings = _tell(programme_id).sendings
    blank = Blank.of(_tables(programme_id))
    deliveries: list[Delivery] = []
    for number, sending in enumerate(sendings, start=1):
        path = folder / sending.partner_id / sending.file_name
        path.parent.mkdir(parents=True, exist_ok=True)
        mistakes = _put(path, sending, blank, deliveries)
        deliveries.append(
            Delivery(
                path=path,
                file_name=sending.file_name,
                partner_id=sending.partner_id,
                period_id=sending.period_id,
                received_at=sending.received_at,
                note=sending.note,
                mistakes=tuple(mistakes),
            )
        )
        progress(number, len(sendings))
    return deliveries


def excuses(programme_id: str) -> tuple[Excuse, ...]:
    """What officers decided in the story: who need not report about which period, and why."""
    return _tell(programme_id).excuses


def write_manifest(deliveries: list[Delivery], folder: Path) -> None:
    """Say beside the workbooks what was sent (deliveries.csv) and what is wrong (mistakes.csv)."""
    _write_csv(
        folder / "deliveries.csv",
        ("file", "partner_id", "period_id", "received_at", "note"),
        (
            (_place(d, folder), d.partner_id, d.period_id, d.received_at.isoformat(), d.note)
            for d in deliveries
        ),
    )
    _write_csv(
        folder / "mistakes.csv",
        ("file", "sheet", "row", "what"),
        ((_place(d, folder), m.sheet, m.row, m.what) for d in deliveries for m in d.mistakes),
    )


def _put(path: Path, sending: Sending, blank: Blank, sent: list[Delivery]) -> list[Mistake]:
    if sending.same_as is not None:
        first = next(delivery.path for delivery in sent if delivery.file_name == sending.same_as)
        shutil.copyfile(first, path)
        return []
    if sending.paper is None:
        path.write_bytes(_NO_WORKBOOK)
        return [Mistake("", None, sending.note)]
    return write(path, sending.paper, blank, sending.received_at.date())


def _tell(programme_id: str) -> Story:
    if programme_id not in _STORIES:
        msg = f"{programme_id} has no demonstration. Choose one of: {', '.join(sorted(_STORIES))}."
        raise UsageError(msg)
    return _STORIES[programme_id](_tables(programme_id))


def _tables(programme_id: str) -> catalogue.Catalogue:
    folder = CHECKOUT / "data" / "programmes" / programme_id
    return catalogue.load(CHECKOUT / "data" / "catalogue", folder)


def _place(delivery: Delivery, folder: Path) -> str:
    return delivery.path.relative_to(folder).as_posix()


def _write_csv(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
