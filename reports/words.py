"""Every word of ours that a report prints, in both languages, in the order of the pages.

Official wordings and names are not here: they come with the facts. {blanks} are filled in by
reports.locale, which also knows when Romanian wants a "de".
"""

from typing import NamedTuple

from reports.model import State, Status, Text


class Noun(NamedTuple):
    """Words that change with the number before them."""

    one: Text
    many: Text


def _noun(one_ro: str, many_ro: str, one_en: str, many_en: str) -> Noun:
    return Noun(Text(one_ro, one_en), Text(many_ro, many_en))


# Numbers, dates, lists
OF = Text("{part}\u00a0din\u00a0{whole}", "{part}\u00a0of\u00a0{whole}")
AT_LEAST = Text("cel puțin {value}", "at least {value}")
BETWEEN = Text("între\u00a0{low} și\u00a0{high}", "between\u00a0{low} and\u00a0{high}")
AND = Text("și", "and")
MONTHS = (
    Text("ianuarie", "January"),
    Text("februarie", "February"),
    Text("martie", "March"),
    Text("aprilie", "April"),
    Text("mai", "May"),
    Text("iunie", "June"),
    Text("iulie", "July"),
    Text("august", "August"),
    Text("septembrie", "September"),
    Text("octombrie", "October"),
    Text("noiembrie", "November"),
    Text("decembrie", "December"),
)
MONTHS_SHORT = (
    Text("ian", "Jan"),
    Text("feb", "Feb"),
    Text("mar", "Mar"),
    Text("apr", "Apr"),
    Text("mai", "May"),
    Text("iun", "Jun"),
    Text("iul", "Jul"),
    Text("aug", "Aug"),
    Text("sep", "Sep"),
    Text("oct", "Oct"),
    Text("nov", "Nov"),
    Text("dec", "Dec"),
)
QUARTER = Text("trimestrul {number}, {year}", "quarter {number}, {year}")
QUARTER_SHORT = Text("T{number}", "Q{number}")
HALF = Text("semestrul {number}, {year}", "half {number}, {year}")
HALF_SHORT = Text("S{number}", "H{number}")
CUMULATIVE = Text("cumulat până la {day}", "cumulative to {day}")

# Things that are counted
ACTIVITY = _noun("activitate", "activități", "activity", "activities")
PARTNER = _noun("partener", "parteneri", "partner", "partners")
INDICATOR = _noun(
    "indicator cu țintă",
    "indicatori cu țintă",
    "indicator with a target",
    "indicators with a target",
)
OPEN_CALL = _noun("apel deschis", "apeluri deschise", "open call", "open calls")
APPLICANT = _noun("solicitant", "solicitanți", "applicant", "applicants")
LINK = _noun("legătură asumată", "legături asumate", "committed link", "committed links")
ROW = _noun("rând", "rânduri", "row", "rows")
FILE = _noun("fișier", "fișiere", "file", "files")
FILE_REJECTED = _noun("a fost respins", "au fost respinse", "was refused", "were refused")
DUE_REPORT = _noun("raport datorat", "rapoarte datorate", "report due", "reports due")
MONTH = _noun("lună", "luni", "month", "months")
A_PERIOD = {
    "month": Text("o lună", "one month"),
    "quarter": Text("un trimestru", "one quarter"),
    "half": Text("un semestru", "one half-year"),
    "year": Text("un an", "one year"),
}

# Cover, head and foot of every page
REPORT_TITLE = Text("Raport de monitorizare", "Monitoring report")
COVER_KICKER = Text(
    "{programme} · Capitală Europeană a Culturii", "{programme} · European Capital of Culture"
)
COVER_PERIOD = Text("Perioada {span}, date la zi la {day}", "Period {span}, data as of {day}")
COVER_OUTLINE = Text("Copertă", "Cover")
ONE_DOT = Text("Un punct, o activitate:", "One dot, one activity:")
MANY_DOTS = Text("Un punct, până la {count} activități:", "One dot, up to {count} activities:")
PORTRAIT_ALT = Text(
    "Portretul perioadei: fiecare punct este o activitate, pe luni și formate. {months}. Total: "
    "{total}.",
    "A portrait of the period: each dot is an activity, by month and format. {months}. Total: "
    "{total}.",
)
NO_ACTIVITIES_YET = Text(
    "Nicio activitate raportată în perioadă.", "No activities reported in the period."
)
TARGET_OF = Text("țintă {target}", "target {target}")
READER = Text("Pentru", "For")
EDITION = Text("Ediția", "Edition")
AUDIENCES = {
    "team": Text("echipa programului", "the programme team"),
    "funder": Text("finanțatorii programului", "the programme's funders"),
    "public": Text("publicul larg", "the public"),
}
EDITION_LINE = Text(
    "{period} / {version} · registru {head}", "{period} / {version} · ledger {head}"
)
VERSION = Text("v{number}", "v{number}")
DRAFT = Text("ciornă nepublicată", "unpublished draft")
COVERAGE_LINE = Text("{of} primite", "{of} received")
COVERAGE_NONE = Text("niciunul datorat încă", "none due yet")
COVERAGE = Text("Rapoarte", "Reports")
DEMONSTRATION_COVER = Text(
    "Exemplu cu date demonstrative. Nu este un document oficial.",
    "An example with made-up data. Not an official document.",
)
DEMONSTRATION = Text("date demonstrative", "made-up data")
FOOT = Text(
    "Date la zi la {day} · {edition} · registru {head}",
    "Data as of {day} · {edition} · ledger {head}",
)
FOOT_EDITION = Text("ediția v{number}", "edition v{number}")
PAGE_OF = Text("pagina {page} din {pages}", "page {page} of {pages}")
PDF_SUBJECT = Text(
    "Activități, indicatori și ținte, {span}", "Activities, indicators and targets, {span}"
)
PDF_KEYWORDS = Text(
    "monitorizare; indicatori; Capitală Europeană a Culturii",
    "monitoring; indicators; European Capital of Culture",
)

