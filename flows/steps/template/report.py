"""The sheet about the report itself: a question a row, the answer beside it, then the help."""

from openpyxl import Workbook

from flows.steps.checking.rules import form_version
from flows.steps.template import answers, look, tables, texts
from flows.steps.template.lists import Choices
from flows.steps.template.notes import Notes
from flows.steps.template.occasion import Occasion

SHEET = "raport"
FIRST_ROW = 4
QUESTION, ANSWER, HELP = range(1, 4)
_WIDTHS = (42.0, 52.0, 76.0)
_FIRST = "first"
_LONG_ANSWER = 64.0


def add(book: Workbook, occasion: Occasion, choices: Choices) -> None:
    """Add the sheet, with all answers that are known filled in."""
    worksheet = book.create_sheet(occasion.title[SHEET])
    notes = Notes(occasion)
    known = _known(occasion, choices)
    title = f"{occasion.title[SHEET]} · {occasion.period_name}"
    look.title(worksheet.cell(1, QUESTION), title)
    look.put(worksheet.cell(2, QUESTION), occasion.say(texts.REPORT_LEGEND), look.LEGEND)
    for letter, width in zip("ABC", _WIDTHS, strict=True):
        worksheet.column_dimensions[letter].width = width
    for row, asked in enumerate(occasion.fields(SHEET), start=FIRST_ROW):
        label, value = tables.header(occasion, asked), known.get(asked["field"])
        text = notes.beside(asked) if value is None else occasion.label(asked, "help")
        look.put(worksheet.cell(row, QUESTION), label, look.ASKED)
        style = look.ANSWER if value is None else look.ANSWER_KNOWN
        dressed = style.but(number_format=answers.number_format(asked))
        look.put(worksheet.cell(row, ANSWER), value, dressed)
        look.put(worksheet.cell(row, HELP), text, look.HELP)
        least = _LONG_ANSWER if asked["type"] == "long_text" else 0.0
        look.fit(worksheet, row, [(label, _WIDTHS[0]), (text, _WIDTHS[2])], least)
        check = answers.check(occasion, asked, notes, choices, {})
        if check is not None:
            # What is said beside the cell need not cover it as well.
            check.showInputMessage, check.prompt = False, None
            check.add(worksheet.cell(row, ANSWER).coordinate)
            worksheet.add_data_validation(check)
    worksheet.freeze_panes = worksheet.cell(FIRST_ROW, 1).coordinate
    worksheet.sheet_view.showGridLines = False
    look.printed(worksheet, occasion, is_page=True)


def _known(occasion: Occasion, choices: Choices) -> dict[str, str]:
    """Who reports about what. A first report is the rule, so the form begins as one."""
    return {
        "schema_version": form_version(occasion.catalogue),
        "partner_id": occasion.partner["partner_id"],
        "partner_name": occasion.partner["name"],
        "period": occasion.period.period_id,
        "submission_kind": choices.word("submission_kind", _FIRST),
    }
