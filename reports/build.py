"""Facts in, PDF out: the same facts give the same bytes, on any machine, on any day."""

import hashlib
from io import BytesIO

from reportlab import rl_config

from reports import fonts, theme, words
from reports.audiences import funder, public, team
from reports.contents import Contents
from reports.layout import Sheet, lay_out
from reports.locale import Locale, capitalised
from reports.model import Facts, Language
from reports.pages import cover
from reports.pen import Pen, fitted
from reports.report import Report
from reports.tagging import TaggedCanvas
from reports.text import cleaned
from reports.theme import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, Style

PRODUCER = "Reper"
AUDIENCES = {"team": team.PAGES, "funder": funder.PAGES, "public": public.PAGES}

# No part of a report is ever fetched: not from a host, not from a file.
# Bytes stay bytes: as text they would be a quarter longer.
vars(rl_config).update(trustedHosts=None, trustedSchemes=[], useA85=0)

_HEAD = Style(fonts.SANS_SEMIBOLD, 7.8, color=theme.INK)
_HEAD_RIGHT = Style(size=7.8, color=theme.MUTED, align="right")
_FOOT = Style(size=7.4, color=theme.MUTED)
_PAGE = Style(fonts.SANS_SEMIBOLD, 7.6, color=theme.INK, align="right")


def build(facts: Facts, language: Language = "ro") -> bytes:
    """The report for the facts' audience, as a tagged PDF.

    Any facts give a report: empty ones, a thousand partners, hostile words. Raises KeyError for
    an audience that has no pages.
    """
    sections_of = AUDIENCES[facts.edition.audience]
    locale = Locale(language)
    report = Report(cleaned(facts, fonts.register()), locale, Contents(locale))
    sections = [one for section_of in sections_of if (one := section_of(report)) is not None]
    report.contents.entries = [(section.anchor, section.name) for section in sections]
    sheets, starts = lay_out(sections)
    # Page 1 is the cover.
    report.contents.pages = {anchor: place + 2 for anchor, place in starts.items()}
    stream = BytesIO()
    canvas = _canvas(stream, report)
    _draw(Pen(canvas), report, sheets)
    canvas.save()
    return stream.getvalue()


def title(facts: Facts, language: Language) -> str:
    """What the report is called: in its properties, and in the head of each page."""
    locale = Locale(language)
    return f"{locale.say(words.REPORT_TITLE)} {locale.period(facts.edition.period)}"


def _canvas(stream: BytesIO, report: Report) -> TaggedCanvas:
    edition, locale = report.facts.edition, report.locale
    programme = edition.programme_name.in_(locale.language)
    canvas = TaggedCanvas(
        stream,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 7),
        initialFontName=fonts.SANS,
        lang="ro-RO" if locale.language == "ro" else "en-GB",
    )
    name = f"{title(report.facts, locale.language)} – {programme}"
    if edition.is_demonstration:
        name += f" ({locale.say(words.DEMONSTRATION)})"
    span = locale.span(edition.period.starts_on, edition.period.ends_on)
    canvas.setTitle(name)
    canvas.setAuthor(programme)
    canvas.setSubject(locale.say(words.PDF_SUBJECT, span=span))
    canvas.setKeywords(locale.say(words.PDF_KEYWORDS))
    canvas.setCreator(PRODUCER)
    canvas.setProducer(PRODUCER)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    # The file is as old as its data, whatever the clock or the environment says.
    made = f"D:{edition.data_until:%Y%m%d}000000Z"
    canvas.setDateFormatter(lambda *_: made)
    canvas._doc.signature = hashlib.md5(made.encode(), usedforsecurity=False)
    return canvas


def _draw(pen: Pen, report: Report, sheets: list[Sheet]) -> None:
    pen.canvas.bookmarkPage("cover")
    pen.canvas.addOutlineEntry(report.locale.say(words.COVER_OUTLINE), "cover", 0)
    cover.draw(pen, report)
    pen.canvas.showPage()
    for place, sheet in enumerate(sheets, start=2):
        for placed in sheet:
            placed.block.draw(pen, placed.x, placed.top, placed.width)
        _draw_furniture(pen, report, place, len(sheets) + 1)
        pen.canvas.showPage()


def _draw_furniture(pen: Pen, report: Report, page: int, pages: int) -> None:
    edition, locale = report.facts.edition, report.locale
    right = PAGE_WIDTH - MARGIN
    name = capitalised(title(report.facts, locale.language))
    programme = edition.programme_name.in_(locale.language)
    demonstration = f" · {locale.say(words.DEMONSTRATION)}" if edition.is_demonstration else ""
    programme = fitted(programme, _HEAD_RIGHT, 250) + demonstration
    foot = locale.say(
        words.FOOT,
        day=locale.day(edition.data_until),
        edition=locale.version(edition.version, words.FOOT_EDITION),
        head=edition.head,
    )
    with pen.decoration("Pagination"):
        pen.box(MARGIN, PAGE_HEIGHT - 40, 14, 2, theme.SUN)
        pen.write(MARGIN + 20, PAGE_HEIGHT - 42, name + " ", _HEAD)
        pen.write(right, PAGE_HEIGHT - 42, programme, _HEAD_RIGHT)
        pen.line((MARGIN, 40), (right, 40), theme.HAIR)
        pen.write(MARGIN, 28, foot + " ", _FOOT)
        number = locale.say(words.PAGE_OF, page=locale.plain(page), pages=locale.plain(pages))
        pen.write(right, 28, number, _PAGE)