# Statuses and states
STATUS: dict[Status, Text] = {
    "reached": Text("Atins", "Reached"),
    "at_risk": Text("La risc", "At risk"),
    "behind": Text("În urmă", "Behind"),
    "no_data": Text("Fără date", "No data"),
    "not_comparable": Text("Fără comparație", "Not comparable"),
}
STATUS_COUNT: dict[Status, Noun] = {
    "reached": _noun("atins", "atinși", "reached", "reached"),
    "at_risk": _noun("la risc", "la risc", "at risk", "at risk"),
    "behind": _noun("în urmă", "în urmă", "behind", "behind"),
    "no_data": _noun("fără date", "fără date", "without data", "without data"),
    "not_comparable": _noun("necomparabil", "necomparabili", "not comparable", "not comparable"),
}
STATE: dict[State, Text] = {
    "REPORTED": Text("raportat la timp", "reported in time"),
    "LATE": Text("raportat târziu", "reported late"),
    "NIL": Text("confirmat: nimic de raportat", "confirmed: nothing to report"),
    "EXCUSED": Text("scutit", "excused"),
    "MISSING": Text("lipsă", "missing"),
    "NOT_DUE": Text("nedatorat", "not due"),
}

# The headline and the findings
OF_WHICH = Text("din care ", "of which ")
HEADLINE_NO_DATA = Text(
    "Încă nu există date despre activități", "There are no data on activities yet"
)
NO_ACTIVITY = Text("nicio activitate", "no activities")
HEADLINE_ABOVE = Text("{activities}, peste țintă", "{activities}, above target")
HEADLINE_AT = Text("{activities}, exact cât ținta", "{activities}, exactly on target")
HEADLINE_BELOW = Text("{activities}, sub țintă", "{activities}, below target")
HEADLINE_MOSTLY = Text("{claim}, mai ales {format}", "{claim}, mostly {format}")
PARTNERS_MISSING = Text(
    "{missing}\u00a0din\u00a0{partners} {have}", "{missing}\u00a0of\u00a0{partners} {have}"
)
HAVE_MISSING = _noun(
    "are rapoarte lipsă", "au rapoarte lipsă", "has missing reports", "have missing reports"
)
ALL_REPORTED = Text("toate rapoartele datorate au sosit", "all reports due have arrived")
CLAIM_ABOVE = Text("{activities}, cu {gap} peste țintă.", "{activities}, {gap} above target.")
CLAIM_AT = Text("{activities}, exact cât ținta.", "{activities}, exactly on target.")
CLAIM_BELOW = Text("{activities}, cu {gap} sub țintă.", "{activities}, {gap} below target.")
SENTENCE = Text("{claim}.", "{claim}.")
BY_FORMAT = Text("După format: {formats}.", "By format: {formats}.")
WITHOUT_FORMAT = Text("{count} fără format precizat", "{count} without a stated format")
EARLIER = Text("În {period}: {value}.", "In {period}: {value}.")
BEHIND_CLAIM = Text("{name}: {degree} din țintă.", "{name}: {degree} of the target.")
BEHIND_PLAIN = Text("{name}: {value}.", "{name}: {value}.")
BEHIND_EVIDENCE = Text(
    "{value} față de ținta de\u00a0{target}.", "{value} against a target of\u00a0{target}."
)
BEHIND_OTHERS = Text("Tot în urmă: {names}.", "Also behind: {names}.")
NOTHING_BEHIND = Text("Niciun indicator nu este în urmă.", "No indicator is behind.")
AT_RISK_NAMES = Text("La risc: {names}.", "At risk: {names}.")
RATE_CLAIM = Text("Rata de selecție este de {rate}.", "The selection rate is {rate}.")
RATE_EVIDENCE = Text(
    "{selected} din {applicants}, la {calls}.", "{selected} of {applicants}, in {calls}."
)
INSIDE_CORRIDOR = Text(
    "În coridorul agreat de {corridor}.", "Within the agreed corridor of {corridor}."
)
OUTSIDE_CORRIDOR = Text(
    "În afara coridorului agreat de {corridor}.", "Outside the agreed corridor of {corridor}."
)
REPORTS_IN = Text(
    "Au sosit {reported} din {due} ({rate}).", "{reported} of {due} have arrived ({rate})."
)
UNSTATED_CLAIM = Text("{activities} fără format precizat.", "{activities} without a stated format.")
UNSTATED_EVIDENCE = Text(
    "Sunt în total, dar nu în ponderi: {sum}.",
    "They are in the total but not in the shares: {sum}.",
)
QUARANTINE_CLAIM = Text("{rows} în așteptarea corecturilor.", "{rows} waiting for corrections.")
QUARANTINE_EVIDENCE = Text(
    "Din {seen} citite, {stored} sunt acceptate; ce așteaptă nu intră în cifre.",
    "Of {seen} read, {stored} are accepted; what waits is not in the figures.",
)
UNLINKED_CLAIM = Text(
    "{activities} fără legătură cu strategia.", "{activities} without a link to the strategy."
)
UNLINKED_EVIDENCE = Text(
    "Nu numesc niciun scop și niciun obiectiv.", "They name neither an aim nor an objective."
)

