"""What a receipt says: what arrived and when, what became of it, what to do next and by when."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flows.steps import periods
from flows.steps.catalogue import Catalogue
from flows.steps.checking import corrections
from flows.steps.checking.findings import Finding
from flows.steps.originals import Checked
from flows.steps.periods import Period
from flows.steps.replying.receipts import phrases
from flows.steps.submissions import Submission
from reports.locale import Locale
from reports.model import Language, Text

_SPELLED_OUT = 3
_COUNTS = ("seen", "stored", "quarantined", "set_aside")


@dataclass(frozen=True)
class Receipt:
    """All that the receipt of one submission says.

    due_on is the last day in time; report_on the day of the next report that a correction can
    still reach. Both are None when they cannot be told. workbook is the name of the workbook that
    goes back, None when nothing is wrong; has_marks: it is the partner's own, with cells marked.
    csv_sheet is the worksheet as which a CSV goes back. is_too_large: this is a mail that the
    workbook does not go with.
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
    has_marks: bool
    csv_sheet: str | None
    is_too_large: bool = False

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
    workbook: str | None = None,
    has_marks: bool = False,
    csv_sheet: str | None = None,
) -> Receipt:
    """The receipt of a submission that has been checked, and of what goes back with it."""
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
        has_marks=has_marks,
        csv_sheet=csv_sheet,
    )


def subject(one: Receipt, language: Language) -> str:
    """What it says in one line: the file, and what became of it."""
    return f"{phrases.VERDICTS[one.verdict].in_(language)}: {shown(one.submission.file_name)}"


def moment(at: datetime, language: Language) -> str:
    """A day and an hour as they are in Romania, and said so."""
    local = at.astimezone(periods.LOCAL)
    day = Locale(language).day(local.date()).replace("\u00a0", " ")
    return phrases.MOMENT.in_(language).format(day=day, time=local.strftime("%H:%M:%S"))


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


def heading(word: str, language: Language) -> str:
    """The title of a part."""
    return phrases.HEADINGS[word].in_(language)


def facts(one: Receipt, language: Language) -> list[tuple[str, str]]:
    """What arrived, from whom and when."""
    locale, period, submission = Locale(language), one.period, one.submission
    about = phrases.NO_PERIOD.in_(language)
    if period is not None:
        span = locale.span(period.starts_on, period.ends_on).replace("\u00a0", " ")
        about = f"{period.period_id} ({span})"
    return [
        (heading("file", language), shown(submission.file_name)),
        (heading("from", language), f"{one.partner_name} ({submission.partner_id})"),
        (heading("received", language), moment(submission.received_at, language)),
        (heading("period", language), about),
        ("SHA-256", submission.sha256),
        (heading("number", language), submission.submission_id),
    ]


def verdict(one: Receipt, language: Language) -> str:
    """What became of the file, in a sentence or two."""
    locale = Locale(language)
    stored = sum(counts["stored"] for _, counts in one.rows)
    waiting = sum(counts["quarantined"] for _, counts in one.rows)
    phrase = phrases.KIND_WORDS[one.verdict].in_(language)
    said = phrase.format(
        places=locale.counted(len(one.findings), phrases.PLACE),
        stored=locale.counted(stored, phrases.ROW),
        waiting=locale.counted(waiting, phrases.WAITING_ROW),
    )
    return said.replace("\u00a0", " ")


def table(one: Receipt, language: Language) -> list[tuple[str, ...]]:
    """The head and one line a sheet; nothing when no row was read."""
    lines = [
        (label.in_(language), *(str(counts[name]) for name in _COUNTS))
        for label, counts in one.rows
    ]
    return [tuple(column.in_(language) for column in phrases.COLUMNS), *lines] if lines else []


def about_rows(one: Receipt, language: Language) -> list[str]:
    """What was counted in, and what never is."""
    if not one.rows:
        return [phrases.NO_ROWS.in_(language)]
    said = []
    if one.period is not None and any(counts["stored"] for _, counts in one.rows):
        said.append(phrases.COUNTED_IN.in_(language).format(period=one.period.period_id))
    if any(counts["set_aside"] for _, counts in one.rows):
        said.append(phrases.SET_ASIDE.in_(language))
    return said


def groups(one: Receipt, language: Language) -> Iterator[tuple[str, list[str]]]:
    """Each rule with its first places spelled out."""
    locale = Locale(language)
    for rule, found in corrections.by_rule(one.findings):
        meaning = corrections.MEANINGS[found[0].severity].in_(language)
        places = locale.counted(len(found), phrases.PLACE).replace("\u00a0", " ")
        spelled = [corrections.correction(f, language) for f in found[:_SPELLED_OUT]]
        lines = [f"{c.place}: {lower(c.sentence)}" for c in spelled]
        if len(found) > _SPELLED_OUT:
            lines.append(phrases.AND_MORE.in_(language).format(count=len(found) - _SPELLED_OUT))
        yield f"{one.rules[rule].in_(language)} – {lower(meaning)} ({places})", lines


def lower(sentence: str) -> str:
    """The sentence as it goes on after a colon; a word in capitals stays so."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def steps(one: Receipt, language: Language) -> list[str]:
    """What to do next and by when."""
    if not one.findings:
        return [phrases.NOTHING_TO_DO.in_(language)]
    said = []
    if one.workbook:
        words = phrases.OPEN if one.has_marks else phrases.SAME_LIST
        said.append(words.in_(language).format(workbook=one.workbook))
    if one.is_too_large:
        said.append(phrases.TOO_LARGE.in_(language).format(contact=one.contact))
    if one.csv_sheet:
        file = shown(one.submission.file_name)
        said.append(phrases.SAVE_CSV.in_(language).format(sheet=one.csv_sheet, file=file))
    again = phrases.SEND_AGAIN if one.has_to_correct else phrases.IF_YOU_CAN
    return [*said, again.in_(language).format(by_when=_by_when(one, language))]


def _by_when(one: Receipt, language: Language) -> str:
    received_on = periods.local_date(one.submission.received_at)
    if one.due_on is not None and received_on <= one.due_on:
        words, day = phrases.BY_DEADLINE, one.due_on
    elif one.report_on is not None:
        words, day = phrases.BY_REPORT, one.report_on
    else:
        return phrases.SOON.in_(language)
    said = Locale(language).day(day).replace("\u00a0", " ")
    return words.in_(language).format(day=said)


def ask(one: Receipt, language: Language) -> str:
    """Who answers questions."""
    return phrases.ASK.in_(language).format(
        contact=one.contact, number=one.submission.submission_id
    )
