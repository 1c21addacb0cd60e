"""What each figure means, and where remarks go."""

from reports import theme, words
from reports.blocks import Block, Columns, Opening, Paragraph, Space
from reports.layout import Section
from reports.locale import Locale
from reports.pages.aims import aim_wordings
from reports.report import Report


def section(report: Report) -> Section:
    """Where remarks go, definitions in two columns, and the official wording of each aim."""
    facts, locale = report.facts, report.locale
    pairs = [
        (definition.name.in_(locale.language), definition.meaning.in_(locale.language))
        for definition in facts.definitions
    ]
    pairs += [
        (locale.say(words.DEGREE), locale.say(words.DEGREE_MEANING)),
        (locale.say(words.ROUNDING), locale.say(words.ROUNDING_MEANING)),
    ]
    contact = locale.say(words.TRACEABILITY, contact=facts.edition.contact)
    columns = Columns([_pair(name, meaning, locale) for name, meaning in pairs])
    blocks: list[Block] = [Opening(contact, theme.SMALL, after=8), columns]
    if facts.aims.aims:
        blocks += [Space(10), *aim_wordings(facts.aims, locale)]
    return Section(
        anchor="definitions",
        name=locale.say(words.DEFINITIONS),
        title=locale.say(words.DEFINITIONS_TITLE),
        lead="",
        blocks=blocks,
        goes_on=True,
    )


def _pair(name: str, meaning: str, locale: Locale) -> Block:
    runs = [(name, theme.NOTE.strong), (locale.say(words.DEFINITION, meaning=meaning), theme.NOTE)]
    return Paragraph(runs, theme.NOTE, after=5)