# 1 Summary
SUMMARY = Text("Pe scurt", "In short")
CONTENTS = Text("Cuprins", "Contents")
CONTENTS_LINK = Text("{name}, pagina {page}", "{name}, page {page}")
HOW_TO_READ = Text("Cum se citește", "How to read it")
READ_REACHED = Text(": cel puțin {reached} din țintă. ", ": at least {reached} of the target. ")
READ_AT_RISK = Text(": de la {at_risk} la {reached}. ", ": from {at_risk} to {reached}. ")
READ_BEHIND = Text(": sub {at_risk}. ", ": below {at_risk}. ")
READ_NO_DATA = Text(
    ": nu se estimează nimic. Forma semnului poartă sensul și fără culoare.",
    ": nothing is estimated. The sign's shape carries the meaning without its colour.",
)
READ_MISSING = Text(
    "„–” înseamnă că valoarea lipsește; „n/a”, că nu există (împărțire la zero). Lipsa nu este "
    "zero.",
    "“–” means that a value is missing; “n/a” that there is none (a division by zero). Missing is "
    "not zero.",
)
READ_PRECISION = Text(
    "„Cel puțin” și „între” se tipăresc așa cum au fost declarate.",
    "“At least” and “between” are printed as they were declared.",
)
HIDDEN_NOTE = Text(
    "„[c]”, confidențial, înseamnă că valoarea este ascunsă pentru a proteja oamenii: numără mai "
    "puțin de 5 sau ar lăsa să se afle o valoare care numără atât de puțini.",
    "“[c]”, confidential, means that a value is hidden to protect people: it counts fewer than 5, "
    "or would give away a value that does.",
)
HIDDEN_WHY = Text("ascuns, pentru a proteja oamenii", "hidden to protect people")
NEXT_DEADLINES = Text("Termene următoare", "Next deadlines")
SINCE = Text("Față de {period}", "Compared with {period}")
DIFFERENCE = Text("diferență", "difference")
CHANGE_ALT = Text(
    "Comparație între {before} și {after}. {changes}.", "{before} and {after} compared. {changes}."
)
CHANGE_ROW = Text("{name}: de la {before} la {after}", "{name}: from {before} to {after}")
CHANGE_NOTE = Text(
    "Perioada anterioară stă la 100 % pe fiecare rând; scara merge până la 200 %, iar săgeata "
    "arată o valoare din afara ei.",
    "The earlier period stands at 100% in every row; the scale ends at 200% and an arrow shows a "
    "value beyond it.",
)
STATUS_ALT = Text(
    "Starea indicatorilor cu țintă: {counts}.", "Status of the indicators with a target: {counts}."
)

# What an earlier edition said otherwise
RESTATED = Text("Ce s-a schimbat", "What changed")
RESTATED_TITLE = Text(
    "{totals} {are} față de ediția v{version}", "{totals} {are} since edition v{version}"
)
CHANGED_TOTAL = _noun("total", "totaluri", "total", "totals")
HAVE_CHANGED = _noun("s-a schimbat", "s-au schimbat", "has changed", "have changed")
RESTATED_NOTHING = Text(
    "Niciun total nu s-a schimbat față de ediția v{version}",
    "No total has changed since edition v{version}",
)
RESTATED_LEAD = Text(
    "Ediția v{version} avea date la zi la {day}.", "Edition v{version} had data as of {day}."
)
RESTATED_ORDER = Text(
    " Întâi schimbările cele mai mari față de valoarea lor.",
    " The changes that are largest beside their value come first.",
)
RESTATED_NOTE = Text(
    "Diferențele din ultima coloană se adună, nerotunjite, la diferența totalului; ce nu era "
    "cunoscut stă la 0. Motivul stă unde o cauză apare prima dată. ",
    "The differences in the last column, not rounded, add up to that of the total; what was not "
    "known stands at 0. The reason stands where a cause is named first. ",
)
RESTATED_REST = Text("Nu încap aici {totals}. ", "Not shown here: {totals}. ")
RESTATED_OTHERS = Text(
    "{figures} {moved}, părți ale totalurilor: pe luni, formate, cartiere. „reper "
    "changes EDIȚIE” le listează pe toate.",
    "{figures} {moved}, parts of totals: by month, format, neighbourhood. “reper "
    "changes EDITION” lists all of them.",
)
OTHER_TOTAL = _noun("alt total schimbat", "alte totaluri schimbate", "more total", "more totals")
OTHER_FIGURE = _noun("altă cifră", "alte cifre", "other figure", "other figures")

