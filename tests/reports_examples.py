"""Example facts for the tests of the report: Timișoara's published totals of 2020, and others.

Months, targets and partners are made up; 203 = 66 + 115 + 22 not stated, 42 of 191, as published.
"""

import csv
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

from reports.model import (
    ActivityCalendar,
    Aim,
    AimCell,
    Aims,
    CallGap,
    Commitment,
    Coproductions,
    Deadline,
    Definition,
    Edition,
    External,
    Facts,
    Figure,
    FormatSeries,
    IndicatorLine,
    Move,
    ObjectiveRow,
    OpenCall,
    OpenCalls,
    PartnerLine,
    PeriodLabel,
    Precision,
    Quality,
    Reporting,
    Restated,
    Restatement,
    RowCount,
    RuleCount,
    State,
    Status,
    Target,
    Text,
)

BUCHAREST = Path(__file__).parents[1] / "data" / "programmes" / "bucharest2021"
IN_PERSON = (9, 10, 6, 0, 0, 3, 7, 9, 9, 6, 4, 3)
ONLINE = (1, 2, 8, 14, 15, 12, 9, 8, 11, 13, 12, 10)
NOT_STATED = (0, 1, 2, 1, 1, 2, 3, 2, 4, 3, 2, 1)
CALLS = (
    ("TM-C01", "Searchlight: proiecte comunitare", "Encounters", False, 58, 52, 12),
    ("TM-C02", "Intervenții in situ la MultipleXity", "MultipleXity", True, 71, 60, 14),
    ("TM-C03", "Rezidențe de cartier", "Spații Vii", False, 34, 30, 9),
    ("TM-C04", "Producții europene", "Encounters", False, 28, 26, 7),
)
AIMS = (
    Aim(
        "A1",
        "Art. 2(1)(a)",
        Text(
            "Protejarea și promovarea diversității culturilor din Europa",
            "Safeguarding and promoting the diversity of cultures in Europe",
        ),
        Text("Diversitate și apartenență", "Diversity and belonging"),
    ),
    Aim(
        "A2",
        "Art. 2(2)(a)",
        Text(
            "Îmbunătățirea gamei și a calității dimensiunii europene",
            "Enhancing the range and quality of the European dimension",
        ),
        Text("Dimensiune europeană", "European dimension"),
    ),
    Aim(
        "A3",
        "Art. 2(2)(d)",
        Text(
            "Conturarea mai fermă a profilului internațional al orașelor",
            "Raising the international profile of cities",
        ),
        Text("Profil internațional", "International profile"),
    ),
    Aim(
        "A4",
        "Art. 2(2)(b)",
        Text(
            "Extinderea accesului și a participării la cultură",
            "Widening access to and participation in culture",
        ),
        Text("Acces și participare", "Access and participation"),
    ),
    Aim(
        "A5",
        "Art. 2(2)(c)",
        Text(
            "Consolidarea capacității sectorului cultural",
            "Strengthening the capacity of the cultural sector",
        ),
        Text("Capacitatea sectorului", "Capacity of the sector"),
    ),
    Aim(
        "A6",
        "Art. 2(1)(b)",
        Text(
            "Stimularea contribuției culturale la dezvoltarea pe termen lung a orașelor",
            "Fostering the contribution of culture to the long-term development of cities",
        ),
        Text("Dezvoltare pe termen lung", "Long-term development"),
    ),
)
DIRECTIONS = (
    (
        "D1",
        "Participarea activă a publicului",
        "Active participation of the public",
        (0, 0, 0, 61, 0, 0),
    ),
    ("D2", "Co-creația împreună cu publicul", "Co-creation with the public", (0, 0, 0, 38, 21, 0)),
    (
        "D3",
        "Regenerarea urbană prin evenimente culturale",
        "Urban regeneration through cultural events",
        (0, 0, 0, 0, 0, 27),
    ),
    (
        "D4",
        "Obiecte artistice în cartiere și intervenții in situ",
        "Artistic objects in neighbourhoods and in-situ interventions",
        (0, 0, 0, 19, 0, 8),
    ),
    ("D5", "Întâlnirea artei cu tehnologia", "Art meeting technology", (0, 12, 0, 0, 5, 0)),
    (
        "D6",
        "Durabilitate și moștenire: evenimente durabile, un oraș responsabil, turism curat",
        "Sustainability and legacy: durable events, a responsible city, clean tourism",
        (0, 0, 0, 0, 0, 14),
    ),
)


