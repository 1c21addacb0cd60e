"""What a partner is asked to put right, taken apart: where, what is wrong, what to do.

The sentences are those of the findings; nothing is added to them. People's addresses, which may
have slipped into any cell, are left out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flows.steps.checking.findings import Finding, Severity
from flows.steps.reading.form import NEVER_KEPT
from reports.locale import capitalised
from reports.model import Language, Text

SEVERITIES: tuple[Severity, ...] = ("stop", "reject", "warn")
MEANINGS = {
    "stop": Text("Fișierul nu este preluat încă", "The file is not taken in yet"),
    "reject": Text("Rândul nu intră încă în calcul", "The row does not count yet"),
    "warn": Text("De verificat", "Please check"),
}
_WHOLE_FILE = Text("Tot fișierul", "The whole file")
_ROW = Text("rândul {row}", "row {row}")
_BLANK = Text("(celulă goală)", "(blank cell)")
_KEPT_BACK = Text("(nu se arată)", "(not shown)")
_ADDRESS = re.compile(r"[^\s„“”\"'(]*@[^\s„“”\"')]*")
_OPENING, _CLOSING = "„“", "”"


@dataclass(frozen=True)
class Correction:
    """One finding in one language. place is empty of the sentence, the sentence of the place.

    Together problem and remedy are the sentence; remedy is empty when it is not told apart.
    """

    place: str
    value: str
    meaning: str
    problem: str
    remedy: str

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, without the place."""
        return f"{self.problem} {self.remedy}".strip()


def correction(finding: Finding, language: Language) -> Correction:
    """A finding taken apart."""
    message = finding.message_ro if language == "ro" else finding.message_en
    message = _without_addresses(finding, message, language)
    place, sentence = _parted(finding, message, language)
    problem, remedy = _problem_and_remedy(sentence)
    return Correction(
        place,
        _value(finding, language),
        MEANINGS[finding.severity].in_(language),
        capitalised(problem),
        capitalised(remedy),
    )


def short_place(finding: Finding, language: Language) -> str:
    """Sheet and cell, or as much of them as is known."""
    if finding.sheet is None:
        return _WHOLE_FILE.in_(language)
    if finding.row is None:
        return finding.sheet
    where = finding.cell or _ROW.in_(language).format(row=finding.row)
    return f"{finding.sheet}, {where}"


def by_rule(found: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """Findings by their rule: the gravest first, then those with most places."""
    groups: dict[tuple[str, Severity], list[Finding]] = {}
    for finding in found:
        groups.setdefault((finding.rule, finding.severity), []).append(finding)
    order = sorted(
        groups.items(),
        key=lambda group: (SEVERITIES.index(group[0][1]), -len(group[1])),
    )
    return [(rule, group) for (rule, _), group in order]


def _parted(finding: Finding, message: str, language: Language) -> tuple[str, str]:
    """The place, and the sentence after it. Sheets and labels stand in quotes before the colon."""
    if finding.sheet is None:
        return _WHOLE_FILE.in_(language), message
    start = message.find(finding.sheet) + len(finding.sheet)
    place, colon, sentence = message[start:].partition(": ")
    return (message[:start] + place, sentence) if colon else ("", message)


def _problem_and_remedy(sentence: str) -> tuple[str, str]:
    """Parted after the first sentence; a full stop inside quotes ends none."""
    depth = 0
    for position, letter in enumerate(sentence):
        if letter in _OPENING:
            depth += 1
        elif letter in _CLOSING:
            depth = max(0, depth - 1)
        elif letter == "." and depth == 0 and sentence[position + 1 : position + 2] == " ":
            return sentence[: position + 1], sentence[position + 2 :]
    return sentence, ""


def _value(finding: Finding, language: Language) -> str:
    if finding.column in NEVER_KEPT:
        return _KEPT_BACK.in_(language)
    if finding.value is None:
        return _BLANK.in_(language) if finding.cell else "–"
    return _without_addresses(finding, finding.value, language)


def _without_addresses(finding: Finding, words: str, language: Language) -> str:
    # An address in a sentence about a cell that holds none is our own example.
    if finding.value is None or "@" not in finding.value:
        return words
    return _ADDRESS.sub(_KEPT_BACK.in_(language), words)