COLUMN_EDITION = Text("Ediția v{version}", "Edition v{version}")
COLUMN_NOW = Text("Acum", "Now")
COLUMN_DIFFERENCE = Text("Diferență", "Difference")
COLUMN_WHY = Text("De unde vine diferența", "Where the difference comes from")
POINTS = Text("{points}\u00a0p.p.", "{points}\u00a0pp")
CAUSES = {
    "first": Text("{partner}, raport din {day}", "{partner}, report of {day}"),
    "nil": Text(
        "{partner}, raport „fără activitate” din {day}", "{partner}, “no activity” report of {day}"
    ),
    "correction": Text("{partner}, corecție din {day}", "{partner}, correction of {day}"),
    "withdrawn": Text(
        "{partner}, raportare retrasă pe {day}", "{partner}, submission withdrawn on {day}"
    ),
    "excused": Text("{partner}, scutit pe {day}", "{partner}, excused on {day}"),
    "pair": Text(
        "decizie din {day} despre o coproducție", "decision of {day} about a co-production"
    ),
}
CAUSE_WITH_REASON = Text("{cause}: „{reason}”", "{cause}: “{reason}”")
CAUSE_TIME = Text(
    "trecerea timpului, ținte sau definiții", "the passing of time, targets or definitions"
)
CAUSE_SEVERAL = Text("{submissions} până la {day}", "{submissions} up to {day}")
SUBMISSION = _noun("raportare", "raportări", "submission", "submissions")
CAUSE = _noun("cauză", "cauze", "more cause", "more causes")
MORE_CAUSES = Text("și încă {causes}", "and {causes}")
RESTATED_CLAIM = Text(
    "{totals} {are} față de ediția v{version}.", "{totals} {are} since edition v{version}."
)
RESTATED_EVIDENCE = Text(
    "Cel mai mult: {name}, de la {before} la {after}.",
    "The most: {name}, from {before} to {after}.",
)

# 2 Indicators
INDICATORS = Text("Indicatori și ținte", "Indicators and targets")
INDICATORS_TITLE = Text(
    "{reached} din {indicators} {are} la țintă; {others}",
    "{reached} of {indicators} {are} on target; {others}",
)
INDICATORS_TITLE_ALL = Text(
    "{reached} din {indicators} {are} la țintă", "{reached} of {indicators} {are} on target"
)
ARE = _noun("este", "sunt", "is", "are")
INDICATORS_NONE = Text(
    "Niciun indicator nu are o țintă pentru această perioadă",
    "No indicator has a target for this period",
)
INDICATORS_LEAD = Text(
    "Barele stau pe aceeași scară, de la 0 la 150 % din țintă; linia verticală este ținta. "
    "Tendința arată valoarea cumulată, lună de lună.",
    "All bars share one scale, from 0 to 150% of the target; the vertical line is the target. The "
    "trend is cumulative, month by month.",
)
COLUMN_STATUS = Text("Stare", "Status")
COLUMN_INDICATOR = Text("Indicator", "Indicator")
COLUMN_TREND = Text("Tendință", "Trend")
COLUMN_BULLET = Text("Realizat față de țintă", "Achieved against target")
COLUMN_VALUE = Text("Realizat", "Achieved")
COLUMN_TARGET = Text("Țintă", "Target")
COLUMN_DEGREE = Text("Grad", "Degree")
BASE_TOO_SMALL = Text("{of}, prea puține pentru un procent", "{of}, too few for a per cent")
OTHER_INDICATORS = Text("Alți indicatori, fără țintă", "Other indicators, without a target")
NO_TREND = Text("fără serie", "no series")
HIDDEN_TREND = Text("serie ascunsă", "series hidden")
HIDDEN_BAR = Text("valoare ascunsă", "value hidden")
NO_VALUE_BAR = Text("fără date", "no data")
ZERO_TARGET_BAR = Text("țintă 0: număr, nu procent", "target 0: a number, no per cent")
RANGE_BAR = Text("valoare fără bară", "value without a bar")
TREND_ALT = Text("Tendință: de la {first} la {last}.", "Trend: from {first} to {last}.")
BULLET_ALT = Text(
    "{name}: realizat {value}, țintă {target}, grad de realizare {degree}.",
    "{name}: achieved {value}, target {target}, degree {degree}.",
)
IN_CORRIDOR = Text("în coridor", "in corridor")
OUTSIDE = Text("în afară", "outside")
WITHIN_MAXIMUM = Text("în limită", "within")
ABOVE_MAXIMUM = Text("peste", "above")
TARGET_KINDS = {
    "annual": Text("", ""),
    "cumulative": Text("țintă cumulată", "cumulative target"),
    "milestone": Text("prag intermediar", "milestone"),
    "at_least_share": Text("pondere minimă", "minimum share"),
    "corridor": Text("coridor {target}", "corridor {target}"),
    "maximum": Text("maximum admis: {target}", "maximum allowed: {target}"),
}
REVISED = Text(
    "țintă schimbată la {day} de {who}, era {target}",
    "target changed on {day} by {who}, it was {target}",
)
PUBLISHED = Text("Publicat: {value}, {source}", "Published: {value}, {source}")
INDICATORS_NOTE = Text(
    "Praguri: atins de la {reached}, la risc de la {at_risk}, în urmă sub {at_risk} din țintă, "
    "înainte de rotunjire. Un coridor este atins între marginile lui, un maximum până la valoarea "
    "lui; la ținta zero nu există grad de realizare.",
    "Thresholds: reached from {reached}, at risk from {at_risk}, behind below {at_risk} of the "
    "target, before rounding. A corridor is reached between its ends, a maximum up to its value; "
    "a target of zero has no degree.",
)
INDICATORS_CODES = Text(
    "Codul mic de sub o valoare este pașaportul ei: „reper trace COD” arată rândurile din care "
    "provine.",
    "The small code below a value is its passport: “reper trace CODE” shows the rows that it "
    "comes from.",
)
INDICATORS_COVERAGE = Text(
    "Cifrele se sprijină pe {reported} din {due}.", "The figures rest on {reported} of {due}."
)

