"""The facts of a public report: of all facts, those that everybody may read."""

from dataclasses import replace

from flows.steps.publishing.facts.asking import Figures
from reports.model import Facts, Figure, OpenCall, OpenCalls, PartnerLine, Quality


def for_everybody(facts: Facts, book: Figures) -> Facts:
    """The facts of a public report: those named here, and nothing that is added elsewhere.

    Open calls have the numbers of their figures and stand by name, since their order by size
    would say what is hidden. That reports are missing is said; whose they are is not. How partners
    filled in the form, and what they owe next, is between them and the team.
    """
    calls = [_as_disclosed(call, book) for call in facts.calls.calls]
    return Facts(
        edition=replace(facts.edition, previous=None),
        indicators=facts.indicators,
        calendar=facts.calendar,
        calls=OpenCalls(
            calls=tuple(sorted(calls, key=lambda call: (call.title, call.call_id))),
            applicants=facts.calls.applicants,
            eligible=None,
            selected=facts.calls.selected,
            rate=facts.calls.rate,
            target=facts.calls.target,
            applications=facts.calls.applications,
            applications_selected=facts.calls.applications_selected,
        ),
        aims=facts.aims,
        reporting=replace(
            facts.reporting,
            partners=tuple(PartnerLine("", "", p.states, 0) for p in facts.reporting.partners),
        ),
        quality=Quality(0, 0, (), 0, (), ()),
        definitions=facts.definitions,
        deadlines=(),
        coproductions=replace(facts.coproductions, pairs_waiting=None),
    )


def _as_disclosed(call: OpenCall, book: Figures) -> OpenCall:
    applied, selected = (
        book(indicator_id, "applicants", "call", call.call_id)
        for indicator_id in ("IND33", "IND34")
    )
    return OpenCall(
        call_id=call.call_id,
        title=call.title,
        programme=call.programme,
        is_in_situ=call.is_in_situ,
        applications=None,
        applicants=_whole_number(applied),
        eligible=None,
        applicants_selected=_whole_number(selected),
        is_suppressed=any(one is not None and one.is_suppressed for one in (applied, selected)),
    )


def _whole_number(figure: Figure | None) -> int | None:
    return None if figure is None or figure.value is None else int(figure.value)
