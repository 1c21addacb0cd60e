"""What a partner gets for a file that it sent: the proof that it arrived, and what became of it.

In both languages, the partner's own first; as plain text, and as a page for a mail or a browser.
"""

import textwrap
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape

from flows.steps import corrections, periods
from flows.steps.catalogue import Catalogue
from flows.steps.findings import Finding
from flows.steps.originals import Checked
from flows.steps.periods import Period
from flows.steps.submissions import Submission
from reports.locale import Locale
from reports.model import Language, Text
from reports.words import Noun

_SPELLED_OUT = 3
_WIDTH = 78
_COUNTS = ("seen", "stored", "quarantined", "set_aside")


@dataclass(frozen=True)
class Receipt:
    """All that the receipt of one submission says.

    due_on is the last day in time; report_on the day of the next report that a correction can
    still reach. Both are None when they cannot be told. workbook is the name of the workbook that
    goes back, None when there is nothing to mark.
    """

    programme: Text
    contact: str
    is_demonstration: bool
    partner_name: str
    language: Language
    submission: Submission
    period: Period | None
    due_on: date | None
    report_on: date | None
    verdict: str
    rows: tuple[tuple[Text, Mapping[str, int]], ...]
    findings: tuple[Finding, ...]
    rules: Mapping[str, Text]
    workbook: str | None
    csv_sheet: str | None

    @property
    def languages(self) -> tuple[Language, Language]:
        """Both languages, the partner's own first."""
        return ("ro", "en") if self.language == "ro" else ("en", "ro")

    @property
    def has_to_correct(self) -> bool:
        """Whether something does not count before it is put right."""
        return self.verdict in ("rejected", "partly_accepted")


def receipt(
    catalogue: Catalogue,
    submission: Submission,
    checked: Checked,
    workbook: str | None,
    csv_sheet: str | None,
) -> Receipt:
    """The receipt of a submission that has been checked. csv_sheet: as what a CSV goes back."""
    programme = catalogue.programme
    partner = next(p for p in catalogue["partners"] if p["partner_id"] == submission.partner_id)
    period = catalogue.period(checked.period_id) if checked.period_id else None
    due_on = periods.due_on(period, programme.deadline_days) if period else None
    labels = {row["sheet"]: Text(row["label_ro"], row["label_en"]) for row in catalogue["sheets"]}
    return Receipt(
        programme=Text(programme.name_ro, programme.name_en),
        contact=programme.contact,
        is_demonstration=programme.is_demonstration,
        partner_name=partner["name"],
        language=partner["language"],
        submission=submission,
        period=period,
        due_on=due_on,
        report_on=_report_on(catalogue, due_on, periods.local_date(submission.received_at)),
        verdict=checked.verdict,
        rows=tuple((labels[s], checked.rows[s]) for s in labels if s in checked.rows),
        findings=checked.findings,
        rules={r["rule"]: Text(r["name_ro"], r["name_en"]) for r in catalogue["rules"]},
        workbook=workbook,
        csv_sheet=csv_sheet,
    )


def subject(one: Receipt, language: Language) -> str:
    """What it says in one line: the file, and what became of it."""
    return f"{_VERDICTS[one.verdict].in_(language)}: {shown(one.submission.file_name)}"


def text(one: Receipt) -> str:
    """The receipt as plain text."""
    return "\n\n\n".join("\n".join(_text(one, language)) for language in one.languages) + "\n"


def repeated(one: Submission, catalogue: Catalogue, file_name: str, again_at: datetime) -> str:
    """What a partner gets who sends the same bytes once more."""
    partner = next(p for p in catalogue["partners"] if p["partner_id"] == one.partner_id)
    languages: tuple[Language, ...] = ("ro", "en") if partner["language"] == "ro" else ("en", "ro")
    said = []
    for language in languages:
        words = _REPEATED.in_(language).format(
            again=moment(again_at, language),
            before=moment(one.received_at, language),
            file=shown(file_name),
            first=shown(one.file_name),
        )
        lines = [*_wrapped(words), "", f"SHA-256: {one.sha256}"]
        said.append("\n".join([_title(_ALREADY.in_(language)), *lines]))
    return "\n\n\n".join(said) + "\n"