# 3 Activities
ACTIVITIES = Text("Activități pe luni și formate", "Activities by month and format")
MOST_FREQUENT = Text(
    "{format} a fost cel mai frecvent format {when}", "{format} was the most frequent format {when}"
)
MOST_FREQUENT_STATED = Text(
    "{format} a fost cel mai frecvent format precizat {when}",
    "{format} was the most frequent stated format {when}",
)
IN_MONTHS = Text("în\u00a0{months}\u00a0din\u00a0{all}", "in\u00a0{months}\u00a0of\u00a0{all}")
IN_ALL_MONTHS = Text("în fiecare lună", "in every month")
IN_BUSY_MONTHS = Text(
    "în {months} din cele {all} cu activități", "in {months} of the {all} with activities"
)
IN_ALL_BUSY_MONTHS = Text("în fiecare lună cu activități", "in every month with activities")
ACTIVITIES_TITLE_PLAIN = Text("{activities} în perioadă", "{activities} in the period")
ACTIVITIES_NONE = Text(
    "Nicio activitate realizată în perioadă", "No activities delivered in the period"
)
ACTIVITIES_PEAK = Text(
    "Luna cu cele mai multe activități: {month}, cu {activities}.",
    "The month with the most activities: {month}, with {activities}.",
)
ACTIVITIES_WITHOUT = Text(
    "Fără activități {format}: {months}.", "No activities {format}: {months}."
)
BY_MONTH = Text(
    "Activități realizate pe lună, după format", "Activities delivered by month and format"
)
SHARES_BY_QUARTER = Text("Ponderea formatelor pe trimestre", "Shares of the formats by quarter")
SHARES_BY_MONTH = Text("Ponderea formatelor pe luni", "Shares of the formats by month")
SHARES_NOTE = Text(
    "Ponderile sunt din activitățile cu format precizat (în dreapta: câte din total); cele "
    "hașurate nu au format.",
    "Shares are of the activities with a stated format (at the right: how many of all); hatched "
    "ones have none.",
)
NUMBERS = Text("Cifrele din grafic", "The numbers of the chart")
COLUMN_FORMAT = Text("Format", "Format")
COLUMN_MONTH = Text("Luna", "Month")
COLUMN_TOTAL = Text("Total", "Total")
COLUMN_SHARE = Text("% din {classified}", "% of {classified}")
TOTAL = Text("Total", "Total")
ACTIVITIES_NOTE = Text(
    "O activitate este numărată o singură dată, în prima lună din perioadă în care s-a "
    "desfășurat. Cele fără format precizat sunt în total, nu și în ponderi; nu se repartizează "
    "proporțional.",
    "An activity is counted once, in the first month of the period in which it took place. Those "
    "without a stated format are in the total but not in the shares; they are not spread over the "
    "rest.",
)
CALENDAR_ALT = Text(
    "Activități pe luni și formate. {months}.", "Activities by month and format. {months}."
)
SHARES_ALT = Text("Ponderea formatelor. {spans}.", "Shares of the formats. {spans}.")
FIGURE_CODE = Text("cod {code}", "code {code}")

COPRODUCTIONS = Text("Coproducții: net și brut", "Co-productions: net and gross")
COPRODUCTIONS_RULE = Text(
    "Net {net}, brut {gross}. Net numără o coproducție o singură dată, cum a raportat-o partenerul "
    "principal; brut, de câte ori a fost raportată. Toate cifrele raportului sunt nete. ",
    "Net {net}, gross {gross}. Net counts a co-production once, as its lead partner reported it; "
    "gross counts it as often as it was reported. All figures of the report are net. ",
)
PAIRS_WAITING = Text(
    "{pairs} de activități care par una singură {wait} decizia ofițerului și {count} până atunci "
    "de două ori.",
    "{pairs} of activities that seem to be one {wait} for the officer's decision and {count} twice "
    "until then.",
)
PAIR = _noun("pereche", "perechi", "pair", "pairs")
PAIR_WAITS = _noun("așteaptă", "așteaptă", "waits", "wait")
PAIR_COUNTS = _noun("se numără", "se numără", "counts", "count")
NO_PAIRS_WAITING = Text(
    "Nicio pereche de activități nu așteaptă decizia ofițerului.",
    "No pair of activities waits for the officer's decision.",
)

