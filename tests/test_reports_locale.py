from dataclasses import replace
from datetime import date

import pytest

from reports import words
from reports.locale import Locale, collation_key, cu_de, rounded
from reports.model import PeriodLabel, Target
from tests.reports_examples import figure, share

RO, EN = Locale("ro"), Locale("en")
NBSP = "\u00a0"


@pytest.mark.parametrize("count", [0, 1, 2, 19, 101, 115, 119, 219, 1001, 2.5])
def test_romanian_counts_without_de(count: float) -> None:
    assert cu_de(count) == ""


@pytest.mark.parametrize("count", [20, 21, 62, 66, 99, 100, 120, 181, 1000, 1020])
def test_romanian_counts_with_de(count: float) -> None:
    assert cu_de(count) == "de "


def test_counted_things_agree_with_their_number() -> None:
    assert RO.counted(1, words.ACTIVITY) == f"1{NBSP}activitate"
    assert RO.counted(203, words.ACTIVITY) == f"203{NBSP}activități"
    assert RO.counted(1220, words.ACTIVITY) == f"1.220{NBSP}de activități"
    assert EN.counted(1, words.ACTIVITY) == f"1{NBSP}activity"
    assert EN.counted(22, words.ACTIVITY) == f"22{NBSP}activities"


def test_numbers_follow_the_language() -> None:
    assert RO.number(1234.5, 1) == "1.234,5"
    assert EN.number(1234.5, 1) == "1,234.5"
    assert RO.percent(42 / 191) == f"22,0{NBSP}%"
    assert EN.percent(42 / 191) == "22.0%"
    assert RO.number(-7) == "−7"


def test_missing_is_not_zero_and_undefined_is_neither() -> None:
    assert RO.number(None) == "–"
    assert RO.percent(None) == "–"
    assert RO.ratio(0, 0) == "n/a"
    assert RO.ratio(None, 5) == "–"
    assert RO.ratio(0, 5) == f"0,0{NBSP}%"
    assert RO.number(float("nan")) == "n/a"


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [(2.25, 1, "2.3"), (2.5, 0, "3"), (0.5, 0, "1"), (-0.04, 1, "0.0"), (1.005, 2, "1.01")],
)
def test_halves_are_rounded_up(value: float, decimals: int, said: str) -> None:
    assert str(rounded(value, decimals)) == said


def test_precision_is_printed_as_it_was_declared() -> None:
    at_least = figure("IND01", 201, precision="at_least")
    between = figure("IND12", None, precision="between", low=120, high=142)
    assert RO.figure(at_least, is_share=False) == "cel puțin 201"
    assert EN.figure(at_least, is_share=False) == "at least 201"
    assert RO.figure(between, is_share=False).replace(NBSP, " ") == "între 120 și 142"
    assert EN.figure(between, is_share=False).replace(NBSP, " ") == "between 120 and 142"
    assert RO.figure(figure("IND16", None), is_share=False) == "–"
    assert RO.figure(share("IND35", 0, 0), is_share=True) == "n/a"


def test_targets_are_numbers_shares_or_corridors() -> None:
    assert RO.target(Target("annual", 40_000, None, None), is_share=False) == "40.000"
    assert RO.target(Target("corridor", None, 0.15, 0.3), is_share=True) == f"15–30{NBSP}%"
    assert EN.target(Target("at_least_share", 0.95, None, None), is_share=True) == "95%"
    assert RO.target(None, is_share=False) == "–"


def test_names_are_sorted_as_a_romanian_dictionary_does() -> None:
    names = ["Țesătura", "Zidul", "Teatrul", "Șoapte", "Sunete", "Între", "Idei", "Joc"]
    expected = ["Idei", "Între", "Joc", "Sunete", "Șoapte", "Teatrul", "Țesătura", "Zidul"]
    assert sorted(names, key=collation_key) == expected


def test_dates_and_periods_are_said_in_full() -> None:
    quarter = PeriodLabel("2020-Q4", "quarter", date(2020, 10, 1), date(2020, 12, 31))
    whole = PeriodLabel("to-2020-Q4", "cumulative", date(2018, 1, 1), date(2020, 12, 31))
    assert RO.day(date(2020, 12, 31)) == f"31{NBSP}decembrie{NBSP}2020"
    assert RO.period(quarter) == "trimestrul 4, 2020"
    assert EN.period_short(quarter) == "Q4 2020"
    assert RO.period(whole) == f"cumulat până la 31{NBSP}decembrie{NBSP}2020"
    assert RO.listed(["aprilie", "mai", "iunie"]) == "aprilie, mai și iunie"


def test_an_amount_has_both_its_decimals_or_none() -> None:
    amount = replace(figure("IND39", 25_671.3), unit="RON")
    assert RO.figure(amount, is_share=False) == "25.671,30"
    assert EN.figure(replace(amount, value=25_671.0), is_share=False) == "25,671"
    assert RO.of(25_671.3, 240_915.75) == f"25.671,30{NBSP}din{NBSP}240.915,75"
    assert RO.of(66, 181) == f"66{NBSP}din{NBSP}181"
    assert RO.of(None, 2.5) == f"–{NBSP}din{NBSP}2,5"