def moment(at: datetime, language: Language) -> str:
    """A day and an hour as they are in Romania, and said so."""
    local = at.astimezone(periods.LOCAL)
    words = Text("{day}, ora {time} (ora României)", "{day}, {time} (Romanian time)")
    day = Locale(language).day(local.date()).replace("\u00a0", " ")
    return words.in_(language).format(day=day, time=local.strftime("%H:%M:%S"))


def shown(words: str) -> str:
    """Words from outside on one line, without signs that hide or turn around what they say."""
    hidden = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return "".join(" " if unicodedata.category(c) in hidden else c for c in words).strip()


def _report_on(catalogue: Catalogue, due_on: date | None, received_on: date) -> date | None:
    """The day of the next report of this period that comes after the day of receipt."""
    if due_on is None:
        return None
    kind = catalogue.programme.reporting_kind
    days = {
        due_on + timedelta(days=plan["days_after_deadline"])
        for plan in catalogue["publications"]
        if plan["kind"] == kind
    }
    return min((day for day in days if day > received_on), default=None)


_VERDICTS = {
    "accepted": Text("Raport preluat", "Report taken in"),
    "accepted_with_warnings": Text(
        "Raport preluat, cu rugămintea de a verifica", "Report taken in, with a request to check"
    ),
    "partly_accepted": Text("Raport preluat în parte", "Report taken in, in part"),
    "rejected": Text("Raport care așteaptă o corectură", "Report that waits for a correction"),
}
_KIND_WORDS = {
    "accepted": Text(
        "Vă mulțumim! Fișierul este în regulă și tot ce ați scris a fost preluat.",
        "Thank you! The file is in order and all that you wrote has been taken in.",
    ),
    "accepted_with_warnings": Text(
        "Vă mulțumim! Tot ce ați scris a fost preluat. Vă rugăm numai să verificați {places}.",
        "Thank you! All that you wrote has been taken in. We only ask you to check {places}.",
    ),
    "partly_accepted": Text(
        "Vă mulțumim! Am preluat {stored}. {waiting} așteaptă o corectură și nu intră încă în "
        "calcul.",
        "Thank you! We have taken in {stored}. {waiting} still to be put right, and not "
        "counted yet.",
    ),
    "rejected": Text(
        "Vă mulțumim că ne-ați scris. Fișierul a ajuns cu bine, dar nu îl putem prelua încă; mai "
        "jos este scris de ce și cum se îndreaptă.",
        "Thank you for writing. The file arrived safely, but we cannot take it in yet; below we "
        "say why, and how to put it right.",
    ),
}
_ROW = Noun(Text("rând", "row"), Text("rânduri", "rows"))
_WAITING_ROW = Noun(Text("rând", "row is"), Text("rânduri", "rows are"))
_PLACE = Noun(Text("loc", "place"), Text("locuri", "places"))
_HEADINGS = {
    "title": Text("Confirmare de primire", "Receipt"),
    "file": Text("Fișier", "File"),
    "from": Text("De la", "From"),
    "received": Text("Primit", "Received"),
    "period": Text("Perioada", "Period"),
    "number": Text("Număr", "Number"),
    "rows": Text("Ce am găsit în fișier", "What we found in the file"),
    "correct": Text("Ce este de corectat sau de verificat", "What to put right or to check"),
    "next": Text("Ce urmează", "What comes next"),
    "ask": Text("Pe cine întrebați", "Whom to ask"),
}
_COLUMNS = (
    Text("Foaia", "Sheet"),
    Text("rânduri", "rows"),
    Text("preluate", "taken in"),
    Text("de corectat", "to correct"),
    Text("lăsate deoparte", "set aside"),
)
_NO_PERIOD = Text("nu se poate afla din fișier", "cannot be told from the file")
_NO_ROWS = Text("Nu am putut citi niciun rând.", "We could not read any row.")
_COUNTED_IN = Text(
    "Rândurile preluate intră în cifrele pentru {period}.",
    "The rows taken in go into the figures of {period}.",
)
_SET_ASIDE = Text(
    "Lăsate deoparte sunt rândul-exemplu și rândurile de total: ele nu se numără niciodată.",
    "Set aside are the example row and rows of totals: they never count.",
)
_AND_MORE = Text("… și încă {count}", "… and {count} more")
_NOTHING_TO_DO = Text(
    "Nu mai este nimic de făcut. Dacă observați o greșeală, trimiteți din nou tot fișierul.",
    "There is nothing more to do. If you notice a mistake, send the whole file again.",
)
_OPEN = Text(
    "Deschideți „{workbook}”: prima foaie enumeră tot ce este de corectat sau de verificat și "
    "duce la fiecare celulă; celulele sunt colorate și au câte o notă.",
    "Open “{workbook}”: its first sheet lists all there is to put right or to check and leads to "
    "each cell; the cells are coloured and have a note each.",
)
_FIRST_SHEET = Text(
    "„{workbook}” conține aceeași listă; registrul dumneavoastră rămâne la noi așa cum a venit.",
    "“{workbook}” holds the same list; your own workbook stays with us as it came.",
)
_SAVE_CSV = Text(
    "Fișierul trimis a fost un CSV și se întoarce ca registru. După ce îl corectați, salvați "
    "foaia „{sheet}” ca „CSV UTF-8”, cu numele „{file}”.",
    "The file you sent was a CSV and comes back as a workbook. Once it is put right, save the "
    "sheet “{sheet}” as “CSV UTF-8”, under the name “{file}”.",
)
_SEND_AGAIN = Text(
    "Corectați și trimiteți din nou tot fișierul, pe aceeași cale, {by_when}.",
    "Put it right and send the whole file again, the same way, {by_when}.",
)
_IF_YOU_CAN = Text(
    "Dacă este ceva de schimbat, trimiteți din nou tot fișierul, {by_when}; dacă totul este bine "
    "așa, nu aveți nimic de făcut.",
    "If something has to change, send the whole file again, {by_when}; if all is well as it is, "
    "there is nothing for you to do.",
)
_BY_DEADLINE = Text("până la {day}, termenul de raportare", "by {day}, when reports are due")
_BY_REPORT = Text(
    "înainte de {day}, ca să intre în raportul care apare atunci",
    "before {day}, so that it goes into the report that comes out then",
)
_SOON = Text(
    "cât mai curând; cifrele corectate intră în raportul următor",
    "as soon as you can; the corrected figures go into the next report",
)
_ASK = Text(
    "Scrieți la {contact} și menționați numărul {number}.",
    "Write to {contact} and mention the number {number}.",
)
_MADE_UP = Text(
    "Date demonstrative: cifrele, partenerii și persoanele sunt inventate.",
    "Demonstration data: the figures, partners and people are made up.",
)
_ALREADY = Text("Fișier primit deja", "File already received")
_REPEATED = Text(
    "Am primit „{file}” pe {again}. Este același, octet cu octet, cu „{first}”, pe care l-am "
    "primit deja pe {before}; nu se schimbă nimic, iar răspunsul de atunci rămâne valabil.",
    "We received “{file}” on {again}. It is the same, byte for byte, as “{first}”, already "
    "received on {before}; nothing changes, and the answer given then still holds.",
)


