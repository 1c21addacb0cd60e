"""What the form says about a question before it is answered.

When it is needed and what is allowed come from the rules and sentences of the checks, so the form
never asks for something else than is checked later.
"""

from collections.abc import Sequence
from functools import cached_property

from openpyxl.comments import Comment

from flows.steps.catalogue.rows import Row
from flows.steps.checking import rules
from flows.steps.checking.findings import CheckedFile
from flows.steps.checking.wording import Place, Wording
from flows.steps.template import look, texts
from flows.steps.template.occasion import Occasion
from reports.model import Text
from reports.words import Noun

_LETTERS = Noun(Text("caracter", "character"), Text("caractere", "characters"))
# What the reader itself says of answers that never leave it.
_OF_THE_READER = {
    "contact_name": "no_contact",
    "contact_email": "no_contact",
    "person_email": "no_email",
}
_NOTE_WIDTH = 340
_NOTE_LETTERS = 50.0
_NOTE_LINE = 17


class Notes:
    """Puts into words what a question asks for; one for each workbook."""

    def __init__(self, occasion: Occasion) -> None:
        self._occasion = occasion
        self._wording = Wording(occasion.catalogue)
        self._sender = CheckedFile("", occasion.partner["partner_id"], {"sheets": {}})

    def header(self, asked: Row) -> str:
        """All that is to be said of a question, one thing a line."""
        lines = [self._occasion.label(asked, "help") or "", self.when(asked)]
        if asked["type"] == "multi":
            lines.append(self._occasion.say(texts.SEVERAL))
        lines += [*self._limits(asked), self.remedy(asked)]
        return "\n".join(filter(None, lines))

    def beside(self, asked: Row) -> str:
        """The same in one piece; the star of the label says what must always be answered."""
        when = "" if asked["required"] == "always" else self.when(asked)
        parts = (self._occasion.label(asked, "help"), when, self.remedy(asked))
        return " ".join(filter(None, parts))

    def when(self, asked: Row) -> str:
        """Whether the question must be answered."""
        required = asked["required"]
        fixed = {"always": texts.ALWAYS, "expected": texts.EXPECTED, "no": texts.OPTIONAL}
        if required in fixed:
            return self._occasion.say(fixed[required])
        condition = self._conditions[required]
        return self._occasion.say(texts.WHEN, condition=self._occasion.label(condition, "words"))

    def remedy(self, asked: Row) -> str:
        """What to write, in the words in which the check would ask for it, with an example."""
        rule = self._rule(asked)
        if rule is not None:
            said = self._said(rule, asked)
            if said:
                return said
        example = (asked["example"] or "").rstrip(".")
        return self._occasion.say(texts.FOR_EXAMPLE, example=example) if example else ""

    def short(self, asked: Row, letters: int) -> str:
        """The remedy within so many letters: whole sentences, the last ones."""
        sentences = self.remedy(asked).split(". ")
        while len(". ".join(sentences)) > letters and len(sentences) > 1:
            del sentences[0]
        text = ". ".join(sentences)
        return text if len(text) <= letters else text[: letters - 1] + "…"

    def _rule(self, asked: Row) -> str | None:
        if asked["field"] in _OF_THE_READER:
            return _OF_THE_READER[asked["field"]]
        return self._understanding.get((asked["sheet"], asked["field"]))

    def _said(self, rule: str, asked: Row) -> str:
        """The check's sentence without its beginning, which is about what was found."""
        place = Place(asked["sheet"], None, None, asked["field"], None)
        found = self._wording.finding(self._sender, place, rule, "", {})
        message = found.message_ro if self._occasion.language == "ro" else found.message_en
        return message.partition(". ")[2]

    def _limits(self, asked: Row) -> Sequence[str]:
        say, show = self._occasion.say, self._occasion.locale
        low, high = asked["minimum"], asked["maximum"]
        if asked["type"] in ("text", "long_text"):
            letters = show.counted(high, _LETTERS)
            return [say(texts.AT_MOST_LETTERS, letters=letters)] if high else []
        lines = [say(texts.AT_LEAST, limit=show.plain(low))] if low else []
        return lines + ([say(texts.AT_MOST, limit=show.plain(high))] if high else [])

    @cached_property
    def _conditions(self) -> dict[str, Row]:
        return {row["condition_id"]: row for row in self._occasion.catalogue["conditions"]}

    @cached_property
    def _understanding(self) -> dict[tuple[str, str], str]:
        """The rule by which the answer to a question is understood."""
        return {
            (check.sheet, check.field): check.rule
            for check in rules.checks(self._occasion.catalogue)
            if check.field is not None
            if check.question == "found" and check.rule.startswith("not_")
        }


def comment(text: str, author: str) -> Comment:
    """A note on a cell, as large as its text."""
    height = _NOTE_LINE * (look.lines_of(text, _NOTE_LETTERS) + 1)
    return Comment(text, author, height=height, width=_NOTE_WIDTH)
