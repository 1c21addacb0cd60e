"""IND12 artists, IND27 volunteers: people, each counted once."""

from tests.given import Given


def test_an_artist_of_two_activities_counts_once(given: Given) -> None:
    given.activity("a1", format="in_person")
    given.activity("a2", format="online")
    given.artist("Ana", "a1")
    given.artist("Ana", "a2")
    given.artist("Ion", "a2")
    artists = given.figure("IND12", "2020-Q1")
    assert (artists["value"], artists["precision"]) == (2, "exact")
    assert given.split("IND12", "2020-Q1", "format") == {"in_person": 1, "online": 2}


def test_an_artist_of_two_partners_and_two_quarters_counts_once_in_the_year(given: Given) -> None:
    given.activity("a1", partner="TM-P001", period="2020-Q1")
    given.activity("a1", partner="TM-P002", period="2020-Q2")
    given.artist("Ana", "a1", partner="TM-P001", period="2020-Q1")
    given.artist("Ana", "a1", partner="TM-P002", period="2020-Q2")
    assert given.total("IND12", "2020-Q1") == 1
    assert given.total("IND12", "2020-Q2") == 1
    assert given.total("IND12", "2020") == 1
    assert given.split("IND12", "2020", "partner") == {"TM-P001": 1, "TM-P002": 1}
    assert given.split("IND12", "2020", "month") == {"2020-M01": 1}


def test_artists_of_what_was_cancelled_do_not_count(given: Given) -> None:
    given.activity("a1")
    given.activity("a2", status="cancelled")
    given.artist("Ana", "a1")
    given.artist("Ion", "a2")
    assert given.total("IND12", "2020-Q1") == 1


def test_a_corrected_register_takes_the_place_of_the_first(given: Given) -> None:
    given.activity("a1", received_at="2020-04-02")
    given.artist("Ana", "a1", received_at="2020-04-02")
    given.artist("Ion", "a1", received_at="2020-04-02")
    given.artist("Ion", "a1", received_at="2020-05-02")
    assert given.total("IND12", "2020-Q1") == 1


def test_each_quarter_keeps_its_own_register(given: Given) -> None:
    given.activity("a1", period="2020-Q1")
    given.activity("a2", period="2020-Q2")
    given.artist("Ana", "a1", period="2020-Q1")
    given.artist("Ion", "a2", period="2020-Q2")
    assert [given.total("IND12", p) for p in ("2020-Q1", "2020-Q2", "2020-H1")] == [1, 1, 2]


def test_declared_numbers_give_a_range_from_the_largest_to_the_sum(given: Given) -> None:
    given.report("TM-P001", artists=5)
    given.report("TM-P002", artists=7)
    artists = given.figure("IND12", "2020-Q1")
    assert artists["precision"] == "between"
    assert (artists["value"], artists["low"], artists["high"]) == (None, 7, 12)


def test_who_declares_nothing_and_keeps_no_register_leaves_more_to_be_known(given: Given) -> None:
    given.report("TM-P001", artists=5)
    given.activity("a1", partner="TM-P002", artists_local=3)
    artists = given.figure("IND12", "2020-Q1")
    assert (artists["value"], artists["precision"], artists["high"]) == (0, "at_least", None)
    assert given.split("IND12", "2020-Q1", "partner") == {"TM-P001": 5, "TM-P002": 0}


def test_who_confirms_that_there_was_nothing_had_nobody(given: Given) -> None:
    given.report("TM-P001", artists=5, volunteers=0)
    given.report("TM-P002", kind="nil")
    assert given.figure("IND12", "2020-Q1")["precision"] == "exact"
    assert given.figure("IND27", "2020-Q1")["precision"] == "exact"


def test_one_declared_number_is_exact(given: Given) -> None:
    given.report("TM-P001", artists=5)
    artists = given.figure("IND12", "2020-Q1")
    assert (artists["value"], artists["precision"]) == (5, "exact")


def test_a_number_declared_each_quarter_is_a_range_in_the_year(given: Given) -> None:
    given.report(period="2020-Q1", artists=5)
    given.report(period="2020-Q2", artists=7)
    year = given.figure("IND12", "2020")
    assert (year["precision"], year["low"], year["high"]) == ("between", 7, 12)


def test_a_register_goes_before_the_number_declared_beside_it(given: Given) -> None:
    given.report(artists=40)
    given.activity("a1")
    given.artist("Ana", "a1")
    artists = given.figure("IND12", "2020-Q1")
    assert (artists["value"], artists["precision"]) == (1, "exact")


def test_registered_people_and_declared_numbers_add_up_to_a_range(given: Given) -> None:
    given.activity("a1", partner="TM-P001")
    for name in ("Ana", "Ion", "Ilinca"):
        given.artist(name, "a1", partner="TM-P001")
    given.report("TM-P002", artists=2)
    artists = given.figure("IND12", "2020-Q1")
    assert (artists["precision"], artists["low"], artists["high"]) == ("between", 3, 5)
    by_partner = given.split("IND12", "2020-Q1", "partner")
    assert by_partner == {"TM-P001": 3, "TM-P002": 2}


def test_a_declared_number_has_no_format_so_the_parts_are_at_least(given: Given) -> None:
    given.activity("a1", partner="TM-P001")
    given.artist("Ana", "a1", partner="TM-P001")
    given.report("TM-P002", artists=2)
    part = given.figure("IND12", "2020-Q1", dimension="format", category="in_person")
    assert (part["value"], part["precision"]) == (1, "at_least")


def test_a_number_declared_for_a_quarter_cannot_be_placed_in_its_months(given: Given) -> None:
    given.report(artists=2)
    month = given.figure("IND12", "2020-M02")
    assert (month["value"], month["precision"], month["high"]) == (0, "at_least", None)


def test_volunteers_count_once_whatever_they_helped_in(given: Given) -> None:
    given.activity("a1")
    given.volunteer("Ana", "a1")
    given.volunteer("Ana")
    given.volunteer("Ion")
    volunteers = given.figure("IND27", "2020-Q1")
    assert (volunteers["value"], volunteers["precision"]) == (2, "exact")


def test_a_volunteer_without_an_activity_helped_in_the_whole_period(given: Given) -> None:
    given.volunteer("Ana")
    assert [given.total("IND27", p) for p in ("2020-M01", "2020-M03", "2020-M04")] == [1, 1, None]


def test_declared_volunteers_give_a_range(given: Given) -> None:
    given.report("TM-P001", volunteers=30)
    given.report("TM-P002", volunteers=12)
    volunteers = given.figure("IND27", "2020-Q1")
    assert (volunteers["precision"], volunteers["low"], volunteers["high"]) == ("between", 30, 42)


def test_artists_and_volunteers_are_never_mixed(given: Given) -> None:
    given.activity("a1")
    given.artist("Ana", "a1")
    given.volunteer("Ion", "a1")
    given.volunteer("Ilinca", "a1")
    assert given.total("IND12", "2020-Q1") == 1
    assert given.total("IND27", "2020-Q1") == 2