def _heading(word: str, language: Language) -> str:
    return _HEADINGS[word].in_(language)


def _facts(one: Receipt, language: Language) -> list[tuple[str, str]]:
    """What arrived, from whom and when."""
    locale, period, submission = Locale(language), one.period, one.submission
    about = _NO_PERIOD.in_(language)
    if period is not None:
        span = locale.span(period.starts_on, period.ends_on).replace("\u00a0", " ")
        about = f"{period.period_id} ({span})"
    return [
        (_heading("file", language), shown(submission.file_name)),
        (_heading("from", language), f"{one.partner_name} ({submission.partner_id})"),
        (_heading("received", language), moment(submission.received_at, language)),
        (_heading("period", language), about),
        ("SHA-256", submission.sha256),
        (_heading("number", language), submission.submission_id),
    ]


def _verdict(one: Receipt, language: Language) -> str:
    locale = Locale(language)
    stored = sum(counts["stored"] for _, counts in one.rows)
    waiting = sum(counts["quarantined"] for _, counts in one.rows)
    said = (
        _KIND_WORDS[one.verdict]
        .in_(language)
        .format(
            places=locale.counted(len(one.findings), _PLACE),
            stored=locale.counted(stored, _ROW),
            waiting=locale.counted(waiting, _WAITING_ROW),
        )
    )
    if language == "ro" and waiting == 1:
        said = said.replace("1\u00a0rând așteaptă", "Un rând așteaptă")
    return said.replace("\u00a0", " ")


