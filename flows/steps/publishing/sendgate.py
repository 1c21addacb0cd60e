"""The send gate: what must be right before an edition may go to its readers.

Each doubt says what is wrong and which step lifts it, in both languages. The limits are the
programme's own, in programme.csv. What is found here holds an edition; it never drops one.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from flows.steps import periods
from flows.steps.catalogue import Catalogue
from flows.steps.failures import BEFORE_FIGURES, Failure
from flows.steps.indicators import OF_EDITIONS
from reports.locale import Locale
from reports.model import Language, Text
from reports.words import ACTIVITY, Noun

# The team reads its report to find out what is not stated; others would take it for a result.
_OWN_HOUSE = frozenset({"team", "operator"})
_MOVES_NAMED = 5
FAILED = "run_failed"
_STEPS = {
    "receive": Text("primirea fișierelor", "receiving the files"),
    "read": Text("citirea fișierelor", "reading the files"),
    "check": Text("verificarea rândurilor", "checking the rows"),
    "build": Text("calculul indicatorilor", "computing the indicators"),
    "publish": Text("publicarea rapoartelor", "publishing the reports"),
}
_DAY = Noun(Text("zi", "day"), Text("zile", "days"))
_REPORT = Noun(Text("raport", "report"), Text("rapoarte", "reports"))
_PROBLEM = Noun(Text("problemă", "problem"), Text("probleme", "problems"))

Figures = Iterable[dict[str, Any]]


@dataclass(frozen=True)
class Doubt:
    """One reason to hold an edition, and the step that lifts it. cause is a word for programs.

    cause is run_failed, stale, coverage, not_stated, moved, pdf, or officer.
    """

    cause: str
    reason_ro: str
    reason_en: str
    step_ro: str
    step_en: str

    def of(self, edition: str) -> "Doubt":
        """The same about one edition: its step names it, so that the command can be copied."""
        return replace(
            self,
            step_ro=self.step_ro.replace("EDIȚIE", edition),
            step_en=self.step_en.replace("EDITION", edition),
        )

    def as_json(self) -> dict[str, str]:
        """The same, as the ledger keeps it."""
        return asdict(self)


@dataclass(frozen=True)
class Candidate:
    """What is about to become an edition.

    received_on is when the last submission came.
    earlier are the figures of the edition about the same period that went out last; None when
    there is none. problems are what reading the finished PDF found. note says why totals moved.
    failed are the steps of runs that nothing has made good since.
    """

    audience: str
    received_on: date
    figures: Sequence[dict[str, Any]]
    earlier: Sequence[dict[str, Any]] | None
    problems: Sequence[Text]
    note: str | None = None
    failed: Sequence[Failure] = ()


def doubts(candidate: Candidate, catalogue: Catalogue, today: date) -> list[Doubt]:
    """All reasons to hold it, the gravest first; none when it may go its way."""
    found = [
        *_broken(candidate.problems),
        *failed(candidate.failed),
        *stale(candidate.received_on, catalogue.programme.oldest_data_days, today),
        *_uncovered(candidate.figures, catalogue.programme.coverage_floor),
        *_moved(candidate, catalogue),
    ]
    if candidate.audience not in _OWN_HOUSE:
        found += _unstated(candidate.figures, catalogue.programme.not_stated_hold_share)
    return found


def failed(found: Iterable[Failure], steps: Sequence[str] = BEFORE_FIGURES) -> list[Doubt]:
    """A doubt when one of these steps stopped a run and has not gone well since."""
    counting = [failure for failure in found if failure.step in steps]
    if not counting:
        return []
    last = counting[-1]
    return [
        _doubt(
            FAILED,
            Text(
                "Ultima rulare s-a oprit pe {day} la {step}, iar cifrele pot fi incomplete.",
                "The last run stopped on {day} at {step}, so the figures may be incomplete.",
            ),
            Text(
                "Administratorul știe cauza; după remediere rulați din nou reper nightly și "
                "publicați din nou.",
                "The operator knows the cause; once it is mended, run reper nightly again and "
                "publish again.",
            ),
            lambda locale: {
                "day": locale.day(periods.local_date(last.at)),
                "step": locale.say(_STEPS[last.step]),
            },
        )
    ]


def stale(received_on: date, oldest_days: int, today: date) -> list[Doubt]:
    """A doubt when the last submission is older than the programme allows."""
    age = (today - received_on).days
    if age <= oldest_days:
        return []
    return [
        _doubt(
            "stale",
            Text(
                "Datele sunt vechi: ultima raportare a venit pe {day}, acum {age}; se admit cel "
                "mult {limit}.",
                "The data are old: the last submission came on {day}, {age} ago; at most {limit} "
                "are allowed.",
            ),
            Text(
                "Cereți partenerilor raportările care lipsesc și publicați din nou.",
                "Ask the partners for what is missing and publish again.",
            ),
            lambda locale: {
                "day": locale.day(received_on),
                "age": locale.counted(age, _DAY),
                "limit": locale.counted(oldest_days, _DAY),
            },
        )
    ]


def damage(folder: Path) -> list[Doubt]:
    """A doubt when an edition's frozen PDF is not the one that was published, or does not open."""
    problem = _problem_of(folder)
    if problem is None:
        return []
    step = Text(
        "Refaceți dosarul ediției din copia de siguranță.",
        "Restore the edition's folder from the backup.",
    )
    return [_doubt("pdf", problem, step, lambda _: {"file": str(folder / "report.pdf")})]


