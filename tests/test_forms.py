"""What an officer fills in: wrong answers are refused in words, in both languages."""

from datetime import date
from pathlib import Path

import pytest

from flows import forms
from flows.steps.errors import UsageError
from flows.steps.mail import outbox
from flows.steps.mail.recipients import Recipient
from flows.steps.night import Night
from flows.steps.settings import offered, programmes
from tests.given import Given
from tests.press import Press

HERE = {"REPER_HOME": "home", "REPER_PROGRAMME": "bucharest2021"}


@pytest.fixture
def night(given: Given, tmp_path: Path) -> Night:
    """The morning of 20 May 2020."""
    press = Press(given, tmp_path)
    return Night(press.settings, press.catalogue, press.ledger)


def refuse(
    night: Night,
    period: str = "2020-Q1",
    audience: str = "funder",
    reader: str | None = None,
    as_known_on: date | None = None,
    draws_only: bool = False,
) -> None:
    forms.refuse(night, audience, period, reader, as_known_on, draws_only=draws_only)


def test_what_can_be_published_is_let_through(night: Night) -> None:
    refuse(night)
    refuse(night, reader="municipality")


@pytest.mark.parametrize(
    ("answers", "in_romanian", "in_english"),
    [
        ({"period": "2020-Q2"}, "se încheie pe 30 iunie 2020", "ends on 30 June 2020"),
        ({"period": "2031"}, "nu are perioada 2031", "has no period 2031"),
        ({"reader": "nobody"}, "nobody nu este printre", "nobody is not among the readers"),
        ({"audience": "team", "reader": "municipality"}, "Lăsați everybody", "Leave everybody"),
        (
            {"as_known_on": date(2020, 5, 21), "draws_only": True},
            "21 mai 2020 este în viitor",
            "21 May 2020 is still to come",
        ),
    ],
)
def test_a_wrong_answer_is_refused_in_both_languages(
    night: Night, answers: dict[str, object], in_romanian: str, in_english: str
) -> None:
    with pytest.raises(UsageError) as refused:
        refuse(night, **answers)  # ty: ignore[invalid-argument-type]
    romanian, english = str(refused.value).split(" / ")
    assert in_romanian in romanian
    assert in_english in english


def test_a_period_that_runs_still_can_be_drawn(night: Night) -> None:
    refuse(night, period="2020-Q2", draws_only=True)


def test_a_run_is_named_for_what_was_asked() -> None:
    asked = {"audience": "funder", "period": "2020-Q4"}
    assert forms.publish_name(asked) == "publish · funder · 2020-Q4"
    one = {**asked, "reader": "municipality", "language": "en"}
    assert forms.publish_name(one) == "publish · funder · 2020-Q4 · municipality · en"
    everybody = {**asked, "reader": "everybody", "language": "all", "dry_run": True}
    assert forms.publish_name(everybody) == "probă · funder · 2020-Q4"


def test_a_form_offers_the_one_programme_of_a_named_home_and_else_all() -> None:
    assert offered(HERE) == ["bucharest2021"]
    assert offered({}) == programmes()


@pytest.fixture
def doubtful(night: Night) -> str:
    """A mail of which nobody knows whether it arrived."""
    ana = Recipient("ana", "Ana", "ana@example.org", "team", "ro")
    (mail_id,) = outbox.plan(night.ledger, "team/2020-Q1/ro-v1", [ana], night.settings.now)
    body = {"mail_id": mail_id, "attempts": 1, "refused_since": None, "reply": "", "next_at": None}
    night.ledger.append("mail_uncertain", body, night.settings.now)
    return mail_id


@pytest.mark.parametrize(
    ("fate", "state"), [(forms.ARRIVED, "sent"), (forms.SEND_AGAIN, "pending")]
)
def test_an_officer_settles_a_doubtful_mail(
    night: Night, doubtful: str, fate: str, state: str
) -> None:
    forms.settle(night, f" {doubtful} ", fate, "Ana")
    (mail,) = outbox.mails(night.ledger)
    assert mail.state == state
    assert mail.last_reply is not None
    assert mail.last_reply.startswith("Ana says")


def test_a_form_that_names_no_mail_settles_none(night: Night, doubtful: str) -> None:
    forms.settle(night, "", forms.UNKNOWN, "")
    assert [mail.state for mail in outbox.mails(night.ledger)] == ["uncertain"]


@pytest.mark.parametrize(
    ("mail", "fate", "by", "said"),
    [
        ("", forms.ARRIVED, "Ana", "Spuneți codul"),
        ("{doubtful}", forms.UNKNOWN, "Ana", "what became of it"),
        ("{doubtful}", forms.SEND_AGAIN, " ", "your name"),
        ("0123", forms.ARRIVED, "Ana", "Mesajul 0123 nu poate fi lămurit"),
        ("0123", forms.ARRIVED, "Ana", "There is no mail '0123'"),
    ],
)
def test_half_an_answer_about_a_mail_is_refused_in_words(
    night: Night, doubtful: str, mail: str, fate: str, by: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        forms.settle(night, mail.format(doubtful=doubtful), fate, by)
    assert [mail.state for mail in outbox.mails(night.ledger)] == ["uncertain"]