def _table(one: Receipt, language: Language) -> list[tuple[str, ...]]:
    """The head and one line a sheet; nothing when no row was read."""
    lines = [
        (label.in_(language), *(str(counts[name]) for name in _COUNTS))
        for label, counts in one.rows
    ]
    return [tuple(column.in_(language) for column in _COLUMNS), *lines] if lines else []


def _about_rows(one: Receipt, language: Language) -> list[str]:
    if not one.rows:
        return [_NO_ROWS.in_(language)]
    said = []
    if one.period is not None and any(counts["stored"] for _, counts in one.rows):
        said.append(_COUNTED_IN.in_(language).format(period=one.period.period_id))
    if any(counts["set_aside"] for _, counts in one.rows):
        said.append(_SET_ASIDE.in_(language))
    return said


def _groups(one: Receipt, language: Language) -> Iterator[tuple[str, list[str]]]:
    """Each rule with its first places spelled out."""
    locale = Locale(language)
    for rule, found in corrections.by_rule(one.findings):
        meaning = corrections.MEANINGS[found[0].severity].in_(language)
        places = locale.counted(len(found), _PLACE).replace("\u00a0", " ")
        spelled = [corrections.correction(f, language) for f in found[:_SPELLED_OUT]]
        lines = [f"{c.place}: {_lower(c.sentence)}" for c in spelled]
        if len(found) > _SPELLED_OUT:
            lines.append(_AND_MORE.in_(language).format(count=len(found) - _SPELLED_OUT))
        yield f"{one.rules[rule].in_(language)} – {_lower(meaning)} ({places})", lines


def _lower(sentence: str) -> str:
    """The sentence as it goes on after a colon; a word in capitals stays so."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def _steps(one: Receipt, language: Language) -> list[str]:
    """What to do next and by when."""
    if not one.findings:
        return [_NOTHING_TO_DO.in_(language)]
    said = []
    if one.workbook:
        words = _OPEN if any(f.row is not None for f in one.findings) else _FIRST_SHEET
        said.append(words.in_(language).format(workbook=one.workbook))
    if one.csv_sheet:
        file = shown(one.submission.file_name)
        said.append(_SAVE_CSV.in_(language).format(sheet=one.csv_sheet, file=file))
    again = _SEND_AGAIN if one.has_to_correct else _IF_YOU_CAN
    return [*said, again.in_(language).format(by_when=_by_when(one, language))]


def _by_when(one: Receipt, language: Language) -> str:
    received_on = periods.local_date(one.submission.received_at)
    if one.due_on is not None and received_on <= one.due_on:
        words, day = _BY_DEADLINE, one.due_on
    elif one.report_on is not None:
        words, day = _BY_REPORT, one.report_on
    else:
        return _SOON.in_(language)
    said = Locale(language).day(day).replace("\u00a0", " ")
    return words.in_(language).format(day=said)


def _ask(one: Receipt, language: Language) -> str:
    return _ASK.in_(language).format(contact=one.contact, number=one.submission.submission_id)


def _text(one: Receipt, language: Language) -> Iterator[str]:
    programme = one.programme.in_(language)
    yield _title(f"{programme}: {_lower(_heading('title', language))}")
    facts = _facts(one, language)
    wide = max(len(name) for name, _ in facts) + 2
    yield from (f"{name + ':':<{wide}}{said}" for name, said in facts)
    yield ""
    yield from _wrapped(_verdict(one, language))
    yield from ("", _underlined(_heading("rows", language)))
    table = _table(one, language)
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    for first, *others in table:
        numbers = (f"{cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True))
        yield "  ".join((f"{first:<{widths[0]}}", *numbers))
    for words in _about_rows(one, language):
        yield from _wrapped(words)
    if one.findings:
        yield from ("", _underlined(_heading("correct", language)))
        for number, (rule, lines) in enumerate(_groups(one, language), start=1):
            yield from _wrapped(rule, f"{number}. ")
            for line in lines:
                yield from _wrapped(line, "   - ")
    yield from ("", _underlined(_heading("next", language)))
    for words in _steps(one, language):
        yield from _wrapped(words, "- ")
    yield from ("", _underlined(_heading("ask", language)))
    yield from _wrapped(_ask(one, language))
    if one.is_demonstration:
        yield from ("", *_wrapped(_MADE_UP.in_(language)))


def _title(words: str) -> str:
    return f"{words}\n{'=' * len(words)}"


def _underlined(words: str) -> str:
    return f"{words}\n{'-' * len(words)}"


def _wrapped(words: str, bullet: str = "") -> list[str]:
    return textwrap.wrap(
        words,
        _WIDTH,
        initial_indent=bullet,
        subsequent_indent=" " * len(bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )


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


def page(one: Receipt) -> str:
    """The receipt as a page of HTML without images, scripts or styles from elsewhere."""
    parts = "".join(_page_part(one, language) for language in one.languages)
    first = one.languages[0]
    return f"""<!DOCTYPE html>
