"""IND39 spending, IND40 execution, IND41 alternative funding. Amounts in lei."""

from tests.given import Given


def test_spending_is_added_up_over_lines_and_quarters(given: Given) -> None:
    given.budget_line("municipality", amount_spent_period="8200,50")
    given.budget_line("in_kind", amount_spent_period=300)
    given.budget_line("municipality", period="2020-Q2", amount_spent_period="1.000,00")
    assert given.total("IND39", "2020-Q1") == 8500.5
    assert given.total("IND39", "2020") == 9500.5
    sources = given.split("IND39", "2020", "source_type")
    assert sources == {"municipality": 9200.5, "in_kind": 300}


def test_a_quarters_spending_cannot_be_placed_in_its_months(given: Given) -> None:
    given.budget_line("municipality")
    month = given.figure("IND39", "2020-M02")
    assert (month["value"], month["precision"]) == (None, "no_data")


def test_a_corrected_budget_line_counts_once(given: Given) -> None:
    given.budget_line("municipality", received_at="2020-04-02", amount_spent_period=900)
    given.budget_line("municipality", received_at="2020-05-02", amount_spent_period=90)
    assert given.total("IND39", "2020-Q1") == 90


def test_execution_is_spent_since_the_start_over_approved_once(given: Given) -> None:
    given.budget_line("municipality", amount_spent_period=200, amount_spent_cumulative=200)
    given.budget_line(
        "municipality", period="2020-Q2", amount_spent_period=300, amount_spent_cumulative=500
    )
    execution = [given.total("IND40", period) for period in ("2020-Q1", "2020-Q2", "2020")]
    assert execution == [0.2, 0.5, 0.5]


def test_alternative_funding_is_a_share_of_cash(given: Given) -> None:
    given.budget_line("municipality", amount_spent_period=600)
    given.budget_line("private_sponsor", amount_spent_period=300)
    given.budget_line("crowdfunding", amount_spent_period=100)
    given.budget_line("in_kind", amount_spent_period=5000)
    assert given.total("IND41", "2020-Q1") == 0.4
    sources = given.split("IND41", "2020-Q1", "source_type")
    assert sources == {"private_sponsor": 0.3, "crowdfunding": 0.1}