def by_officer(reason: str) -> Doubt:
    """The doubt of an officer, in the officer's own words."""
    return Doubt("officer", reason, reason, _RELEASE.ro, _RELEASE.en)


_RELEASE = Text(
    "Când motivul nu mai stă în picioare, dați-i drumul, cu motivul, în pagina rulării sau prin "
    "comanda reper release EDIȚIE --reason …",
    "Once the reason no longer holds, release it with a reason, on the run's page or by the "
    "command reper release EDITION --reason …",
)
_OR_RELEASE = Text(
    " Dacă ediția este bună așa, dați-i drumul, cu motivul, în pagina rulării sau prin comanda "
    "reper release EDIȚIE --reason …",
    " If the edition is good as it is, release it with the reason, on the run's page or by the "
    "command reper release EDITION --reason …",
)


def _broken(problems: Sequence[Text]) -> Iterator[Doubt]:
    if problems:
        yield _doubt(
            "pdf",
            Text(
                "PDF-ul terminat are {problems}: {said}",
                "The finished PDF has {problems}: {said}",
            ),
            Text(
                "Spuneți administratorului; după remediere publicați din nou.",
                "Tell the operator; once it is mended, publish again.",
            ),
            lambda locale: {
                "problems": locale.counted(len(problems), _PROBLEM),
                "said": " ".join(locale.say(one) for one in problems[:_MOVES_NAMED]),
            },
        )


def _uncovered(figures: Figures, floor: float) -> Iterator[Doubt]:
    counted = next((row for row in figures if row["due"]), None)
    if counted is None or counted["reported"] / counted["due"] >= floor:
        return
    yield _doubt(
        "coverage",
        Text(
            "De la parteneri au venit {reported} din {due} ({share}); pragul este {floor}.",
            "From the partners {reported} of {due} have come ({share}); the floor is {floor}.",
        ),
        Text(
            "Reamintiți partenerilor care lipsesc și publicați din nou când au raportat.",
            "Remind the partners that are missing, and publish again when they have reported.",
        ),
        lambda locale: {
            "reported": locale.plain(counted["reported"]),
            "due": locale.counted(counted["due"], _REPORT),
            "share": locale.ratio(counted["reported"], counted["due"]),
            "floor": locale.percent(floor),
        },
    )


def _unstated(figures: Figures, limit: float) -> Iterator[Doubt]:
    wanted = ("Q04", "share", "field", "format")
    key = ("indicator_id", "measure", "dimension", "category")
    row = next((one for one in figures if tuple(one[name] for name in key) == wanted), None)
    if row is None or not row["denominator"] or row["numerator"] / row["denominator"] <= limit:
        return
    yield _doubt(
        "not_stated",
        Text(
            "Formatul este neprecizat la {part} din {whole} ({share}); se admit cel mult {limit}.",
            "The format of {part} of {whole} is not stated ({share}); at most {limit} is allowed.",
        ),
        Text(
            "Cereți partenerilor formatul activităților și publicați din nou.",
            "Ask the partners for the format of their activities, and publish again.",
        ),
        lambda locale: {
            "part": locale.plain(row["numerator"]),
            "whole": locale.counted(row["denominator"], ACTIVITY),
            "share": locale.ratio(row["numerator"], row["denominator"]),
            "limit": locale.percent(limit),
        },
    )