EDITION = Edition(
    programme_id="timisoara2023",
    programme_name=Text("Timișoara 2023", "Timișoara 2023"),
    audience="team",
    period=PeriodLabel("2020", "year", date(2020, 1, 1), date(2020, 12, 31)),
    previous=PeriodLabel("2019", "year", date(2019, 1, 1), date(2019, 12, 31)),
    version=1,
    data_until=date(2021, 1, 18),
    head="7f3a91c2d04e",
    contact="monitorizare@example.org",
    is_demonstration=True,
)
LONG_NAME = (
    "Asociația „Artă & Știință <Timiș>” pentru educație nonformală, patrimoniu industrial și "
    "cooperare transfrontalieră"
)
NO_TEXT = Text("", "")


def code_of(indicator_id: str, *key: object) -> str:
    """A code like those of the warehouse, as wide as they get, that depends on the key alone."""
    digits = sha256(repr((indicator_id, *key)).encode()).hexdigest().upper()
    return f"{indicator_id}-W{digits[:3]}-M{digits[3:6]}"


def figure(
    indicator_id: str,
    value: float | None,
    *,
    numerator: float | None = None,
    denominator: float | None = None,
    measure: str | None = None,
    period_id: str = "2020",
    dimension: str | None = None,
    category: str | None = None,
    precision: Precision | None = None,
    low: float | None = None,
    high: float | None = None,
) -> Figure:
    return Figure(
        indicator_id=indicator_id,
        measure=measure,
        period_id=period_id,
        dimension=dimension,
        category=category,
        unit="",
        value=value,
        numerator=numerator if numerator is not None else value,
        denominator=denominator,
        precision=precision or ("exact" if value is not None else "no_data"),
        low=low,
        high=high,
        code=code_of(indicator_id, measure, period_id, dimension, category),
    )


def share(
    indicator_id: str,
    numerator: float,
    denominator: float,
    *,
    measure: str | None = None,
    dimension: str | None = None,
    category: str | None = None,
) -> Figure:
    return figure(
        indicator_id,
        numerator / denominator if denominator else None,
        numerator=numerator,
        denominator=denominator,
        measure=measure,
        dimension=dimension,
        category=category,
    )


def line(
    one: Figure,
    name: Text,
    group: Text,
    status: Status | None = None,
    target: Target | None = None,
    *,
    note: Text = NO_TEXT,
    is_share: bool = False,
    before: float | None = None,
    trend: tuple[float | None, ...] = (),
    external: External | None = None,
) -> IndicatorLine:
    previous = None
    if before is not None:
        previous = figure(one.indicator_id, before, period_id="2019", measure=one.measure)
    return IndicatorLine(
        one, name, note, group, is_share, target, status, previous, trend, external
    )


def annual(value: float) -> Target:
    return Target("annual", value, None, None)


def calendar() -> ActivityCalendar:
    def series(
        format_id: str, label: Text, counts: tuple[int, ...], of: int | None
    ) -> FormatSeries:
        total = sum(counts)
        return FormatSeries(
            format_id,
            label,
            counts,
            figure("IND03", total, measure="activities", dimension="format", category=format_id),
            share("IND03", total, of, measure="share", dimension="format", category=format_id)
            if of
            else None,
        )

    return ActivityCalendar(
        months=tuple(date(2020, month, 1) for month in range(1, 13)),
        series=(
            series("in_person", Text("Față în față", "In person"), IN_PERSON, 181),
            series("online", Text("Online", "Online"), ONLINE, 181),
            series("hybrid", Text("Hibrid", "Hybrid"), (0,) * 12, 181),
            series("not_stated", Text("Format neprecizat", "Format not stated"), NOT_STATED, None),
        ),
        total=figure("IND01", 203),
    )


