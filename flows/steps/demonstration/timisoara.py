"""The year 2020 of the demonstration of Timișoara: a pandemic year of 203 activities."""

from datetime import UTC, date, datetime

from flows.steps.catalogue import Catalogue
from flows.steps.demonstration.activities import City
from flows.steps.demonstration.plan import Broken, Correction, Plan, Slot, Story, quarters
from flows.steps.demonstration.telling import tell
from flows.steps.demonstration.words import TIMISOARA

# Activities that begin in each month. Together 66 in person, 115 online, 22 without a format.
_IN_PERSON = (6, 8, 3, 0, 1, 5, 8, 8, 12, 11, 3, 1)
_ONLINE = (1, 1, 8, 16, 16, 10, 7, 6, 10, 12, 15, 13)
_NOT_STATED = (1, 2, 1, 1, 2, 2, 2, 2, 3, 3, 2, 1)
# No audience in a hall from 11 March to 15 May 2020.
_LAST_BEFORE = date(2020, 3, 10)
_FIRST_AFTER = date(2020, 5, 16)
# Activities that run over weeks: six from one quarter into the next, seven over two months.
_LONG = (
    ("in_person", date(2020, 1, 24), date(2020, 2, 7)),
    ("online", date(2020, 3, 26), date(2020, 4, 9)),
    ("online", date(2020, 4, 22), date(2020, 5, 12)),
    ("online", date(2020, 5, 20), date(2020, 6, 9)),
    ("in_person", date(2020, 6, 19), date(2020, 7, 8)),
    (None, date(2020, 6, 24), date(2020, 7, 15)),
    ("in_person", date(2020, 7, 21), date(2020, 8, 5)),
    ("in_person", date(2020, 8, 20), date(2020, 9, 10)),
    ("in_person", date(2020, 9, 17), date(2020, 10, 6)),
    ("in_person", date(2020, 9, 22), date(2020, 10, 11)),
    (None, date(2020, 9, 25), date(2020, 10, 14)),
    ("in_person", date(2020, 10, 19), date(2020, 11, 3)),
    ("online", date(2020, 11, 18), date(2020, 12, 8)),
)
_CITY = City(
    siruta=("155243",),
    places=TIMISOARA,
    objectives={
        "encounters": ("D1", "D2", "A1", "A2", "A3"),
        "bega": ("D1", "D3", "D6"),
        "la_pas": ("D1", "D6", "A6"),
        "spatii_vii": ("D2", "D3", "D4"),
        "civicultura": ("D1", "D2", "A4"),
        "multiplexity": ("D4", "D5", "A5"),
    },
)


def story(tables: Catalogue) -> Story:
    """What 62 partners sent about the four quarters of 2020."""
    return tell(_plan(), tables)


