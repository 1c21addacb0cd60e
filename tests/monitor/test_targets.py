"""A status is decided by the target in force, on unrounded values, against what is due by today."""

from collections.abc import Generator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.steps import indicators, warehouse
from flows.steps.warehouse import Connection
from tests.given import SQL, Given
from tests.monitor.tables import put

Cell = str | float | date | None

AFTER_2020 = date(2021, 1, 25)
_AGREED = {
    "kind": "annual",
    "direction": "up",
    "decided_on": date(2019, 12, 1),
    "decided_by": "Consiliul director",
}
HALF_OF_2020 = date(2020, 7, 2)  # 183 of its 366 days are over.


class Judge:
    """One figure of a year and what was agreed for it, judged on a day."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def status(self, number: float, /, *, on: date = AFTER_2020, **target: Cell) -> Cell:
        """How a value of IND01 in 2020 stands against a target."""
        return self.figure(number, [target], on=on)["status"]

    def figure(
        self,
        value: float | None,
        targets: list[dict[str, Cell]],
        *,
        on: date = AFTER_2020,
        profile: dict[date, float] | None = None,
        low: float | None = None,
        high: float | None = None,
        denominator: float | None = None,
        indicator_id: str = "IND01",
        period_id: str = "2020",
    ) -> dict[str, Any]:
        """A figure with its status, as monitor.figures has it; without value and low, no data."""
        of = {"indicator_id": indicator_id, "period_id": period_id}
        put(self.connection, "reference.moment", [{"today": on}])
        agreed = [{**of, **_AGREED, **target} for target in targets]
        put(self.connection, "reference.targets", agreed)
        steps = [{**of, "reached_by": day, "share": s} for day, s in (profile or {}).items()]
        put(self.connection, "reference.targets_profiles", steps)
        numerator = low if value is None else value
        told = {"numerator": numerator, "denominator": denominator, "low": low, "high": high}
        values = [] if numerator is None else [{**of, **told}]
        put(self.connection, "monitor.indicator_values", values)
        (found,) = (
            row
            for row in self.figures()
            if (row["indicator_id"], row["period_id"]) == (indicator_id, period_id)
            and row["source"] == "computed"
            and row["dimension"] is None
            and row["measure"] is None
        )
        return found

    def figures(self) -> list[dict[str, Any]]:
        """All figures, worked out again."""
        for name in indicators.MONITOR[1 : indicators.MONITOR.index("figures") + 1]:
            warehouse.run(self.connection, SQL, f"monitor/{name}")
        return warehouse.rows(self.connection, "from monitor.figures")


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Generator[Judge]:
    given = Given(Path(tmp_path_factory.mktemp("targets")))
    given.report()
    given.computes("IND01", "IND35")
    yield Judge(given.connection)
    given.close()


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (190, "reached"),
        (189.999999, "at_risk"),
        (160, "at_risk"),
        (159.999999, "behind"),
        (0, "behind"),
        (500, "reached"),
    ],
)
def test_what_should_grow_is_reached_from_95_percent_and_behind_under_80(
    judge: Judge, value: float, status: str
) -> None:
    assert judge.status(value, value=200) == status


@pytest.mark.parametrize("target", [3, 7, 20, 60, 180, 340, 999, 0.35, 6800])
def test_exactly_95_percent_is_reached_whatever_binary_fractions_make_of_it(
    judge: Judge, target: float
) -> None:
    assert judge.status(target * 95 / 100, value=target) == "reached"
    assert judge.status(target * 80 / 100, value=target) == "at_risk"


@pytest.mark.parametrize(
    ("value", "status"),
    [(0, "reached"), (10, "reached"), (10.001, "at_risk"), (12.5, "at_risk"), (12.51, "behind")],
)
@pytest.mark.parametrize("kind", ["maximum", "annual"])
def test_what_should_shrink_is_reached_up_to_its_limit_and_behind_far_beyond(
    judge: Judge, kind: str, value: float, status: str
) -> None:
    assert judge.status(value, kind=kind, value=10, direction="down") == status


def test_a_limit_of_none_is_reached_by_none_alone(judge: Judge) -> None:
    assert judge.status(0, kind="maximum", value=0, direction="down") == "reached"
    assert judge.status(1, kind="maximum", value=0, direction="down") == "behind"


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (100, "reached"),
        (150, "reached"),
        (99, "at_risk"),
        (151, "at_risk"),
        (80, "at_risk"),
        (187.5, "at_risk"),
        (79, "behind"),
        (188, "behind"),
    ],
)
def test_a_corridor_is_missed_on_either_side(judge: Judge, value: float, status: str) -> None:
    assert judge.status(value, kind="corridor", low=100, high=150) == status


@pytest.mark.parametrize(
    ("low", "high", "status"),
    [
        (195, 210, "reached"),
        (185, 210, "not_comparable"),
        (165, 180, "at_risk"),
        (10, 20, "behind"),
        (150, 170, "not_comparable"),
    ],
)
def test_a_value_within_bounds_is_judged_only_where_both_bounds_agree(
    judge: Judge, low: float, high: float, status: str
) -> None:
    assert judge.figure(None, [{"value": 200}], low=low, high=high)["status"] == status


def test_bounds_on_both_sides_of_a_corridor_say_nothing(judge: Judge) -> None:
    corridor = {"kind": "corridor", "low": 100, "high": 150}
    assert judge.figure(None, [corridor], low=90, high=160)["status"] == "not_comparable"
    assert judge.figure(None, [corridor], low=110, high=140)["status"] == "reached"


def test_at_least_so_many_can_reach_a_target_but_never_miss_it(judge: Judge) -> None:
    assert judge.figure(195, [{"value": 200}], low=195)["status"] == "reached"
    assert judge.figure(20, [{"value": 200}], low=20)["status"] == "not_comparable"


def test_at_least_so_many_can_break_a_limit_but_never_keep_it(judge: Judge) -> None:
    limit = {"kind": "maximum", "direction": "down", "value": 10}
    assert judge.figure(20, [limit], low=20)["status"] == "behind"
    assert judge.figure(5, [limit], low=5)["status"] == "not_comparable"


def test_without_a_target_there_is_no_status(judge: Judge) -> None:
    assert judge.figure(10, [])["status"] is None


def test_without_data_the_status_says_so(judge: Judge) -> None:
    assert judge.figure(None, [{"value": 200}], period_id="2020-Q4")["status"] == "no_data"


def test_a_share_on_too_small_a_base_is_no_data(judge: Judge) -> None:
    agreed = [{"kind": "at_least_share", "value": 0.1}]
    on_nine = judge.figure(8, agreed, indicator_id="IND35", denominator=9)
    on_ten = judge.figure(8, agreed, indicator_id="IND35", denominator=10)
    assert (on_nine["status"], on_nine["value"]) == ("no_data", None)
    assert (on_ten["status"], on_ten["value"]) == ("reached", 0.8)


@pytest.mark.parametrize(
    ("kind", "indicator_id", "period_id"),
    [
        ("annual", "IND01", "to-2020"),
        ("cumulative", "IND01", "2020"),
        ("at_least_share", "IND01", "2020"),
    ],
)
def test_a_kind_that_does_not_fit_its_figure_is_not_compared(
    judge: Judge, kind: str, indicator_id: str, period_id: str
) -> None:
    found = judge.figure(
        500, [{"kind": kind, "value": 1}], indicator_id=indicator_id, period_id=period_id
    )
    assert found["status"] == "not_comparable"


def test_a_cumulative_target_is_compared_with_all_since_the_start(judge: Judge) -> None:
    agreed = [{"kind": "cumulative", "value": 200}]
    assert judge.figure(195, agreed, period_id="to-2020")["status"] == "reached"


def test_in_mid_year_half_of_an_annual_target_is_expected(judge: Judge) -> None:
    found = judge.figure(95, [{"value": 200}], on=HALF_OF_2020)
    assert (found["expected"], found["status"]) == (100, "reached")
    assert judge.status(94.9, value=200, on=HALF_OF_2020) == "at_risk"
    assert judge.status(79.9, value=200, on=HALF_OF_2020) == "behind"


def test_in_mid_year_half_of_a_limit_may_be_used_up(judge: Judge) -> None:
    limit = {"kind": "maximum", "direction": "down", "value": 10}
    assert judge.status(5, on=HALF_OF_2020, **limit) == "reached"
    assert judge.status(6, on=HALF_OF_2020, **limit) == "at_risk"


def test_a_profile_says_how_a_target_should_grow(judge: Judge) -> None:
    profile = {date(2020, 6, 30): 0.2, date(2020, 10, 8): 0.8}
    summer = judge.figure(40, [{"value": 200}], on=date(2020, 7, 1), profile=profile)
    autumn = judge.figure(40, [{"value": 200}], on=date(2020, 8, 20), profile=profile)
    closed = judge.figure(40, [{"value": 200}], profile=profile)
    assert (summer["expected"], summer["status"]) == (40, "reached")
    assert (autumn["expected"], autumn["status"]) == (100, "behind")
    assert closed["expected"] == 200


def test_a_share_is_expected_in_full_on_every_day(judge: Judge) -> None:
    agreed = [{"kind": "at_least_share", "value": 0.4}]
    found = judge.figure(30, agreed, on=HALF_OF_2020, indicator_id="IND35", denominator=100)
    assert (found["expected"], found["status"]) == (0.4, "behind")


def test_a_milestone_is_not_owed_before_its_date_but_may_be_reached_early(judge: Judge) -> None:
    agreed = {"kind": "milestone", "value": 60}
    assert judge.status(10, on=date(2020, 12, 31), **agreed) == "not_comparable"
    assert judge.status(60, on=date(2020, 12, 31), **agreed) == "reached"
    assert judge.status(10, on=date(2021, 1, 1), **agreed) == "behind"


def test_the_target_in_force_on_the_day_of_the_build_counts(judge: Judge) -> None:
    history = [
        {"value": 320},
        {"value": 200, "decided_on": date(2020, 5, 20)},
        {"value": 100, "decided_on": date(2021, 3, 1)},
    ]
    before = judge.figure(190, history, on=date(2020, 5, 19))
    after = judge.figure(190, history)
    later = judge.figure(190, history, on=date(2021, 3, 1))
    assert [found["target"] for found in (before, after, later)] == [320, 200, 100]
    assert after["target_decided_on"] == date(2020, 5, 20)
    assert after["status"] == "reached"


def test_a_part_that_was_promised_is_a_figure_even_when_nobody_reported_it(given: Given) -> None:
    given.activity("a1")
    online = given.figure(
        "IND03", "2020", measure="activities", dimension="format", category="online"
    )
    assert (online["value"], online["status"]) == (0, "behind")


def test_what_others_publish_is_judged_where_nothing_is_computed(judge: Judge) -> None:
    survey = {"indicator_id": "EXT03", "period_id": "2020", "precision": "exact", "source": "IIT"}
    said = {date(2020, 12, 1): 0.3, date(2021, 1, 10): 0.5, date(2021, 9, 1): 0.1}
    rows = [{**survey, "observed_on": day, "value": value} for day, value in said.items()]
    put(judge.connection, "reference.external", rows)
    put(judge.connection, "reference.moment", [{"today": AFTER_2020}])
    agreed = {**_AGREED, "indicator_id": "EXT03", "period_id": "2020", "kind": "at_least_share"}
    put(judge.connection, "reference.targets", [{**agreed, "value": 0.5}])
    found = [row for row in judge.figures() if row["indicator_id"] == "EXT03"]
    assert [(row["value"], row["status"]) for row in found] == [(0.5, "reached")]