def indicators() -> tuple[IndicatorLine, ...]:
    offer = Text("Ofertă culturală", "Cultural offer")
    people = Text("Comunitate artistică și civică", "Artists and citizens")
    calls = Text("Apeluri deschise", "Open calls")
    city = Text("Teritoriu, Europa, administrare", "Territory, Europe, administration")
    unique = Text("persoane unice", "each person once")
    totals = calendar().monthly_totals
    return (
        line(
            figure("IND01", 203),
            Text("Activități culturale derulate", "Activities delivered"),
            offer,
            "reached",
            annual(180),
            note=Text("toate formatele", "all formats"),
            before=171,
            trend=tuple(accumulate(totals)),
            external=External(
                201,
                "at_least",
                Text("comunicat, 25 februarie 2021", "press release, 25 February 2021"),
                date(2021, 2, 25),
            ),
        ),
        line(
            figure("IND03", 66, measure="activities", dimension="format", category="in_person"),
            Text("din care față în față", "of which in person"),
            offer,
            "behind",
            annual(120),
            before=149,
            trend=tuple(accumulate(IN_PERSON)),
        ),
        line(
            figure("IND03", 115, measure="activities", dimension="format", category="online"),
            Text("din care online", "of which online"),
            offer,
            "reached",
            annual(60),
            before=18,
            trend=tuple(accumulate(ONLINE)),
        ),
        line(
            figure("IND12", 142),
            Text("Artiști unici", "Distinct artists"),
            people,
            "at_risk",
            annual(150),
            note=unique,
            before=128,
            trend=(6, 14, 21, 33, 47, 61, 74, 88, 103, 118, 131, 142),
        ),
        line(
            figure("IND27", 280),
            Text("Voluntari (persoane unice)", "Volunteers (distinct)"),
            people,
            "reached",
            annual(250),
            note=unique,
            before=244,
            trend=(20, 44, 58, 71, 90, 118, 151, 176, 207, 236, 262, 280),
        ),
        line(
            figure("IND16", None),
            Text("Participări ale publicului (vizite)", "Attendance in person"),
            people,
            "no_data",
            annual(40_000),
            note=Text("raportat din 2021", "reported from 2021"),
        ),
        line(
            figure("IND32", 4),
            Text("Apeluri deschise", "Open calls"),
            calls,
            "reached",
            annual(4),
            before=3,
            trend=(0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4),
        ),
        line(
            share("IND35", 42, 191),
            Text("Rata de selecție", "Selection rate"),
            calls,
            "reached",
            Target("corridor", None, 0.15, 0.30),
            is_share=True,
            before=0.264,
            trend=(
                None,
                None,
                0.207,
                0.207,
                0.207,
                0.202,
                0.202,
                0.202,
                0.215,
                0.215,
                0.22,
                42 / 191,
            ),
        ),
        line(
            figure("IND25", 14, measure="districts"),
            Text("Cartiere acoperite", "Neighbourhoods reached"),
            city,
            "behind",
            annual(20),
            before=11,
            trend=(3, 4, 5, 5, 5, 7, 9, 11, 12, 13, 14, 14),
        ),
        line(
            reporting_rate(),
            Text("Rata de raportare", "Reporting rate"),
            city,
            "at_risk",
            Target("at_least_share", 1.0, None, None),
            is_share=True,
            before=0.90,
        ),
        line(
            figure("IND29", None, precision="between", low=37, high=44),
            Text("Parteneri europeni", "European partners"),
            city,
            "not_comparable",
            annual(40),
        ),
        line(
            figure("Q02", 1),
            Text("Sesizări de accesibilitate deschise", "Open accessibility complaints"),
            city,
            "at_risk",
            Target("maximum", 0, None, None),
            before=4,
            trend=(0, 1, 2, 2, 1, 1, 2, 3, 2, 2, 1, 1),
        ),
        line(
            figure("IND02", 412),
            Text("Evenimente publice (reprezentații)", "Public events (occurrences)"),
            offer,
            note=Text("Fiecare reprezentație este una.", "Each performance is one."),
            before=350,
            trend=tuple(accumulate(2 * total for total in totals)),
        ),
        line(
            share("IND20", 0, 0),
            Text("Ponderea publicului numărat", "Share of attendance that was counted"),
            people,
            is_share=True,
        ),
    )