# 4 Open calls
CALLS = Text("Apeluri deschise și selecție", "Open calls and selection")
CALLS_TITLE = Text(
    "{selected} din {applicants} {were}: {rate}", "{selected} of {applicants} {were}: {rate}"
)
WERE_SELECTED = _noun("a fost selectat", "au fost selectați", "was selected", "were selected")
CALLS_NONE = Text(
    "Niciun apel deschis nu s-a închis în perioadă", "No open call closed in the period"
)
CALLS_NO_DATA = Text(
    "Încă nu există date despre apeluri deschise", "There are no data on open calls yet"
)
CALLS_EMPTY = Text("{calls}, niciun solicitant", "{calls}, no applicants")
CALLS_NO_RATE = Text(
    "Fără solicitanți nu există rată de selecție.", "Without applicants there is no selection rate."
)
CALLS_HIDDEN = Text("{calls}, cu rata de selecție ascunsă", "{calls}, the selection rate hidden")
CALLS_SPREAD = Text(
    "Rata pe apel este între {low} și {high}.", "The rate per call is between {low} and {high}."
)
CALLS_CORRIDOR = Text("Coridorul agreat este {corridor}.", "The agreed corridor is {corridor}.")
FUNNEL = Text("Parcursul candidaturilor", "From applications to selection")
STAGE_RECEIVED = Text("primite", "received")
STAGE_ELIGIBLE = Text("eligibile", "eligible")
STAGE_SELECTED = Text("selectate", "selected")
STAGE_STEP = Text("{share} din etapa anterioară", "{share} of the stage before")
FUNNEL_ALT = Text(
    "Parcursul candidaturilor: {stages}.", "From applications to selection: {stages}."
)
RATE_BY_CALL = Text("Rata de selecție pe apel", "Selection rate by call")
COLUMN_CALL = Text("Apel", "Call")
COLUMN_APPLICANTS = Text("Solicitanți", "Applicants")
COLUMN_SELECTED = Text("Selectați", "Selected")
COLUMN_RATE = Text("Rată", "Rate")
COLUMN_RATE_SCALE = Text("Rata, 0–{top}", "Rate, 0–{top}")
ALL_CALLS = Text("Toate apelurile", "All calls")
IN_SITU = Text("in situ", "in situ")
RATE_ALT = Text("{name}: {rate}", "{name}: {rate}")
CALLS_NOTE_BAND = Text(
    "Banda gri este coridorul agreat ({corridor}). ",
    "The grey band is the agreed corridor ({corridor}). ",
)
CALLS_NOTE = Text(
    "Linia punctată este rata pe toate apelurile. Rata = selectați / solicitanți, oameni de "
    "ambele părți.",
    "The dotted line is the rate over all calls. Rate = selected / applicants, people on both "
    "sides.",
)
CALLS_SMALL = Text(
    " La {applicants}, o selecție în plus schimbă rata cu {points} puncte procentuale: diferențele "
    "dintre apeluri nu sunt concluzive.",
    " With {applicants}, one more selection moves the rate by {points} percentage points: the "
    "differences between calls prove nothing.",
)

APPLICATIONS = Text("Ce s-a întâmplat cu candidaturile", "What became of the applications")
COLUMN_RECEIVED = Text("Primite", "Received")
COLUMN_WITHDRAWN = Text("Retrase", "Withdrawn")
COLUMN_INELIGIBLE = Text("Neeligibile", "Ineligible")
COLUMN_CHOSEN = Text("Selectate", "Selected")
COLUMN_TURNED_DOWN = Text("Respinse", "Turned down")
COLUMN_ADDS_UP = Text("Se potrivesc", "Adds up")
ADDS_UP = Text("da", "yes")
DOES_NOT_ADD_UP = Text("nu", "no")
UNKNOWN_ENDS = Text("nu se știe", "not known")
APPLICATIONS_NOTE = Text(
    "O candidatură ajunge într-o singură stare: retrasă, neeligibilă, selectată sau respinsă. "
    "Candidaturile nu sunt solicitanți: un solicitant poate depune mai multe.",
    "An application ends in one state: withdrawn, ineligible, selected or turned down. "
    "Applications are not applicants: one applicant may hand in several.",
)
APPLICATIONS_UNKNOWN = Text(
    " „–”: partenerul nu a spus câte erau eligibile.",
    " “–”: the partner did not say how many were eligible.",
)
GAP = Text(
    "„{call}” are cifre care se contrazic: {part} {part_count}, mai mult decât {whole} "
    "{whole_count}.",
    "“{call}” does not add up: {part} {part_count}, more than {whole} {whole_count}.",
)
GAP_PARTS = {
    "withdrawn_or_eligible": Text(
        "candidaturi retrase și eligibile", "applications withdrawn and eligible"
    ),
    "withdrawn_or_selected": Text(
        "candidaturi retrase și selectate", "applications withdrawn and selected"
    ),
    "selected": Text("candidaturi selectate", "applications selected"),
    "applicants_selected": Text("solicitanți selectați", "applicants selected"),
}
GAP_WHOLES = {
    "received": Text("candidaturi primite", "applications received"),
    "eligible": Text("candidaturi eligibile", "applications eligible"),
    "applicants": Text("solicitanți", "applicants"),
}
GAPS_CLAIM = Text("{calls} {do_not}.", "{calls} {do_not}.")
DO_NOT_ADD_UP = _noun(
    "are cifre care se contrazic",
    "au cifre care se contrazic",
    "does not add up",
    "do not add up",
)

