"""The page about what an earlier edition said otherwise."""

from dataclasses import replace

import pytest

from reports.build import build
from reports.model import Facts, Language, Restatement
from reports.verify import verify
from tests.reading_pdf import pages
from tests.reports_examples import restated, share, timisoara


def page(facts: Facts, language: Language = "ro") -> str:
    """The page itself; blank when there is none."""
    topic = "· CE S-A SCHIMBAT" if language == "ro" else "· WHAT CHANGED"
    return next((text for text in pages(build(facts, language)) if topic in text), "")


def told(facts: Facts) -> Restatement:
    assert facts.restatement is not None
    return facts.restatement


@pytest.mark.parametrize("language", ["ro", "en"])
def test_a_second_edition_passes_its_own_check(language: Language) -> None:
    assert verify(build(restated(), language), restated(), language) == []


def test_a_first_edition_has_no_such_page() -> None:
    assert page(timisoara()) == ""
    assert "Ce s-a schimbat" not in " ".join(pages(build(timisoara())))


def test_each_total_stands_with_old_new_difference_and_what_moved_it() -> None:
    printed = page(restated())
    assert "5 totaluri s-au schimbat față de ediția v1" in printed
    assert "6.900 5.400 −1.500" in printed
    assert "−1.900 Teatrul „Podul Mare”, corecție din 12 martie 2021: „Am numărat" in printed
    assert "20,9 % 22,0 % +1,0 p.p." in printed
    assert "între 120 și 150" in printed


def test_causes_that_were_not_told_apart_are_said_to_be_several() -> None:
    assert "+4 7 raportări până la 12 martie 2021" in page(restated())


def test_causes_and_totals_beyond_what_fits_are_counted() -> None:
    assert "și încă 2 cauze" in page(restated())
    assert "and 2 more causes" in page(restated(), "en")
    facts = restated()
    many = replace(told(facts), totals=told(facts).totals * 6)
    printed = page(replace(facts, restatement=many))
    assert "30 de totaluri s-au schimbat" in printed
    assert "Nu încap aici 15 alte totaluri schimbate." in " ".join(
        pages(build(replace(facts, restatement=many)))
    )


def test_other_figures_are_counted_and_the_command_that_lists_them_is_named() -> None:
    assert "131 de alte cifre s-au schimbat, părți ale totalurilor" in page(restated())
    assert "reper changes EDITION" in page(restated(), "en")


def test_an_edition_in_which_no_total_changed_says_so() -> None:
    facts = restated()
    same = replace(facts, restatement=replace(told(facts), totals=()))
    printed = page(same)
    assert "Niciun total nu s-a schimbat față de ediția v1" in printed
    assert "131 de alte cifre" in printed
    nothing = replace(facts, restatement=replace(told(facts), totals=(), others=0))
    assert "alte cifre" not in page(nothing)


def test_readers_hear_of_it_on_the_first_page() -> None:
    assert "5 totaluri s-au schimbat față de ediția v1." in pages(build(restated()))[1]
    assert "5 totaluri" not in pages(build(timisoara()))[1]


def test_the_reason_stands_where_its_cause_is_named_first() -> None:
    facts = restated()
    assert facts.restatement is not None
    first, *others = facts.restatement.totals
    reason = first.moves[0].reason
    again = replace(others[0], moves=first.moves)
    totals = (first, again, *others)
    facts = replace(facts, restatement=replace(facts.restatement, totals=totals))
    printed = " ".join(pages(build(facts)))
    assert printed.count(reason) == 1
    assert printed.count("corecție din 12 martie 2021") == 3


def test_per_cents_that_look_alike_are_told_apart() -> None:
    facts = restated()
    rate = next(one for one in told(facts).totals if one.is_share)
    near = replace(rate, old=share("IND35", 1115, 10_000), new=share("IND35", 1124, 10_000))
    totals = (replace(near, delta=0.0009), *told(facts).totals)
    printed = page(replace(facts, restatement=replace(told(facts), totals=totals)))
    assert "11,15 % 11,24 % +0,1 p.p." in printed
    assert "20,9 % 22,0 %" in printed