def _plan() -> Plan:
    return Plan(
        seed=2020,
        city=_CITY,
        quarters=quarters(1, 2, 3, 4),
        slots={f"2020-Q{number}": tuple(_slots(number)) for number in (1, 2, 3, 4)},
        artists={"local": 93, "national": 30, "international": 17, None: 2},
        volunteers=280,
        nil={"2020-Q1": 8, "2020-Q2": 7, "2020-Q3": 4, "2020-Q4": 4},
        missing=frozenset(
            {
                ("TM-P060", "2020-Q1"),
                ("TM-P018", "2020-Q2"),
                ("TM-P053", "2020-Q2"),
                ("TM-P035", "2020-Q3"),
                ("TM-P011", "2020-Q4"),
                ("TM-P047", "2020-Q4"),
                ("TM-P058", "2020-Q4"),
            }
        ),
        excused={
            ("TM-P056", "2020-Q1"): "Contractul a fost semnat abia în aprilie.",
            ("TM-P004", "2020-Q2"): "Sala a fost închisă în tot trimestrul.",
            ("TM-P034", "2020-Q2"): "Sala a fost închisă în tot trimestrul.",
            ("TM-P055", "2020-Q3"): "Partenerul și-a schimbat conducerea și a cerut amânarea.",
            ("TM-P036", "2020-Q4"): "Proiectul a fost suspendat prin act adițional.",
            ("TM-P062", "2020-Q4"): "Proiectul a fost suspendat prin act adițional.",
        },
        late=frozenset(
            {
                ("TM-P019", "2020-Q1"),
                ("TM-P029", "2020-Q1"),
                ("TM-P010", "2020-Q2"),
                ("TM-P038", "2020-Q2"),
                ("TM-P044", "2020-Q2"),
                ("TM-P013", "2020-Q3"),
                ("TM-P052", "2020-Q3"),
                ("TM-P024", "2020-Q4"),
                ("TM-P041", "2020-Q4"),
                ("TM-P050", "2020-Q4"),
            }
        ),
        broken={
            ("TM-P007", "2020-Q1"): Broken(
                "start_date", "31/02/2020", "31 februarie, scris ca text", is_mended=True, month=2
            ),
            ("TM-P022", "2020-Q3"): Broken(
                "attendance_in_person", "peste 60", "text în loc de număr", is_mended=True
            ),
            ("TM-P039", "2020-Q3"): Broken("title_ro", None, "titlul lipsește", is_mended=True),
            ("TM-P028", "2020-Q4"): Broken(
                "district_code", "Orașul de Sus", "cartier necunoscut", is_mended=False
            ),
            ("TM-P014", "2020-Q4"): Broken(
                "programme", "Timpul Liber", "program necunoscut", is_mended=False
            ),
            ("TM-P045", "2020-Q4"): Broken(
                "end_date", "03.09.2020", "sfârșit înainte de început", is_mended=False
            ),
        },
        refused={
            ("TM-P016", "2020-Q2"): "un tabel propriu, nu formularul",
            ("TM-P025", "2020-Q3"): "imagine redenumită",
            ("TM-P048", "2020-Q4"): "codul altui partener",
        },
        corrected={
            ("TM-P012", "2020-Q3"): Correction(
                datetime(2020, 11, 20, 9, 15, tzinfo=UTC),
                "Am primit numărul final de la organizatorul locului.",
                added=37,
            )
        },
        sent_twice=frozenset({("TM-P020", "2020-Q4")}),
        calls={
            ("TM-P005", "2020-Q1"): _call(
                "TM-A01", "spatii_vii", (date(2020, 1, 20), date(2020, 2, 28)), (63, 58, 57, 12, 12)
            ),
            ("TM-P033", "2020-Q2"): _call(
                "TM-A02", "bega", (date(2020, 5, 11), date(2020, 6, 15)), (41, 41, 39, 9, 9)
            ),
            ("TM-P031", "2020-Q3"): _call(
                "TM-A03", "multiplexity", (date(2020, 7, 6), date(2020, 8, 31)), (40, 37, 36, 8, 8)
            ),
            ("TM-P021", "2020-Q4"): _call(
                "TM-A04",
                "civicultura",
                (date(2020, 10, 5), date(2020, 11, 15)),
                (61, 55, 52, 14, 13),
            ),
        },
    )


_TITLES = {
    "TM-A01": "Apel pentru artiști în cartiere",
    "TM-A02": "Apel pentru muzicieni pe malul Begăi",
    "TM-A03": "Apel in situ: artă și tehnologie",
    "TM-A04": "Apel pentru autori tineri",
}


def _call(
    call_id: str, programme: str, days: tuple[date, date], counts: tuple[int, int, int, int, int]
) -> dict[str, object]:
    """A closed call. counts: files, applicants, files eligible, files selected, artists chosen."""
    applications, applicants, eligible, selected, artists = counts
    is_in_situ = call_id == "TM-A03"
    return {
        "call_id": call_id,
        "call_title": _TITLES[call_id],
        "programme": programme,
        "opened_on": days[0],
        "closed_on": days[1],
        "is_in_situ": is_in_situ,
        "venue_name": "MultipleXity" if is_in_situ else None,
        "applications_received": applications,
        "applicants_unique": applicants,
        "applications_eligible": eligible,
        "applications_withdrawn": applications - eligible - 1 if applications > eligible + 1 else 0,
        "team_call": False,
        "applications_selected": selected,
        "applicants_selected": artists,
        "applicants_countries": 3 + applicants % 4,
        "women_applied": applicants // 2,
        "women_selected": artists // 2,
    }


def _slots(number: int) -> list[Slot]:
    """The activities that begin in one quarter."""
    slots = []
    for month in range(number * 3 - 2, number * 3 + 1):
        counts = {
            "in_person": _IN_PERSON[month - 1],
            "online": _ONLINE[month - 1],
            None: _NOT_STATED[month - 1],
        }
        first = date(2020, month, 1)
        after = date(2021, 1, 1) if month == 12 else date(2020, month + 1, 1)
        last = date.fromordinal(after.toordinal() - 1)
        for form, starts_on, ends_on in _LONG:
            if starts_on.month == month:
                counts[form] -= 1
                slots.append(Slot(form, starts_on, ends_on, is_long=True))
        for form, count in counts.items():
            window = (first, last)
            if form == "in_person" and month == 3:
                window = (first, _LAST_BEFORE)
            if form == "in_person" and month == 5:
                window = (_FIRST_AFTER, last)
            slots += [Slot(form, *window)] * count
    return slots
