"""The file or files in which one partner reports about one quarter, and when each arrives."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from flows.steps.catalogue.rows import Row
from flows.steps.demonstration.papers import Told, paper
from flows.steps.demonstration.plan import Plan, Quarter, Sending, Where
from flows.steps.demonstration.workbook import Line, Paper, Typed


def send(rng: Random, plan: Plan, told: Told, projects: Sequence[Row]) -> Iterator[Sending]:
    """What a partner sends about one quarter; more than one file where something goes wrong."""
    where = (told.partner["partner_id"], told.quarter.period_id)
    good = paper(rng, plan, told, projects)
    name = f"{where[0]}_{where[1]}"
    is_late = where in plan.late
    first_at = _arrival(rng, told.quarter, is_late=is_late, is_early=where in plan.refused)
    plain = Sending(*where, f"{name}.xlsx", first_at, "raport", good)
    if where in plan.refused:
        yield replace(plain, note=plan.refused[where], paper=_refusable(plan, where, good))
        again_at = first_at + timedelta(days=3, hours=2)
        yield replace(
            plain, file_name=f"{name}_v2.xlsx", received_at=again_at, note="trimis din nou"
        )
    elif where in plan.broken:
        yield from _broken(plan, where, plain, good)
    elif where in plan.corrected:
        yield plain
        corrected = plan.corrected[where]
        final = _counted_again(_correction(good, corrected.reason), corrected.added)
        at = corrected.received_at
        yield replace(
            plain, file_name=f"{name}_corectie.xlsx", received_at=at, note="corecție", paper=final
        )
    elif where in plan.sent_twice:
        yield plain
        at = first_at + timedelta(days=3, minutes=41)
        twice = replace(plain, paper=None, same_as=plain.file_name, received_at=at)
        yield replace(twice, file_name=f"{name} (1).xlsx", note="același fișier, a doua oară")
    else:
        yield replace(plain, note="raport întârziat") if is_late else plain


def at_hour(day: date, days: int, hour: int, minute: int = 0) -> datetime:
    """So many days after a day, at an hour (UTC)."""
    return datetime.combine(day + timedelta(days=days), time(hour, minute), UTC)


def _broken(plan: Plan, where: Where, plain: Sending, good: Paper) -> Iterator[Sending]:
    broken = plan.broken[where]
    lines = list(good.sheets["activitati"])
    found = next(
        number
        for number, line in enumerate(lines)
        if line.values["status"] == "delivered"
        and (line.values["activity_id"] == "ACT-90") == (not broken.is_mended)
        and (not broken.is_mended or line.values["format"] == broken.format)
        and broken.month in (None, line.values["start_date"].month)
    )
    typed = None if broken.typed is None else Typed(broken.typed)
    wrong = {**lines[found].values, broken.field: typed}
    lines[found] = Line(wrong, broken.what)
    first = replace(good, sheets={**good.sheets, "activitati": lines})
    yield replace(plain, paper=first, note=f"raport cu o greșeală: {broken.what}")
    if broken.is_mended:
        name = plain.file_name.replace(".xlsx", "_corectie.xlsx")
        at = plain.received_at + timedelta(days=4, hours=1)
        mended = _correction(good, "Am îndreptat rândul semnalat.")
        yield replace(plain, file_name=name, received_at=at, note="corecție", paper=mended)


def _refusable(plan: Plan, where: Where, good: Paper) -> Paper | None:
    """The same report in a file that cannot be taken; None for one that is no workbook."""
    what = plan.refused[where]
    if what == "imagine redenumită":
        return None
    if what == "codul altui partener":
        others = sorted({partner for partner, _ in plan.refused} - {where[0]})
        return replace(good, answers={**good.answers, "partner_id": others[0]}, refusal=what)
    return replace(good, is_own_table=True, refusal=what)


def _correction(good: Paper, reason: str) -> Paper:
    kind = {"submission_kind": "correction", "correction_reason": reason}
    return replace(good, answers={**good.answers, **kind})


def _counted_again(good: Paper, added: int) -> Paper:
    """The report with the final count of its first in-person activity."""
    lines = list(good.sheets["activitati"])
    number = next(n for n, line in enumerate(lines) if line.values.get("attendance_in_person"))
    visits = lines[number].values["attendance_in_person"] + added
    lines[number] = Line({**lines[number].values, "attendance_in_person": visits})
    return replace(good, sheets={**good.sheets, "activitati": lines})


def _arrival(rng: Random, quarter: Quarter, *, is_late: bool, is_early: bool) -> datetime:
    days = (
        rng.randint(2, 8) if is_late else -rng.randint(9, 12) if is_early else -rng.randint(0, 12)
    )
    return at_hour(quarter.due_on, days, rng.randint(6, 15), rng.randint(0, 59))
