"""One page that can be read in a minute: where it stands, what to know, what is due next."""

from collections.abc import Iterator

from reports import theme, words
from reports.blocks import Block, Heading, Kicker, Marked, Panel, Paragraph, Space
from reports.charts import status
from reports.charts.change import Change, change_rows
from reports.findings import findings, headline, hides, is_unknown, status_counts
from reports.layout import Section
from reports.locale import Locale
from reports.model import Facts, IndicatorLine, Status
from reports.report import Report
from reports.typesetting import Run

_CHANGES_SHOWN = 7


def section(report: Report) -> Section:
    """Headline and findings at the left; contents, reading help and deadlines at the right."""
    facts, locale = report.facts, report.locale
    return Section(
        anchor="summary",
        name=locale.say(words.SUMMARY),
        title=headline(facts, locale.language),
        lead="",
        blocks=[*_status(facts, locale), *_messages(facts, locale), *_changes(facts, locale)],
        aside=[
            Kicker(locale.say(words.CONTENTS)),
            report.contents,
            Space(18),
            _how_to_read(facts, locale),
            *_deadlines(facts, locale),
        ],
    )


def _status(facts: Facts, locale: Locale) -> Iterator[Block]:
    counts = status_counts(facts)
    if counts:
        said: dict[Status, str] = {
            one: f"{locale.plain(count)} {locale.choose(count, words.STATUS_COUNT[one])}"
            for one in status.ORDER
            if (count := counts.get(one))
        }
        alt = locale.say(words.STATUS_ALT, counts=", ".join(said.values()))
        yield Space(4)
        yield status.strip(counts, said, alt)
    yield Space(12)


def _messages(facts: Facts, locale: Locale) -> Iterator[Block]:
    for finding in findings(facts, locale.language):
        runs: list[Run] = [(finding.claim + " ", theme.MESSAGE.strong)]
        if finding.evidence:
            runs.append((finding.evidence, theme.MESSAGE))
        yield Marked(status.mark(finding.status), Paragraph(runs, theme.MESSAGE), after=11)


def _changes(facts: Facts, locale: Locale) -> Iterator[Block]:
    changes = [
        _change(line, locale)
        for line in facts.indicators
        if not line.is_share
        and line.figure.precision == "exact"
        and line.figure.value is not None
        and line.previous
        and line.previous.precision == "exact"
        and line.previous.value
    ][:_CHANGES_SHOWN]
    if not changes or facts.edition.previous is None or is_unknown(facts.calendar.total):
        return
    before = locale.period_short(facts.edition.previous)
    after = locale.period_short(facts.edition.period)
    rows = "; ".join(
        locale.say(words.CHANGE_ROW, name=c.name, before=c.before_words, after=c.after_words)
        for c in changes
    )
    alt = locale.say(words.CHANGE_ALT, before=before, after=after, changes=rows)
    yield Space(8)
    yield Heading(locale.say(words.SINCE, period=locale.period(facts.edition.previous)))
    yield change_rows(changes, before, after, locale.say(words.DIFFERENCE), alt)
    yield Space(5)
    yield Paragraph(locale.say(words.CHANGE_NOTE), theme.SMALL)


def _change(line: IndicatorLine, locale: Locale) -> Change:
    before = (line.previous.value if line.previous else None) or 0.0
    after = line.figure.value or 0.0
    return Change(
        name=line.name.in_(locale.language),
        before=before,
        after=after,
        before_words=locale.plain(before),
        after_words=locale.plain(after),
        difference=locale.signed(after - before),
    )


def _how_to_read(facts: Facts, locale: Locale) -> Block:
    reached = locale.percent(facts.edition.reached_share, 0)
    at_risk = locale.percent(facts.edition.at_risk_share, 0)
    runs: list[Run] = []
    for one, said in (
        ("reached", locale.say(words.READ_REACHED, reached=reached)),
        ("at_risk", locale.say(words.READ_AT_RISK, at_risk=at_risk, reached=reached)),
        ("behind", locale.say(words.READ_BEHIND, at_risk=at_risk)),
        ("no_data", locale.say(words.READ_NO_DATA)),
    ):
        runs += [(locale.say(words.STATUS[one]), theme.NOTE.strong), (said, theme.NOTE)]
    said = [words.READ_MISSING, *([words.HIDDEN_NOTE] if hides(facts) else [])]
    return Panel(
        [
            Heading(locale.say(words.HOW_TO_READ), after=3),
            Paragraph(runs, theme.NOTE, after=5),
            *(Paragraph(locale.say(text), theme.NOTE, after=5) for text in said),
            Paragraph(locale.say(words.READ_PRECISION), theme.NOTE),
        ]
    )


def _deadlines(facts: Facts, locale: Locale) -> Iterator[Block]:
    if not facts.deadlines:
        return
    lines = [
        Paragraph(
            [
                (locale.day(deadline.due_on) + ": ", theme.NOTE.strong),
                (in_words, theme.NOTE),
            ],
            theme.NOTE,
            after=5,
        )
        for deadline in facts.deadlines
        if (in_words := deadline.what.in_(locale.language))
    ]
    yield Space(12)
    yield Panel([Heading(locale.say(words.NEXT_DEADLINES), after=3), *lines], theme.PAPER)
