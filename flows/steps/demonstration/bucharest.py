"""Two quarters of the demonstration of Bucharest: every row of its strategy matrix is served."""

from datetime import date

from flows.steps.catalogue import Catalogue
from flows.steps.demonstration.activities import City
from flows.steps.demonstration.plan import Plan, Slot, Story, quarters
from flows.steps.demonstration.telling import tell
from flows.steps.demonstration.words import BUCHAREST

# What the activities serve, dealt out in turn in the order in which they begin. O06 and O14 come
# last, so that the third quarter leaves what they promise empty; O15 is never delivered at all.
_SETS = (
    ("O01", "O02", "S1"),
    ("O03", "S1"),
    ("O04", "O02"),
    ("O05", "S2"),
    ("O08", "S3"),
    ("O09", "O08"),
    ("O10", "S6"),
    ("O11", "S4"),
    ("O12", "S4"),
    ("O13", "S3"),
    ("O16", "S6"),
    ("O17", "S5"),
    ("O18", "O16"),
    ("O07", "S2"),
    ("O09", "O05", "S4"),
    ("O08", "O17"),
    ("O11", "O18", "S5"),
    ("O10", "O16"),
    ("O13", "O09"),
    ("O02", "O04", "S1"),
    ("O08", "O12"),
    ("O07", "O01"),
    ("O03", "O05"),
    ("O16", "O18"),
    ("O06", "S2"),
    ("O14", "S5"),
    ("O09", "O13", "S3"),
    ("O11", "S6"),
    ("O08", "O14"),
    ("O06", "O07"),
    ("O12", "O17"),
    ("O10", "O13"),
    ("O01", "O18"),
    ("O09", "O11"),
)
_SECTORS = ("179141", "179150", "179169", "179178", "179187", "179196")
_OBJECTIVES = tuple(f"O{number:02d}" for number in range(1, 19))
_CITY = City(
    siruta=_SECTORS,
    places=BUCHAREST,
    objectives=dict.fromkeys(("oras_regasit", "oras_viu", "oras_posibil"), _OBJECTIVES),
)
# In each quarter, by format.
_FORMATS = {"in_person": 9, "online": 6, None: 2}


def story(tables: Catalogue) -> Story:
    """What twelve partners sent about the second half of 2020."""
    return tell(_plan(), tables)


def _plan() -> Plan:
    both = quarters(3, 4)
    return Plan(
        seed=2021,
        city=_CITY,
        quarters=both,
        slots={
            quarter.period_id: tuple(
                Slot(form, quarter.starts_on, quarter.ends_on)
                for form, count in _FORMATS.items()
                for _ in range(count)
            )
            for quarter in both
        },
        artists={"local": 20, "national": 6, "international": 5, None: 1},
        volunteers=41,
        nil={"2020-Q3": 1, "2020-Q4": 0},
        missing=frozenset({("BUC-P12", "2020-Q4")}),
        excused={("BUC-P08", "2020-Q3"): "Contractul a fost semnat abia în octombrie."},
        late=frozenset({("BUC-P06", "2020-Q4")}),
        calls={
            ("BUC-P09", "2020-Q4"): {
                "call_id": "BUC-A01",
                "call_title": "Apel pentru intervenții pe terase",
                "programme": "oras_viu",
                "opened_on": date(2020, 9, 21),
                "closed_on": date(2020, 10, 30),
                "is_in_situ": False,
                "applications_received": 29,
                "applicants_unique": 27,
                "applications_eligible": 25,
                "applications_withdrawn": 1,
                "team_call": False,
                "applications_selected": 6,
                "applicants_selected": 6,
                "applicants_countries": 4,
                "women_applied": 15,
                "women_selected": 3,
            }
        },
        objective_sets=_SETS,
        never_delivered=("O15",),
    )
