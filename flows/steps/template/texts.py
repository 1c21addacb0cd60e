"""What the workbook says by itself, in both languages; the catalogue says the rest."""

from reports.model import Text

READ_FIRST = Text("Citiți întâi", "Read first")
WORDS = Text("Cuvinte", "Words")
LISTS = Text("Liste", "Lists")

FOR_WHOM = Text("{partner} ({code})", "{partner} ({code})")
PERIOD = Text("Perioada", "Period")
DEADLINE = Text("Termen", "Deadline")
QUESTIONS = Text("Întrebări", "Questions")
PROJECTS = Text("Proiectele dumneavoastră", "Your projects")
SHEETS = Text("Foile", "The sheets")
MADE_UP = Text(
    "Program demonstrativ: partenerii și datele sunt inventate.",
    "Demonstration programme: partners and data are made up.",
)
HOW = Text("Cum se completează", "How to fill it in")
STEPS = (
    Text(
        "Scrieți numai ce s-a întâmplat în această perioadă. Totalurile le facem noi.",
        "Write only what happened in this period. We make the totals.",
    ),
    Text(
        "Începeți cu foaia „{report}”, apoi scrieți în „{activities}” câte un rând pentru fiecare "
        "activitate. Celelalte foi, numai dacă aveți ce scrie în ele.",
        "Begin with the sheet “{report}”, then write one row for each activity in “{activities}”. "
        "The other sheets only if you have something to write there.",
    ),
    Text(
        "Ce este scris cu albastru știm deja, din programul dumneavoastră sau din raportul trecut. "
        "Verificați, completați ce lipsește și ștergeți rândul dacă nu mai este cazul.",
        "What is written in blue we know already, from your programme or your last report. Check "
        "it, add what is missing, and delete the row if it no longer applies.",
    ),
    Text(
        "* în antet: răspuns obligatoriu. (*): obligatoriu uneori; când, spune nota antetului. "
        "Rândul gri este un exemplu și nu se numără niciodată.",
        "* in a header: an answer is needed. (*): needed sometimes; the note on the header says "
        "when. The grey row is an example and is never counted.",
    ),
    Text(
        "0 înseamnă „nu a fost”. O celulă goală înseamnă „nu știm”. Dacă nu ați numărat, scrieți "
        "o estimare și spuneți că este una.",
        "0 means “there was none”. A blank cell means “we do not know”. If you did not count, "
        "write an estimate and say that it is one.",
    ),
    Text(
        "Nu ați avut activitate? Alegeți „{nil}” în foaia „{report}”, ștergeți rândurile deja "
        "completate din celelalte foi și trimiteți: și acesta este un răspuns.",
        "No activity? Choose “{nil}” in the sheet “{report}”, delete the rows already filled in "
        "on the other sheets and send it: that is an answer too.",
    ),
    Text(
        "Trimiteți fișierul ca .xlsx. Primiți o confirmare și, dacă este ceva de corectat, lista "
        "locurilor. Pentru o corectură trimiteți din nou tot fișierul, cu tipul „{correction}”.",
        "Send the file as .xlsx. You get a receipt and, if anything has to be put right, a list "
        "of the places. To correct, send the whole file again, as “{correction}”.",
    ),
)
PURPOSE = {
    "raport": Text(
        "Cine raportează și despre ce, pe scurt și în cuvinte. O singură dată.",
        "Who reports, about what, in short and in words. Once.",
    ),
    "activitati": Text(
        "Un rând pentru fiecare activitate, și pentru cele planificate, amânate sau anulate.",
        "One row for each activity, those planned, postponed or cancelled included.",
    ),
    "apeluri": Text(
        "Un rând pentru fiecare apel deschis care s-a închis în perioadă.",
        "One row for each open call that closed in the period.",
    ),
    "buget": Text(
        "Un rând pentru fiecare proiect, sursă de finanțare și capitol.",
        "One row for each project, funding source and chapter.",
    ),
    "artisti": Text(
        "Numai dacă țineți o evidență: un rând pentru fiecare artist și activitate.",
        "Only if you keep a register: one row for each artist and activity.",
    ),
    "voluntari": Text(
        "Numai dacă țineți o evidență: un rând pentru fiecare voluntar și activitate.",
        "Only if you keep a register: one row for each volunteer and activity.",
    ),
}
WORDS_PURPOSE = Text(
    "Ce înseamnă fiecare cuvânt, cu exemple: ce se numără și ce nu.",
    "What each word means, with examples: what to count and what not.",
)
LISTS_PURPOSE = Text(
    "Răspunsurile dintre care se alege. Nu se modifică.",
    "The answers to choose from. Not to be changed.",
)

WORD = Text("Cuvântul", "Word")
MEANING = Text("Ce înseamnă", "What it means")
COUNT = Text("Numărați", "Count this")
LEAVE_OUT = Text("Nu numărați", "Do not count that")

LEGEND = Text(
    "* obligatoriu    (*) uneori obligatoriu: vedeți nota antetului    gri: exemplu, nu se numără",
    "* needed    (*) needed sometimes: see the note on the header    grey: example, never counted",
)
LEGEND_KNOWN = Text("    albastru: deja completat", "    blue: filled in already")
LEGEND_MORE = Text(
    "    încă {count} opționale: apăsați + deasupra coloanelor",
    "    {count} more, optional: press + above the columns",
)
REPORT_LEGEND = Text(
    "Scrieți în coloana din mijloc.    * obligatoriu    (*) uneori    albastru: deja completat",
    "Write in the middle column.    * needed    (*) sometimes    blue: filled in already",
)
SPENT_BEFORE = Text(
    "Cumulat la {day}: {amount} lei. Adăugați ce ați plătit în această perioadă.",
    "Spent by {day}: {amount} lei. Add what you paid in this period.",
)

ALWAYS = Text("Răspuns obligatoriu.", "An answer is needed.")
WHEN = Text("Răspuns obligatoriu {condition}.", "An answer is needed {condition}.")
EXPECTED = Text(
    "Răspuns așteptat: o celulă goală apare în rapoarte ca „neprecizat”.",
    "Answer expected: a blank cell shows in the reports as “not stated”.",
)
OPTIONAL = Text("Opțional.", "Optional.")
SEVERAL = Text(
    "Puteți scrie mai multe, separate prin punct și virgulă (;). Lista dă cuvintele.",
    "You may write several, separated by semicolons (;). The list has the words.",
)
AT_LEAST = Text("Cel puțin {limit}.", "At least {limit}.")
AT_MOST = Text("Cel mult {limit}.", "At most {limit}.")
AT_MOST_LETTERS = Text("Cel mult {letters}.", "At most {letters}.")
FOR_EXAMPLE = Text("De exemplu: „{example}”.", "For example: “{example}”.")
PLEASE_CHECK = Text("Vă rugăm să verificați", "Please check")
PAGE = Text("pagina", "page")