# 5 Aims
AIMS = Text("Scopuri și obiective", "Aims and objectives")
AIMS_GAPS = Text("{gaps} din {links} {have}", "{gaps} of {links} {have}")
HAVE_NO_ACTIVITY = _noun(
    "nu are încă nicio activitate",
    "nu au încă nicio activitate",
    "has no activity yet",
    "have no activity yet",
)
AIMS_COMPLETE = Text(
    "Toate legăturile asumate ({links}) au cel puțin o activitate",
    "All committed links ({links}) have at least one activity",
)
AIMS_MOST = Text(
    "Scopul atins cel mai des este „{aim}”: {activities}",
    "The aim touched most is “{aim}”: {activities}",
)
AIMS_NOTHING = Text(
    "Nicio activitate nu este încă legată de un scop", "No activity is linked to an aim yet"
)
AIMS_LEAD_MATRIX = Text(
    "Un rând este un scop sau un obiectiv al programului, o coloană este un scop CEaC. Culoarea "
    "arată câte activități contribuie, punctele arată intensitatea asumată în dosar.",
    "A row is an aim or an objective of the programme, a column an aim of the European Capital of "
    "Culture action. The colour shows how many activities contribute, the dots the intensity "
    "committed to in the bid.",
)
AIMS_LEAD = Text(
    "Un rând este o direcție a programului, o coloană este un scop CEaC. Culoarea arată câte "
    "activități contribuie.",
    "A row is a direction of the programme, a column an aim of the European Capital of Culture "
    "action. The colour shows how many activities contribute.",
)
COLUMN_OBJECTIVE = Text("Scop sau obiectiv", "Aim or objective")
COLUMN_DIRECTION = Text("Direcție", "Direction")
COLUMN_ACTIVITIES = Text("Activități", "Activities")
OBJECTIVE_GROUPS = {
    "aim": Text("Scopuri ale programului", "Aims of the programme"),
    "objective": Text("Obiective ale programului", "Objectives of the programme"),
    "direction": Text("Direcții ale programului", "Directions of the programme"),
}
AIM_TOTALS = Text("Activități diferite pe scop", "Different activities by aim")
LEGEND_ACTIVITIES = Text("Activități:", "Activities:")
LEGEND_ZERO = Text("0, deși asumat", "0 although committed")
LEGEND_INTENSITY = Text("intensitate asumată", "committed intensity")
AIMS_NOTE = Text(
    "O activitate poate contribui la mai multe scopuri; rândurile și coloanele nu se adună la "
    "{total}.",
    "An activity may contribute to several aims; rows and columns do not add up to {total}.",
)
AIMS_NOTE_MATRIX = Text(
    " Câmpurile goale nu sunt asumate în dosar.", " Empty fields were not committed to in the bid."
)
AIMS_NOTE_DIRECT = Text(
    " Totalul unui scop cuprinde și activitățile care îl numesc direct, fără o direcție.",
    " The total of an aim includes activities that name it directly, without a direction.",
)
AIMS_UNLINKED = Text(" {activities} nu numesc niciun obiectiv.", " {activities} name no objective.")
AIMS_UNLINKED_ONE = Text(
    " {activities} nu numește niciun obiectiv.", " {activities} names no objective."
)
AIM_WORDINGS = Text("Scopurile acțiunii CEaC", "The aims of the European Capital of Culture action")

READINGS = Text("Două lecturi ale acelorași activități", "Two readings of the same activities")
COLUMN_AIM = Text("Scop CEaC", "Aim of the ECoC action")
COLUMN_TOUCHES = Text("Atinge", "Touches")
COLUMN_PART = Text("Parte", "Share")
COLUMN_PART_SHARE = Text("% din total", "% of total")
NO_AIM = Text("Fără scop CEaC", "No aim of the action")
NO_OBJECTIVE = Text("Fără obiectiv numit", "No objective named")
ALL_ACTIVITIES = Text("Toate activitățile", "All activities")
READING_TOUCHES = Text(
    "Atinge: o activitate se numără la fiecare scop de care este legată, așa că numerele nu se "
    "adună. ",
    "Touches: an activity counts at each aim that it is linked to, so the numbers do not add up. ",
)
READING_SHARE_BULLETS = Text(
    "Parte: fiecare activitate se împarte între legăturile ei după intensitatea asumată, așa că "
    "părțile, nerotunjite, se adună la {total}. ",
    "Share: each activity is divided over its links by the intensity committed to, so the shares, "
    "not rounded, add up to {total}. ",
)
READING_SHARE_EVEN = Text(
    "Parte: fiecare activitate se împarte în mod egal între legăturile ei, așa că părțile, "
    "nerotunjite, se adună la {total}. ",
    "Share: each activity is divided evenly over its links, so the shares, not rounded, add up to "
    "{total}. ",
)
READING_NO_MONEY = Text("Niciuna nu împarte bani sau oameni.", "Neither divides money or people.")
NO_MATRIX = Text(
    " Programul nu are o matrice de intensități: direcțiile duc direct la cele șase scopuri.",
    " The programme has no matrix of intensities: its directions lead straight to the six aims.",
)
EQUAL_AIMS = Text(
    " Matricea leagă scopurile „{first}” și „{second}” la fel în fiecare rând: o activitate care "
    "numește un obiectiv le atinge pe amândouă, așa că cifrele lor egale nu spun nimic în plus.",
    " The matrix links the aims “{first}” and “{second}” alike in every row: an activity that "
    "names an objective touches both, so their equal figures say nothing more.",
)
OPEN_COMMITMENTS = Text(
    "Legături asumate fără nicio activitate: {count}",
    "Committed links without an activity: {count}",
)
COLUMN_OPEN_AIMS = Text(
    "Scopuri CEaC fără activitate, cu intensitatea asumată",
    "Aims without an activity, with the intensity committed to",
)