def _moved(candidate: Candidate, catalogue: Catalogue) -> Iterator[Doubt]:
    if candidate.note or candidate.earlier is None:
        return
    limit = catalogue.programme.largest_move_share
    before, now = _totals(candidate.earlier), _totals(candidate.figures)
    moves = [
        (key, before[key], now.get(key))
        for key in before
        if _has_moved(before[key], now.get(key), limit)
    ]
    if not moves:
        return
    names = {(row["indicator_id"], row["measure"]): row for row in catalogue["indicators"]}

    def said(locale: Locale) -> dict[str, str]:
        lines = [
            f"{names[key][f'name_{locale.language}']} {_printed(old, locale)} → "
            f"{_printed(new, locale)}"
            for key, old, new in moves[:_MOVES_NAMED]
            if key in names
        ]
        rest = f" (+{len(moves) - len(lines)})" if len(moves) > len(lines) else ""
        return {"limit": locale.percent(limit), "moves": "; ".join(lines) + rest}

    yield _doubt(
        "moved",
        Text(
            "Față de ediția trimisă înainte, unele totaluri s-au schimbat cu mai mult de {limit}, "
            "fără o notă: {moves}.",
            "Since the edition that was sent before, some totals moved by more than {limit}, "
            "without a note: {moves}.",
        ),
        Text(
            "Aflați de ce s-au schimbat și publicați din nou, cu o notă.",
            "Find out why they moved, and publish again with a note.",
        ),
        said,
    )


def _totals(figures: Figures) -> dict[tuple[str, str | None], dict[str, Any]]:
    return {
        (row["indicator_id"], row["measure"]): row
        for row in figures
        if row["dimension"] is None
        and row["source"] == "computed"
        and row["indicator_id"] not in OF_EDITIONS
    }


def _has_moved(old: dict[str, Any], new: dict[str, Any] | None, limit: float) -> bool:
    """By more than a share of what it was; a per cent figure by more than so many points."""
    was, is_now = _size(old), _size(new)
    if was is None:
        return False
    if is_now is None:
        return True
    return abs(is_now - was) > limit * (1 if old["unit"] == "share" else abs(was))


def _size(row: dict[str, Any] | None) -> float | None:
    """One number for a figure: where only "between" is known, what is known for sure."""
    if row is None or row["precision"] == "no_data":
        return None
    return row["value"] if row["value"] is not None else row["low"]


def _printed(row: dict[str, Any] | None, locale: Locale) -> str:
    size = _size(row)
    is_share = row is not None and row["unit"] == "share"
    return locale.percent(size) if is_share else locale.plain(size)


def _problem_of(folder: Path) -> Text | None:
    # Opening a PDF loads a library; a command that opens none should not wait for it.
    import pypdfium2

    try:
        pdf = (folder / "report.pdf").read_bytes()
        frozen = json.loads((folder / "figures.json").read_text("utf-8"))
    except (OSError, ValueError):
        return Text("Fișierul {file} nu poate fi citit.", "The file {file} cannot be read.")
    if hashlib.sha256(pdf).hexdigest() != frozen.get("pdf_sha256"):
        return Text(
            "Fișierul {file} nu este cel publicat.",
            "The file {file} is not the one that was published.",
        )
    try:
        pypdfium2.PdfDocument(pdf).close()
    except pypdfium2.PdfiumError:
        return Text("Fișierul {file} nu se deschide.", "The file {file} does not open.")
    return None


def _doubt(
    cause: str, reason: Text, step: Text, parts: Callable[[Locale], dict[str, str]]
) -> Doubt:
    def in_(language: Language) -> str:
        locale = Locale(language)
        return locale.say(reason, **parts(locale))

    return Doubt(
        cause=cause,
        reason_ro=in_("ro"),
        reason_en=in_("en"),
        step_ro=step.ro + _OR_RELEASE.ro,
        step_en=step.en + _OR_RELEASE.en,
    )
