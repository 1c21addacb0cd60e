"""What the figures say: rules over figures that give sentences. Pages hold no claim of their own.

Every sentence takes its numbers from the facts; a rule that has nothing to say says nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reports import words
from reports.locale import NBSP, Locale, capitalised
from reports.model import (
    ActivityCalendar,
    CallGap,
    Facts,
    Figure,
    FormatSeries,
    IndicatorLine,
    Language,
    OpenCalls,
    Status,
    Target,
)
from reports.words import Noun

KEY_INDICATORS = ("IND01", "IND12", "IND27", "IND35")
NOT_STATED = "not_stated"
_FINDINGS_SHOWN = 6
_NAMES_SHOWN, _LONGEST_NAME = 3, 80


@dataclass(frozen=True)
class KeyFigure:
    """One of the four figures of the cover and of the mail, as printed.

    context says what it rests on: its target, or what it is a share of. code is its passport.
    """

    indicator_id: str
    value: str
    label: str
    context: str
    status: Status | None
    status_word: str
    code: str


@dataclass(frozen=True)
class Finding:
    """One sentence that claims and one that shows why."""

    status: Status | None
    claim: str
    evidence: str


def headline(facts: Facts, language: Language) -> str:
    """The whole report in one sentence: the activities, and who is missing."""
    locale = Locale(language)
    parts = (_activities_claim(facts, locale), _reporting_claim(facts, locale))
    return capitalised("; ".join(part for part in parts if part))


def key_figures(facts: Facts, language: Language) -> tuple[KeyFigure, ...]:
    """The figures that come first: activities, artists, volunteers, selection rate.

    One that the facts do not have is left out.
    """
    locale = Locale(language)
    totals = {
        line.figure.indicator_id: line
        for line in reversed(facts.indicators)
        if line.figure.dimension is None
    }
    return tuple(_key_figure(totals[one], locale) for one in KEY_INDICATORS if one in totals)


def findings(facts: Facts, language: Language) -> tuple[Finding, ...]:
    """What matters most, first things first; at most six."""
    locale = Locale(language)
    return tuple(_all_findings(facts, locale))[:_FINDINGS_SHOWN]


def gap_claim(gap: CallGap, calls: OpenCalls, locale: Locale) -> str:
    """Which call does not add up, and the two numbers that contradict each other."""
    titles = {call.call_id: call.title for call in calls.calls}
    return locale.say(
        words.GAP,
        call=titles.get(gap.call_id, gap.call_id),
        part=locale.say(words.GAP_PARTS[gap.part]),
        part_count=locale.plain(gap.part_count),
        whole=locale.say(words.GAP_WHOLES[gap.whole]),
        whole_count=locale.plain(gap.whole_count),
    )


def quantity(figure: Figure, noun: Noun, locale: Locale) -> str:
    """A figure with its precision and its noun: 203 activități, cel puțin 201 activități."""
    if figure.precision == "at_least" and figure.value is not None:
        return locale.say(words.AT_LEAST, value=locale.counted(figure.value, noun))
    if figure.precision == "between" and figure.low is not None and figure.high is not None:
        low, high = locale.plain(figure.low), locale.counted(figure.high, noun)
        return locale.say(words.BETWEEN, low=low, high=high)
    return locale.counted(figure.value, noun)


def hides(facts: Facts) -> bool:
    """Whether anything in the report is hidden to protect people."""
    return any(line.figure.is_suppressed or line.hides_trend for line in facts.indicators) or any(
        call.is_suppressed for call in facts.calls.calls
    )


def degree(value: float | None, target: Target | None) -> float | None:
    """How much of a target is done; None where that has no meaning."""
    if value is None or target is None or target.kind in ("corridor", "maximum"):
        return None
    return value / target.value if target.value else None


def missing_partners(facts: Facts) -> int:
    """How many partners have a report missing."""
    return sum("MISSING" in partner.states for partner in facts.reporting.partners)


def is_unknown(total: Figure) -> bool:
    """Whether nothing at all is known of it, which is neither zero nor at least zero."""
    return total.precision == "no_data" or (total.value is None and total.low is None)


def main_format(calendar: ActivityCalendar) -> FormatSeries | None:
    """The format of more than half of all activities, however many have no format.

    One activity alone has a format, but is not mostly of it.
    """
    whole = sum(calendar.monthly_totals)
    formats = classified(calendar.series) if whole > 1 else []
    return next((one for one in formats if sum(one.counts) * 2 > whole), None)


def classified(series: tuple[FormatSeries, ...]) -> list[FormatSeries]:
    """The formats that were stated."""
    return [one for one in series if one.format_id != NOT_STATED]


def in_sentence(label: str) -> str:
    """A label inside a sentence: its first letter small."""
    return label[:1].lower() + label[1:]


def status_counts(facts: Facts) -> dict[Status, int]:
    """How many indicators with a target have each status."""
    counts: dict[Status, int] = {}
    for line in facts.indicators:
        if line.target is not None and line.status is not None:
            counts[line.status] = counts.get(line.status, 0) + 1
    return counts


def _activities_claim(facts: Facts, locale: Locale) -> str:
    total = facts.calendar.total
    if is_unknown(total):
        return locale.say(words.HEADLINE_NO_DATA)
    claim = _activities(total, locale)
    line = _line(facts, "IND01")
    done = degree(total.value, line.target) if line else None
    if done is not None:
        pattern = words.HEADLINE_ABOVE if done > 1 else words.HEADLINE_BELOW
        claim = locale.say(words.HEADLINE_AT if done == 1 else pattern, activities=claim)
    main = main_format(facts.calendar)
    if main is None:
        return claim
    form = in_sentence(main.label.in_(locale.language))
    return locale.say(words.HEADLINE_MOSTLY, claim=claim, format=form)


def _activities(total: Figure, locale: Locale) -> str:
    """How many there were; none is said in a word."""
    if total.precision == "exact" and total.value == 0:
        return locale.say(words.NO_ACTIVITY)
    return quantity(total, words.ACTIVITY, locale)


def _reporting_claim(facts: Facts, locale: Locale) -> str:
    owing = sum(partner.due > 0 for partner in facts.reporting.partners)
    if not owing:
        return ""
    missing = missing_partners(facts)
    if not missing:
        return locale.say(words.ALL_REPORTED)
    return locale.say(
        words.PARTNERS_MISSING,
        missing=locale.plain(missing),
        partners=locale.counted(owing, words.PARTNER),
        have=locale.choose(missing, words.HAVE_MISSING),
    )


def _key_figure(line: IndicatorLine, locale: Locale) -> KeyFigure:
    figure = line.figure
    context = ""
    if figure.is_suppressed:
        context = locale.say(words.HIDDEN_WHY)
    elif line.is_share and figure.numerator is not None and figure.denominator is not None:
        context = locale.of(figure.numerator, figure.denominator)
    elif line.target is not None:
        target = locale.target(line.target, is_share=line.is_share)
        context = locale.say(words.TARGET_OF, target=target)
    return KeyFigure(
        indicator_id=figure.indicator_id,
        value=locale.figure(figure, is_share=line.is_share),
        label=line.name.in_(locale.language),
        context=context,
        status=line.status,
        status_word=locale.say(words.STATUS[line.status]) if line.status else "",
        code=figure.code,
    )


def _all_findings(facts: Facts, locale: Locale) -> Iterator[Finding]:
    yield from _on_activities(facts, locale)
    yield from _on_restatement(facts, locale)
    yield from _on_targets(facts, locale)
    yield from _on_selection(facts, locale)
    yield from _on_calls_that_do_not_add_up(facts, locale)
    yield from _on_reporting(facts, locale)
    yield from _on_formats(facts, locale)
    yield from _on_aims(facts, locale)
    yield from _on_rows(facts, locale)


def _on_activities(facts: Facts, locale: Locale) -> Iterator[Finding]:
    total, line = facts.calendar.total, _line(facts, "IND01")
    if is_unknown(total):
        yield Finding(
            "no_data", locale.say(words.SENTENCE, claim=locale.say(words.HEADLINE_NO_DATA)), ""
        )
        return
    amount = _activities(total, locale)
    done = degree(total.value, line.target) if line else None
    if not done:
        below = locale.say(words.HEADLINE_BELOW, activities=amount)
        claim = locale.say(words.SENTENCE, claim=amount if done is None else below)
    elif done == 1:
        claim = locale.say(words.CLAIM_AT, activities=amount)
    else:
        pattern = words.CLAIM_ABOVE if done > 1 else words.CLAIM_BELOW
        claim = locale.say(pattern, activities=amount, gap=locale.percent(abs(done - 1)))
    evidence = []
    shown = [one for one in facts.calendar.series if sum(one.counts)]
    if shown:
        formats = (_count_of(one, locale) for one in shown)
        evidence.append(locale.say(words.BY_FORMAT, formats=", ".join(formats)))
    if line and line.previous and facts.edition.previous:
        period = locale.period(facts.edition.previous)
        value = locale.figure(line.previous, is_share=False)
        evidence.append(locale.say(words.EARLIER, period=period, value=value))
    yield Finding(line.status if line else None, capitalised(claim), " ".join(evidence))


def _on_targets(facts: Facts, locale: Locale) -> Iterator[Finding]:
    lines = [line for line in facts.indicators if line.target is not None]
    behind = sorted((line for line in lines if line.status == "behind"), key=_done)
    risky = [_name(line, locale) for line in lines if line.status == "at_risk"]
    if behind:
        worst, *others = behind
        names = [_name(line, locale) for line in others]
        evidence = [_against(worst, locale), _named(words.BEHIND_OTHERS, names, locale)]
        yield Finding("behind", _behind_claim(worst, locale), " ".join(filter(None, evidence)))
    elif any(line.status in ("reached", "at_risk") for line in lines):
        status: Status = "at_risk" if risky else "reached"
        evidence_ = _named(words.AT_RISK_NAMES, risky, locale)
        yield Finding(status, locale.say(words.NOTHING_BEHIND), evidence_)


def _on_restatement(facts: Facts, locale: Locale) -> Iterator[Finding]:
    restatement = facts.restatement
    if restatement is None or not restatement.totals:
        return
    count, most = len(restatement.totals), restatement.totals[0]
    claim = locale.say(
        words.RESTATED_CLAIM,
        totals=locale.counted(count, words.CHANGED_TOTAL),
        are=locale.choose(count, words.HAVE_CHANGED),
        version=locale.plain(restatement.since_version),
    )
    before, after = (
        locale.figure(one, is_share=most.is_share) if one else locale.plain(None)
        for one in (most.old, most.new)
    )
    name = in_sentence(most.name.in_(locale.language))
    evidence = locale.say(words.RESTATED_EVIDENCE, name=name, before=before, after=after)
    yield Finding(None, claim, evidence)


def _on_selection(facts: Facts, locale: Locale) -> Iterator[Finding]:
    calls, line = facts.calls, _line(facts, "IND35")
    if not calls.rate.denominator:
        return
    claim = locale.say(words.RATE_CLAIM, rate=locale.figure(calls.rate, is_share=True))
    evidence = locale.say(
        words.RATE_EVIDENCE,
        selected=locale.plain(calls.rate.numerator),
        applicants=locale.counted(calls.rate.denominator, words.APPLICANT),
        calls=locale.counted(len(calls.calls), words.OPEN_CALL),
    )
    target, rate = calls.target, calls.rate.value
    if target and target.low is not None and target.high is not None and rate is not None:
        is_inside = target.low <= rate <= target.high
        pattern = words.INSIDE_CORRIDOR if is_inside else words.OUTSIDE_CORRIDOR
        evidence += " " + locale.say(pattern, corridor=locale.target(target, is_share=True))
    yield Finding(line.status if line else None, claim, evidence)


def _on_calls_that_do_not_add_up(facts: Facts, locale: Locale) -> Iterator[Finding]:
    broken = len({gap.call_id for gap in facts.calls.gaps})
    if not broken:
        return
    claim = locale.say(
        words.GAPS_CLAIM,
        calls=locale.counted(broken, words.OPEN_CALL),
        do_not=locale.choose(broken, words.DO_NOT_ADD_UP),
    )
    yield Finding("behind", claim, gap_claim(facts.calls.gaps[0], facts.calls, locale))


def _on_reporting(facts: Facts, locale: Locale) -> Iterator[Finding]:
    claim = _reporting_claim(facts, locale)
    if not claim:
        return
    reported = sum(partner.reported for partner in facts.reporting.partners)
    due = sum(partner.due for partner in facts.reporting.partners)
    evidence = locale.say(
        words.REPORTS_IN,
        reported=locale.plain(reported),
        due=locale.counted(due, words.DUE_REPORT),
        rate=locale.ratio(reported, due),
    )
    line = _line(facts, "Q01")
    status: Status = "at_risk" if missing_partners(facts) else "reached"
    if line and line.status == "behind":
        status = "behind"
    yield Finding(status, capitalised(locale.say(words.SENTENCE, claim=claim)), evidence)


def _on_formats(facts: Facts, locale: Locale) -> Iterator[Finding]:
    counts = {one.format_id: sum(one.counts) for one in facts.calendar.series}
    unstated = counts.get(NOT_STATED, 0)
    if unstated <= facts.edition.not_stated_warn_share * sum(counts.values()):
        return
    parts = " + ".join(locale.plain(count) for count in counts.values() if count)
    total = f"{parts} = {locale.plain(sum(counts.values()))}".replace(" ", NBSP)
    yield Finding(
        "at_risk",
        locale.say(words.UNSTATED_CLAIM, activities=locale.counted(unstated, words.ACTIVITY)),
        locale.say(words.UNSTATED_EVIDENCE, sum=total),
    )


def _on_aims(facts: Facts, locale: Locale) -> Iterator[Finding]:
    aims = facts.aims
    if aims.unlinked and aims.rows:
        activities = locale.counted(aims.unlinked, words.ACTIVITY)
        claim = locale.say(words.UNLINKED_CLAIM, activities=activities)
        yield Finding("at_risk", claim, locale.say(words.UNLINKED_EVIDENCE))


def _on_rows(facts: Facts, locale: Locale) -> Iterator[Finding]:
    quarantined = sum(row.quarantined for row in facts.quality.rows)
    if not quarantined:
        return
    seen = sum(row.seen for row in facts.quality.rows)
    stored = sum(row.stored for row in facts.quality.rows)
    yield Finding(
        "at_risk",
        locale.say(words.QUARANTINE_CLAIM, rows=locale.counted(quarantined, words.ROW)),
        locale.say(
            words.QUARANTINE_EVIDENCE,
            seen=locale.counted(seen, words.ROW),
            stored=locale.plain(stored),
        ),
    )


def _count_of(series: FormatSeries, locale: Locale) -> str:
    count = locale.plain(sum(series.counts))
    if series.format_id == NOT_STATED:
        return locale.say(words.WITHOUT_FORMAT, count=count)
    return f"{count}{NBSP}{in_sentence(series.label.in_(locale.language))}"


def _line(facts: Facts, indicator_id: str) -> IndicatorLine | None:
    return next(
        (
            line
            for line in facts.indicators
            if line.figure.indicator_id == indicator_id and line.figure.dimension is None
        ),
        None,
    )


def _name(line: IndicatorLine, locale: Locale) -> str:
    """A part of another figure is named without "of which", since it stands alone here."""
    name = line.name.in_(locale.language).removeprefix(locale.say(words.OF_WHICH))
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


def _done(line: IndicatorLine) -> float:
    done = degree(line.figure.value, line.target)
    return done if done is not None else 1.0


def _behind_claim(line: IndicatorLine, locale: Locale) -> str:
    done = degree(line.figure.value, line.target)
    name = capitalised(_name(line, locale))
    if done is None:
        value = locale.figure(line.figure, is_share=line.is_share)
        return locale.say(words.BEHIND_PLAIN, name=name, value=value)
    return locale.say(words.BEHIND_CLAIM, name=name, degree=locale.percent(done))


def _against(line: IndicatorLine, locale: Locale) -> str:
    return capitalised(
        locale.say(
            words.BEHIND_EVIDENCE,
            value=locale.figure(line.figure, is_share=line.is_share),
            target=locale.target(line.target, is_share=line.is_share),
        )
    )


def _named(pattern: words.Text, names: list[str], locale: Locale) -> str:
    if not names:
        return ""
    shown = [in_sentence(name) for name in names[:_NAMES_SHOWN]]
    rest = len(names) - len(shown)
    if rest:
        return locale.say(pattern, names=f"{', '.join(shown)} (+{rest})")
    return locale.say(pattern, names=locale.listed(shown))