# 6 Partners
PARTNERS = Text("Cine a raportat", "Who reported")
PARTNERS_TITLE = Text("{complete} din {partners} {sent}", "{complete} of {partners} {sent}")
SENT_ALL = _noun(
    "a trimis toate rapoartele datorate",
    "au trimis toate rapoartele datorate",
    "has sent every report due",
    "have sent every report due",
)
PARTNERS_NONE_DUE = Text("Niciun raport nu era datorat", "No report was due")
PARTNERS_LEAD = Text(
    "De la cel mai incomplet la complet. Un pătrat este {period}.",
    "The least complete first. A square is {period}.",
)
COLUMN_PARTNER = Text("Partener", "Partner")
COLUMN_REPORTS = Text("Rapoarte", "Reports")
COLUMN_OPEN = Text("De corectat", "To correct")
SQUARES_LEGEND_ALT = Text("Legendă: {states}.", "Legend: {states}.")
PARTNERS_NOTE = Text(
    "Termenul este a {days}-a zi după încheierea perioadei. Rapoartele scutite și cele încă "
    "nedatorate nu intră la numitor. „De corectat” sunt constatările la care partenerul nu a "
    "răspuns încă.",
    "The deadline is day {days} after the end of the period. Reports excused or not yet due are "
    "not in the denominator. “To correct” are findings that the partner has not answered yet.",
)

# 7 Quality
QUALITY = Text("Calitatea datelor", "Data quality")
QUALITY_TITLE = Text("{stored} din {seen} {were}", "{stored} of {seen} {were}")
WERE_ACCEPTED = _noun("a fost acceptat", "au fost acceptate", "was accepted", "were accepted")
QUALITY_TITLE_WAITING = Text("{title}; {quarantined} {wait}", "{title}; {quarantined} {wait}")
WAIT = _noun(
    "așteaptă corecturi", "așteaptă corecturi", "waits for a correction", "wait for corrections"
)
QUALITY_NONE = Text("Niciun rând nu a fost citit în perioadă", "No rows were read in the period")
QUALITY_LEAD = Text(
    "{files}, din care {rejected} {refused}.", "{files}, of which {rejected} {refused}."
)
QUALITY_LEAD_PLAIN = Text("{files}.", "{files}.")
QUALITY_REPLACED = Text(
    " {rows} au fost înlocuite de un raport mai nou al aceleiași activități.",
    " {rows} were replaced by a later report of the same activity.",
)
RECONCILIATION = Text(
    "De la rândurile citite la cele acceptate", "From the rows read to those accepted"
)
STEP_SEEN = Text("citite", "read")
STEP_SET_ASIDE = Text("exemple și totaluri", "examples and totals")
STEP_QUARANTINED = Text("așteaptă corecturi", "wait for corrections")
STEP_STORED = Text("acceptate", "accepted")
RECONCILIATION_ALT = Text(
    "{seen} citite, minus {set_aside} exemple și totaluri, minus {quarantined} în așteptare, egal "
    "{stored}.",
    "{seen} read, less {set_aside} examples and totals, less {quarantined} waiting, is {stored}.",
)
COLUMN_SHEET = Text("Foaie", "Sheet")
COLUMN_SEEN = Text("Citite", "Read")
COLUMN_SET_ASIDE = Text("Exemple, totaluri", "Examples, totals")
COLUMN_QUARANTINED = Text("În așteptare", "Waiting")
COLUMN_STORED = Text("Acceptate", "Accepted")
RULES = Text("Reguli care au găsit ceva", "Rules that found something")
NO_FINDINGS = Text("Nicio regulă nu a găsit abateri.", "No rule found anything.")
COLUMN_RULE = Text("Regulă", "Rule")
COLUMN_CODE = Text("Cod", "Code")
COLUMN_FINDINGS = Text("Abateri", "Findings")
COLUMN_PARTNERS = Text("Parteneri", "Partners")
COLUMN_SEVERITY = Text("Ce urmează", "What follows")
SEVERITY = {
    "stop": Text("fișier respins", "file refused"),
    "reject": Text("rând în așteptare", "row waits"),
    "warn": Text("avertisment", "warning"),
}
UNSTATED_ABOVE = Text(
    "{field}: peste {limit}, de citit cu grijă", "{field}: above {limit}, read with care"
)
UNCLASSIFIED = Text("Neprecizat, pe câmpuri", "Not stated, by field")
COLUMN_FIELD = Text("Câmp", "Field")
COLUMN_UNSTATED = Text("Activități", "Activities")
COLUMN_UNSTATED_SHARE = Text("Pondere", "Share")

# 8 Definitions
DEFINITIONS = Text("Definiții și metodă", "Definitions and method")
DEFINITIONS_TITLE = Text("Ce înseamnă fiecare cifră", "What each figure means")
DEFINITION = Text(": {meaning}", ": {meaning}")
ROUNDING = Text("Rotunjire", "Rounding")
ROUNDING_MEANING = Text(
    "Procentele au o zecimală, rotunjită la cel mai apropiat; starea se decide pe valoarea "
    "nerotunjită.",
    "Per cents have one decimal, rounded half up; a status is decided on the unrounded value.",
)
DEGREE = Text("Grad de realizare", "Degree")
DEGREE_MEANING = Text(
    "Realizat împărțit la țintă; nu există pentru o țintă zero sau fără țintă.",
    "Achieved over target; there is none for a target of zero or without a target.",
)
TRACEABILITY = Text(
    "Fiecare cifră are un cod care duce la rândurile partenerilor. Observații la {contact}; "
    "corecturile apar în ediția următoare, cu valoarea veche alături.",
    "Each figure has a code that leads back to the partners' rows. Remarks to {contact}; "
    "corrections appear in the next edition, with the old value beside them.",
)
