"""The demonstration: a year of a made-up programme, as it came in, and the night after it."""

import shutil
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Protocol

from flows.steps import archive, demonstration, durable, night, periods, submissions
from flows.steps.durable import only_writer
from flows.steps.errors import OperatorError
from flows.steps.night import NIGHT, Night
from flows.steps.progress import Progress
from flows.steps.settings import Settings

_MARK = "DEMONSTRATION.txt"
_MARK_TEXT = (
    "Everything in this folder is made up. `reper demo` replaces the whole folder.\n"
    "Tot ce este în acest dosar este inventat. `reper demo` înlocuiește tot dosarul.\n"
)


class Steps(Protocol):
    """Shows a step: gives its progress, and is told at its end what it did."""

    def __call__(self, step: str, said: str | None = None) -> Progress:
        """Name a step, or end it with what it said."""


def run(settings: Settings, steps: Steps) -> Night:
    """Replay the year into a fresh home, then run one night in it, at the night of the story.

    Raises OperatorError when the home holds anything that is not a demonstration.
    """
    programme_id = settings.programme_id
    # Whatever is set, a story is neither mailed nor written into a real ledger.
    now = demonstration.DEMONSTRATION_NOW[programme_id]
    settings = replace(settings, now=now, smtp_url=None, ledger=None)
    _fresh(settings.home)
    samples = settings.data / "samples" / programme_id
    shutil.rmtree(samples, ignore_errors=True)
    deliveries = demonstration.write_samples(programme_id, samples, steps("samples"))
    steps("samples", f"{len(deliveries)} workbooks in {samples}")
    with only_writer(settings.lock):
        # The book begins on the day of the first delivery, as it did in the story.
        opened = night.begin(replace(settings, now=deliveries[0].received_at))
        opened.settings = settings
        _replay(opened, deliveries, steps("year"))
        steps("year", f"received, as it was sent, until {periods.local_date(settings.now)}")
        for step in NIGHT:
            opened.progress = steps(step.__name__)
            steps(step.__name__, step(opened))
    return opened


def made(opened: Night) -> dict[str, list[str]]:
    """What there is to look at: PDFs, mails, what goes back to partners, and the samples."""
    settings = opened.settings
    return {
        "Reports": [str(settings.published / e.path / "report.pdf") for e in opened.editions],
        "Mails": sorted(str(path) for path in settings.outbox.glob("*.eml")),
        "Returned to partners": sorted(str(p) for p in settings.returned.glob("*/*/*.xlsx")),
        "Made-up workbooks": [str(settings.data / "samples" / settings.programme_id)],
    }


def _fresh(home: Path) -> None:
    if home.exists() and any(home.iterdir()):
        if not (home / _MARK).exists():
            msg = (
                f"{home} holds something that is not a demonstration, so nothing was touched. "
                "Name another folder with --home."
            )
            raise OperatorError(msg)
        shutil.rmtree(home)
    durable.write(home / _MARK, _MARK_TEXT.encode())


def _replay(opened: Night, deliveries: list[demonstration.Delivery], progress: Progress) -> None:
    """Everything happens on the day on which it happened, so that late stays late."""
    settings, ledger = opened.settings, opened.ledger
    partners = opened.catalogue.partner_ids()
    excuses = sorted(demonstration.excuses(settings.programme_id), key=lambda e: e.at)
    done = 0
    for received_at, group in groupby(deliveries, key=lambda delivery: delivery.received_at):
        while excuses and excuses[0].at <= received_at:
            one = excuses.pop(0)
            submissions.excuse(ledger, one.partner_id, one.period_id, one.reason, one.at)
        for delivery in group:
            folder = settings.inbox / delivery.partner_id
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(delivery.path, folder / delivery.file_name)
            done += 1
        archive.receive(settings.inbox, settings.archive, ledger, partners, received_at)
        progress(done, len(deliveries))
    for one in excuses:
        submissions.excuse(ledger, one.partner_id, one.period_id, one.reason, one.at)