<html lang="{first}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(subject(one, first))}</title>
</head>
<body style="margin:0;padding:24px 0;background:{_PAPER}">
<table role="presentation" align="center" width="100%" cellpadding="0" cellspacing="0"
 style="max-width:720px;margin:0 auto;background:#ffffff">
{parts}</table>
</body>
</html>
"""


def _page_part(one: Receipt, language: Language) -> str:
    facts = "".join(
        f'<tr><td style="{_CELL};color:{_MUTED};white-space:nowrap">{escape(name)}</td>'
        f'<td style="{_CELL};color:{_INK};word-break:break-all">{escape(said)}</td></tr>'
        for name, said in _facts(one, language)
    )
    body = [
        _verdict_line(one, language),
        f'<table cellpadding="0" cellspacing="0" width="100%">{facts}</table>',
        _page_heading("rows", language),
        _page_table(one, language),
        *(f'<p style="{_P}">{escape(words)}</p>' for words in _about_rows(one, language)),
    ]
    if one.findings:
        body.append(_page_heading("correct", language))
        body += [
            f'<p style="{_P};margin-bottom:2px"><strong>{escape(rule)}</strong></p>{_bullets(said)}'
            for rule, said in _groups(one, language)
        ]
    body += [_page_heading("next", language), _bullets(_steps(one, language))]
    body += [_page_heading("ask", language), f'<p style="{_P}">{escape(_ask(one, language))}</p>']
    if one.is_demonstration:
        said = escape(_MADE_UP.in_(language))
        body.append(f'<p style="{_P};font-size:12px;color:{_MUTED}">{said}</p>')
    return (
        f'<tr lang="{language}"><td bgcolor="{_INK}" style="background:{_INK};padding:24px 32px">'
        f'<p style="margin:0 0 6px;{_SANS};font-size:11px;font-weight:bold;letter-spacing:1px;'
        f'color:#cfdcf6">{escape(one.programme.in_(language).upper())}</p>'
        f'<h1 style="margin:0;{_SERIF};font-size:26px;font-weight:normal;color:#ffffff">'
        f"{escape(_heading('title', language))}</h1></td></tr>\n"
        f'<tr lang="{language}"><td style="padding:24px 32px 20px">{"".join(body)}</td></tr>\n'
    )


def _verdict_line(one: Receipt, language: Language) -> str:
    sign, colour = _SIGNS[one.verdict]
    title = escape(_VERDICTS[one.verdict].in_(language))
    return (
        f'<p style="{_P};margin-bottom:4px;font-weight:bold;color:{colour}">{sign} {title}</p>'
        f'<p style="{_P}">{escape(_verdict(one, language))}</p>'
    )


def _page_heading(word: str, language: Language) -> str:
    style = f"margin:22px 0 8px;{_SERIF};font-size:19px;font-weight:normal;color:{_INK}"
    return f'<h2 style="{style}">{escape(_heading(word, language))}</h2>'


def _page_table(one: Receipt, language: Language) -> str:
    table = _table(one, language)
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
