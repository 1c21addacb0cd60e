"""How numbers, dates and counted things are said in Romanian and in English.

Missing is "–", undefined is "n/a" and hidden is "[c]", never 0. Rounding is half up, on decimals:
2,25 is 2,3.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from math import isfinite

from reports import words
from reports.model import Figure, Language, PeriodLabel, Target, Text
from reports.words import Noun

NBSP, MINUS, MISSING, UNDEFINED, HIDDEN = "\u00a0", "\u2212", "–", "n/a", "[c]"
_MONEY = "RON"
_ALPHABET = {letter: place for place, letter in enumerate("aăâbcdefghiîjklmnopqrsștțuvwxyz")}


def cu_de(count: float) -> str:
    """The "de" of Romanian counts: 19 activități, 20 de activități, 115 activități, 120 de.

    The last two digits decide; 0 takes none, and neither does a broken number.
    """
    if count != int(count) or count == 0:
        return ""
    rest = abs(int(count)) % 100
    return "de " if rest >= 20 or rest == 0 else ""


def collation_key(name: str) -> list[tuple[int, str]]:
    """Sorts names as a Romanian dictionary does: ș after s, ț after t, î after i."""
    return [(_ALPHABET.get(c, -1), c) for c in name.casefold()]


def rounded(value: float, decimals: int) -> Decimal:
    """A value rounded half up, without a minus before zero."""
    step = Decimal(1).scaleb(-decimals)
    result = Decimal(repr(value)).quantize(step, ROUND_HALF_UP)
    return abs(result) if result == 0 else result


@dataclass(frozen=True)
class Locale:
    """One language's way of saying things."""

    language: Language

    def say(self, text: Text, **parts: str) -> str:
        """Our words in this language, with their blanks filled in."""
        return text.in_(self.language).format(**parts) if parts else text.in_(self.language)

    def number(self, value: float | None, decimals: int = 0) -> str:
        """1.234,5 or 1,234.5; "–" for a missing value, "n/a" for one that does not exist."""
        if value is None:
            return MISSING
        if not isfinite(value):
            return UNDEFINED
        result = rounded(value, decimals)
        digits = f"{abs(result):,f}"
        if self.language == "ro":
            digits = digits.replace(",", "\0").replace(".", ",").replace("\0", ".")
        return (MINUS if result < 0 else "") + digits

    def plain(self, value: float | None) -> str:
        """A number with as many decimals as it needs, two at most."""
        return self.number(value, _decimals(value))

    def money(self, value: float | None) -> str:
        """An amount: whole, or with both of its decimals."""
        return self.number(value, 2 if _decimals(value) else 0)

    def signed(self, value: float, decimals: int = 0) -> str:
        """A difference with its sign; zero has none."""
        return ("+" if rounded(value, decimals) > 0 else "") + self.number(value, decimals)

    def percent(self, share: float | None, decimals: int = 1) -> str:
        """A share as a per cent: 22,0 % or 22.0%."""
        if share is None or not isfinite(share):
            return self.number(share)
        return self.number(share * 100, decimals) + self.percent_sign

    def ratio(self, numerator: float | None, denominator: float | None) -> str:
        """One number as a per cent of another: "n/a" when there is nothing to divide by."""
        if numerator is None or denominator is None:
            return MISSING
        return self.percent(numerator / denominator) if denominator else UNDEFINED

    @property
    def percent_sign(self) -> str:
        """With a space that does not break in Romanian, without in English."""
        return f"{NBSP}%" if self.language == "ro" else "%"

    def interval(self, low: float, high: float, *, is_share: bool) -> str:
        """15–30 % or 120–142."""
        if is_share:
            return f"{self.plain(low * 100)}–{self.plain(high * 100)}{self.percent_sign}"
        return f"{self.plain(low)}–{self.plain(high)}"

    def counted(self, count: float | None, noun: Noun) -> str:
        """1 activitate, 19 activități, 20 de activități; 1 activity, 20 activities."""
        if count is None:
            return f"{MISSING}{NBSP}{self.say(noun.many)}"
        de = cu_de(count) if self.language == "ro" else ""
        return f"{self.plain(count)}{NBSP}{de}{self.choose(count, noun)}"

    def choose(self, count: float | None, noun: Noun) -> str:
        """The form of the words that goes with a count, without the number."""
        return self.say(noun.one if count == 1 else noun.many)

    def of(self, part: float | None, whole: float | None) -> str:
        """66 din 181, 66 of 181; both with as many decimals as one of them needs."""
        decimals = max(_decimals(part), _decimals(whole))
        return self.say(
            words.OF, part=self.number(part, decimals), whole=self.number(whole, decimals)
        )

    def figure(self, figure: Figure, *, is_share: bool, decimals: int = 1) -> str:
        """A figure with its precision: 203, 22,0 %, cel puțin 201, între 120 și 142, – or [c].

        decimals are those of a per cent.
        """
        show = self.money if figure.unit == _MONEY else self.plain
        if is_share:
            show = partial(self.percent, decimals=decimals)
        if figure.is_suppressed:
            return HIDDEN
        if figure.value is None and figure.denominator == 0:
            return UNDEFINED
        if figure.precision == "no_data":
            return MISSING
        if figure.precision == "between":
            if figure.low is None or figure.high is None:
                return MISSING
            return self.say(words.BETWEEN, low=show(figure.low), high=show(figure.high))
        if figure.precision == "at_least":
            return self.say(words.AT_LEAST, value=show(_first(figure.value, figure.low)))
        return show(figure.value)

    def target(self, target: Target | None, *, is_share: bool) -> str:
        """What was agreed, as a number, a per cent, or a corridor."""
        if target is None:
            return MISSING
        if target.low is not None and target.high is not None:
            return self.interval(target.low, target.high, is_share=is_share)
        value = _first(target.value, target.low, target.high)
        if value is None or not is_share:
            return self.plain(value)
        return self.plain(value * 100) + self.percent_sign

    def day(self, day: date) -> str:
        """31 decembrie 2020, 31 December 2020."""
        return f"{day.day}{NBSP}{self.month(day)}{NBSP}{day.year}"

    def span(self, first: date, last: date) -> str:
        """1 ianuarie – 31 decembrie 2020: the year is said once when it is the same."""
        if first.year == last.year:
            return f"{first.day}{NBSP}{self.month(first)} – {self.day(last)}"
        return f"{self.day(first)} – {self.day(last)}"

    def month(self, day: date) -> str:
        """The month's name."""
        return self.say(words.MONTHS[day.month - 1])

    def month_short(self, day: date) -> str:
        """The month's name in three letters."""
        return self.say(words.MONTHS_SHORT[day.month - 1])

    def period(self, period: PeriodLabel) -> str:
        """A period as a title says it: 2020, trimestrul 4, 2020, martie 2020.

        A cumulative one by its last day: cumulat până la 31 decembrie 2020.
        """
        ends = period.ends_on
        if period.kind == "month":
            return f"{self.month(ends)} {ends.year}"
        if period.kind in ("quarter", "half"):
            name = words.QUARTER if period.kind == "quarter" else words.HALF
            return self.say(name, number=_part(period), year=str(ends.year))
        if period.kind == "cumulative":
            return self.say(words.CUMULATIVE, day=self.day(ends))
        return str(ends.year)

    def period_short(self, period: PeriodLabel) -> str:
        """A period as a column's head says it: 2020, T4 2020, mar 2020."""
        if period.kind == "cumulative":
            return self.period(period)
        return f"{self.period_part(period)} {period.ends_on.year}".strip()

    def period_part(self, period: PeriodLabel) -> str:
        """The same within a year that is said elsewhere: T4, mar; nothing for a year."""
        if period.kind == "month":
            return self.month_short(period.ends_on)
        if period.kind == "quarter":
            return self.say(words.QUARTER_SHORT, number=_part(period))
        if period.kind == "half":
            return self.say(words.HALF_SHORT, number=_part(period))
        return ""

    def version(self, number: int | None, numbered: Text) -> str:
        """Which edition it is, in these words; what was only drawn is called a draft."""
        if number is None:
            return self.say(words.DRAFT)
        return self.say(numbered, number=self.plain(number))

    def listed(self, items: Iterable[str]) -> str:
        """aprilie, mai și iunie."""
        *head, last = list(items) or [MISSING]
        return f"{', '.join(head)} {self.say(words.AND)} {last}" if head else last


def capitalised(sentence: str) -> str:
    """The sentence with a capital first letter, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def _part(period: PeriodLabel) -> str:
    months = 3 if period.kind == "quarter" else 6
    return str((period.ends_on.month - 1) // months + 1)


def _decimals(value: float | None) -> int:
    """How many decimals a number needs; a missing one needs none."""
    if value is None or not isfinite(value):
        return 0
    return next(d for d in (0, 1, 2) if d == 2 or _ends_at(value, d))


def _ends_at(value: float, decimals: int) -> bool:
    return rounded(value, decimals) == rounded(value, 6)


def _first(*values: float | None) -> float | None:
    return next((v for v in values if v is not None), None)