def open_calls() -> OpenCalls:
    calls = tuple(
        OpenCall(
            call_id,
            title,
            Text(programme, programme),
            is_in_situ,
            applicants + 9,
            applicants,
            eligible,
            selected,
            withdrawn=2,
            ineligible=applicants + 7 - eligible,
            applications_selected=selected,
            turned_down=eligible - selected,
        )
        for call_id, title, programme, is_in_situ, applicants, eligible, selected in CALLS
    )
    return OpenCalls(
        calls=calls,
        applicants=figure("IND33", 191, measure="applicants"),
        eligible=168,
        selected=figure("IND34", 42, measure="applicants"),
        rate=share("IND35", 42, 191),
        target=Target("corridor", None, 0.15, 0.30),
        applications=figure("IND33", 227, measure="applications"),
        applications_selected=figure("IND34", 42, measure="applications"),
    )


def broken_calls() -> OpenCalls:
    """The same, but that one call says more than can be."""
    calls = open_calls()
    first, *others = calls.calls
    broken = replace(first, eligible=66, ineligible=-1, turned_down=54)
    gap = CallGap("TM-C01", "withdrawn_or_eligible", 68, "received", 67)
    return replace(calls, calls=(broken, *others), gaps=(gap,))


def partners(count: int = 62, periods: int = 4) -> tuple[PartnerLine, ...]:
    """Thirteen with something missing, a few late, excused, with nothing to report, or newer."""
    kinds = (
        "Asociația",
        "Fundația",
        "Teatrul",
        "Galeria",
        "Colectivul",
        "Centrul",
        "Atelierul",
        "Corul",
        "Studioul",
        "Rețeaua",
    )
    names = (
        "Lumina de Est",
        "Orizont Deschis",
        "Podul Mare",
        "Țesătura",
        "Șoapte Urbane",
        "Între Maluri",
        "Grădina de Sunete",
    )
    lines = []
    for number in range(count):
        states: list[State] = ["REPORTED"] * periods
        if number < 13:
            states[number % periods] = "MISSING"
            states[0] = "MISSING" if number < 4 else states[0]
        if number % 5 == 2:
            states[(number // 5) % periods] = "LATE"
        if number % 11 == 7:
            states[-1] = "NIL"
        if number % 17 == 14:
            states[0] = "NOT_DUE"
        if number % 23 == 20:
            states[1 % periods] = "EXCUSED"
        name = f"{kinds[number % len(kinds)]} {names[number % len(names)]}"
        if number == 7:
            name = LONG_NAME
        lines.append(PartnerLine(f"TM-P{number + 1:03}", name, tuple(states), int(number % 7 == 3)))
    return tuple(lines)


def reporting_rate() -> Figure:
    """The rate that the states of the example's partners make."""
    reported = sum(partner.reported for partner in partners())
    return share("Q01", reported, sum(partner.due for partner in partners()))


def quarters(year: int = 2020) -> tuple[PeriodLabel, ...]:
    starts = [date(year, month, 1) for month in (1, 4, 7, 10)] + [date(year + 1, 1, 1)]
    return tuple(
        PeriodLabel(f"{year}-Q{n + 1}", "quarter", starts[n], starts[n + 1] - timedelta(days=1))
        for n in range(4)
    )


def months(year: int = 2020) -> tuple[PeriodLabel, ...]:
    starts = [date(year, month, 1) for month in range(1, 13)] + [date(year + 1, 1, 1)]
    return tuple(
        PeriodLabel(f"{year}-M{n + 1:02}", "month", starts[n], starts[n + 1] - timedelta(days=1))
        for n in range(12)
    )


def quality() -> Quality:
    return Quality(
        files=231,
        files_rejected=2,
        rows=(
            RowCount("activitati", Text("Activități", "Activities"), 219, 203, 9, 7),
            RowCount("apeluri", Text("Apeluri", "Open calls"), 5, 4, 0, 1),
            RowCount("artisti", Text("Artiști", "Artists"), 188, 180, 3, 5),
            RowCount("voluntari", Text("Voluntari", "Volunteers"), 301, 290, 6, 5),
        ),
        replaced=6,
        rules=(
            RuleCount(
                "required",
                Text("Câmp obligatoriu completat", "Required field filled in"),
                "reject",
                6,
                4,
            ),
            RuleCount(
                "date_in_period",
                Text("Data este în perioada raportată", "The date is in the period"),
                "reject",
                3,
                3,
            ),
            RuleCount(
                "expected",
                Text("Câmp așteptat completat", "Expected field filled in"),
                "warn",
                22,
                9,
            ),
        ),
        unclassified=(
            (Text("Format", "Format"), share("Q04", 22, 203, category="format", dimension="field")),
            (
                Text("Cartier", "District"),
                share("Q04", 31, 203, category="district", dimension="field"),
            ),
        ),
    )


def definitions() -> tuple[Definition, ...]:
    return (
        Definition(
            Text("Activități culturale derulate", "Activities delivered"),
            Text(
                "Activități diferite cu stadiul „realizată” și cu cel puțin o zi în perioadă.",
                "Distinct activities with status “delivered” and at least one day in the period.",
            ),
        ),
        Definition(
            Text("Artiști unici", "Distinct artists"),
            Text("Oameni, fiecare numărat o singură dată.", "People, each counted once."),
        ),
        Definition(
            Text("Voluntari (persoane unice)", "Volunteers (distinct)"),
            Text(
                "Oameni care au făcut voluntariat, fiecare o singură dată.",
                "People who volunteered, each once.",
            ),
        ),
        Definition(
            Text("Rata de selecție", "Selection rate"),
            Text(
                "Solicitanți selectați împărțiți la solicitanți; altfel nu există.",
                "Applicants selected over applicants; there is none without applicants.",
            ),
        ),
    )


def directions() -> Aims:
    rows = tuple(
        ObjectiveRow(
            row_id, "direction", Text(ro, en), tuple(AimCell(0, n) for n in cells), max(cells) + 3
        )
        for row_id, ro, en, cells in DIRECTIONS
    )
    shares = (0, 12, 0, 83.5, 22, 54.5)
    return Aims(AIMS, False, rows, (0, 12, 0, 96, 24, 45), 203, 31, shares)


def timisoara() -> Facts:
    """The year 2020: 203 activities, 62 partners, four quarters."""
    return Facts(
        edition=EDITION,
        indicators=indicators(),
        calendar=calendar(),
        calls=open_calls(),
        aims=directions(),
        reporting=Reporting(quarters(), partners(), reporting_rate(), 15),
        quality=quality(),
        definitions=definitions(),
        deadlines=(
            Deadline(
                date(2021, 4, 15),
                Text(
                    "Rapoartele partenerilor pentru trimestrul 1, 2021",
                    "Partners' reports on quarter 1, 2021",
                ),
            ),
            Deadline(
                date(2021, 9, 15),
                Text("Raportul de progres către panel", "Progress report to the panel"),
            ),
        ),
        coproductions=Coproductions(203, 205, 1),
    )


def quarter() -> Facts:
    """One quarter of it: three months, one reporting period."""
    facts = timisoara()
    whole = facts.calendar
    series = tuple(
        replace(one, counts=one.counts[9:], figure=replace(one.figure, value=sum(one.counts[9:])))
        for one in whole.series
    )
    total = sum(whole.monthly_totals[9:])
    period = PeriodLabel("2020-Q4", "quarter", date(2020, 10, 1), date(2020, 12, 31))
    previous = PeriodLabel("2020-Q3", "quarter", date(2020, 7, 1), date(2020, 9, 30))
    first, *others = facts.indicators
    return replace(
        facts,
        edition=replace(EDITION, period=period, previous=previous),
        indicators=(replace(first, figure=figure("IND01", total, period_id="2020-Q4")), *others),
        calendar=ActivityCalendar(
            whole.months[9:], series, figure("IND01", total, period_id="2020-Q4")
        ),
        reporting=replace(facts.reporting, periods=quarters()[3:], partners=partners(62, 1)),
    )


def bucharest() -> Facts:
    """A programme with a matrix: 24 rows by 6 aims, read from the programme's own files."""
    with (BUCHAREST / "objectives.csv").open(encoding="utf-8", newline="") as file:
        objectives = list(csv.DictReader(file))
    with (BUCHAREST / "links.csv").open(encoding="utf-8", newline="") as file:
        bullets = {
            (row["objective_id"], row["aim_id"]): int(row["bullets"])
            for row in csv.DictReader(file)
        }
    rows = []
    for place, objective in enumerate(objectives):
        cells = []
        for aim_place, aim in enumerate(AIMS):
            promised = bullets.get((objective["objective_id"], aim.aim_id), 0)
            done = (place * 7 + aim_place * 5) % 16 * min(promised, 1)
            cells.append(AimCell(promised, done))
        rows.append(
            ObjectiveRow(
                objective["objective_id"],
                objective["kind"],
                Text(objective["wording_ro"], objective["wording_en"]),
                tuple(cells),
                max(cell.activities for cell in cells),
            )
        )
    totals = tuple(max(row.cells[i].activities for row in rows) + 20 for i in range(6))
    return replace(
        timisoara(),
        edition=replace(
            EDITION,
            programme_id="bucharest2021",
            programme_name=Text("București 2021", "Bucharest 2021"),
        ),
        aims=Aims(
            AIMS,
            True,
            tuple(rows),
            totals,
            203,
            0,
            shares=(20, 20, 41.5, 38.5, 50, 33),
            commitments=tuple(
                Commitment(row.objective_id, aim.aim_id, cell.bullets)
                for row in rows
                for aim, cell in zip(AIMS, row.cells, strict=True)
                if cell.bullets and not cell.activities
            ),
            equal_aims=(("A1", "A2"),),
        ),
    )


def restated() -> Facts:
    """A second edition of the year: five totals are not what the first one said."""
    reason = "Am numărat de două ori seara de închidere; lista de prezență a fost refăcută."
    theatre, later = "Teatrul „Podul Mare”", date(2021, 3, 12)

    def moved(
        name: Text, old: Figure | None, new: Figure, *moves: Move, is_share: bool = False
    ) -> Restated:
        known = (old.value or old.low or 0) if old else 0
        delta = (new.value or 0) - known
        return Restated(name, is_share, old, new, delta, moves)

    few = figure("IND16", 6_900), figure("IND16", 5_400)
    totals = (
        moved(
            Text("Participări ale publicului (vizite)", "Attendance in person"),
            *few,
            Move(-1_900, "correction", theatre, later, reason),
            Move(400, "first", LONG_NAME, date(2021, 3, 20), ""),
        ),
        moved(
            Text("Artiști unici", "Distinct artists"),
            figure("IND12", None, precision="between", low=120, high=150),
            figure("IND12", 142),
            Move(22, "time", "", None, "", 1),
        ),
        moved(
            Text("Activități culturale derulate", "Activities delivered"),
            figure("IND01", 201),
            figure("IND01", 203),
            Move(4, "first", theatre, later, "", 7),
            Move(-1, "withdrawn", "Galeria Țesătura", later, "Trimis din greșeală."),
            Move(-1, "pair", "", later, ""),
            Move(1, "excused", "Corul Lumina de Est", later, "Sediul a fost inundat."),
            Move(-1, "nil", "Corul Lumina de Est", later, ""),
        ),
        moved(
            Text("Rata de selecție", "Selection rate"),
            share("IND35", 40, 191),
            share("IND35", 42, 191),
            Move(2 / 191, "correction", theatre, later, "Doi artiști lipseau din listă."),
            is_share=True,
        ),
        moved(
            Text("Parteneri europeni", "European partners"),
            None,
            figure("IND29", 3),
            Move(3, "first", theatre, later, ""),
        ),
    )
    return replace(
        timisoara(),
        edition=replace(EDITION, version=2, data_until=date(2021, 3, 20)),
        restatement=Restatement(1, date(2021, 1, 18), totals, 131),
    )


def empty() -> Facts:
    """A programme that has just begun: nothing came, nothing was agreed."""
    none = figure("IND01", None)
    facts = timisoara()
    return replace(
        facts,
        edition=replace(EDITION, previous=None),
        indicators=(),
        calendar=ActivityCalendar((), (), none),
        calls=OpenCalls((), none, None, none, none, None),
        aims=Aims((), False, (), (), 0, 0),
        reporting=Reporting((), (), none, 15),
        quality=Quality(0, 0, (), 0, (), ()),
        definitions=(),
        deadlines=(),
    )
