"""The receipt as a page of HTML, for a mail or a browser. It looks like the other mails."""

from collections.abc import Sequence
from html import escape

from flows.steps.replying.receipts import content, phrases
from flows.steps.replying.receipts.content import Receipt
from reports.model import Language

_INK, _BODY, _MUTED, _LINE, _PAPER = "#12163a", "#272b45", "#5f647f", "#dcdee6", "#f4f3ef"
_SIGNS = {
    "accepted": ("✓", "#0b7261"),
    "accepted_with_warnings": ("✓", "#0b7261"),
    "partly_accepted": ("▲", "#8a5500"),
    "rejected": ("▼", "#a8232b"),
}
_SANS = "font-family:Arial,Helvetica,sans-serif"
_SERIF = "font-family:Georgia,'Times New Roman',serif"
_P = f"margin:0 0 12px;{_SANS};font-size:15px;line-height:23px;color:{_BODY}"
_CELL = f"padding:5px 10px 5px 0;border-bottom:1px solid {_LINE};{_SANS};font-size:13px"


def page(one: Receipt, languages: Sequence[Language] = ()) -> str:
    """The receipt as a page of HTML, in both languages where none is named.

    It has no images, no scripts and no styles from elsewhere.
    """
    languages = languages or one.languages
    parts = [
        part(
            one.programme.in_(language),
            content.heading("title", language),
            _body(one, language),
            language,
        )
        for language in languages
    ]
    return whole(content.subject(one, languages[0]), parts, languages[0])


def whole(subject: str, parts: Sequence[str], language: Language) -> str:
    """A page of these parts, one below the other; the first is in this language."""
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(subject)}</title>
</head>
<body style="margin:0;padding:24px 0;background:{_PAPER}">
<table role="presentation" align="center" width="100%" cellpadding="0" cellspacing="0"
 style="max-width:720px;margin:0 auto;background:#ffffff">
{"".join(parts)}</table>
</body>
</html>
"""


def part(programme: str, title: str, body: str, language: Language) -> str:
    """One language's part: a band with the title, and the body, which is HTML, below it."""
    return (
        f'<tr lang="{language}"><td bgcolor="{_INK}" style="background:{_INK};padding:24px 32px">'
        f'<p style="margin:0 0 6px;{_SANS};font-size:11px;font-weight:bold;letter-spacing:1px;'
        f'color:#cfdcf6">{escape(programme.upper())}</p>'
        f'<h1 style="margin:0;{_SERIF};font-size:26px;font-weight:normal;color:#ffffff">'
        f"{escape(title)}</h1></td></tr>\n"
        f'<tr lang="{language}"><td style="padding:24px 32px 20px">{body}</td></tr>\n'
    )


def paragraph(words: str) -> str:
    """A paragraph; words are HTML."""
    return f'<p style="{_P}">{words}</p>'


def small(words: str) -> str:
    """A paragraph of what few read; words are HTML."""
    return f'<p style="{_P};font-size:12px;color:{_MUTED};overflow-wrap:anywhere">{words}</p>'


def _body(one: Receipt, language: Language) -> str:
    facts = "".join(
        f'<tr><td style="{_CELL};color:{_MUTED};white-space:nowrap">{escape(name)}</td>'
        f'<td style="{_CELL};color:{_INK};word-break:break-all">{escape(said)}</td></tr>'
        for name, said in content.facts(one, language)
    )
    body = [
        _verdict_line(one, language),
        f'<table cellpadding="0" cellspacing="0" width="100%">{facts}</table>',
        _page_heading("rows", language),
        _page_table(one, language),
        *(paragraph(escape(words)) for words in content.about_rows(one, language)),
    ]
    if one.findings:
        body.append(_page_heading("correct", language))
        body += [
            f'<p style="{_P};margin-bottom:2px"><strong>{escape(rule)}</strong></p>{_bullets(said)}'
            for rule, said in content.groups(one, language)
        ]
    body += [_page_heading("next", language), _bullets(content.steps(one, language))]
    body += [_page_heading("ask", language), paragraph(escape(content.ask(one, language)))]
    if one.is_demonstration:
        body.append(small(escape(phrases.MADE_UP.in_(language))))
    return "".join(body)


def _verdict_line(one: Receipt, language: Language) -> str:
    sign, colour = _SIGNS[one.verdict]
    title = escape(phrases.VERDICTS[one.verdict].in_(language))
    return (
        f'<p style="{_P};margin-bottom:4px;font-weight:bold;color:{colour}">{sign} {title}</p>'
        f'<p style="{_P}">{escape(content.verdict(one, language))}</p>'
    )


def _page_heading(word: str, language: Language) -> str:
    style = f"margin:22px 0 8px;{_SERIF};font-size:19px;font-weight:normal;color:{_INK}"
    return f'<h2 style="{style}">{escape(content.heading(word, language))}</h2>'


def _page_table(one: Receipt, language: Language) -> str:
    table = content.table(one, language)
    if not table:
        return ""
    head = "".join(
        f'<th align="{"right" if at else "left"}" style="{_CELL};color:{_MUTED};'
        f'font-weight:normal">{escape(cell)}</th>'
        for at, cell in enumerate(table[0])
    )
    lines = "".join(
        "<tr>"
        + "".join(
            f'<td align="{"right" if at else "left"}" style="{_CELL};color:{_INK}">'
            f"{escape(cell)}</td>"
            for at, cell in enumerate(line)
        )
        + "</tr>"
        for line in table[1:]
    )
    style = "margin-bottom:12px"
    return (
        f'<table cellpadding="0" cellspacing="0" width="100%" style="{style}">'
        f"<tr>{head}</tr>{lines}</table>"
    )


def _bullets(lines: list[str]) -> str:
    items = "".join(f'<li style="margin-bottom:4px">{escape(line)}</li>' for line in lines)
    return f'<ul style="{_P};padding-left:20px">{items}</ul>'
