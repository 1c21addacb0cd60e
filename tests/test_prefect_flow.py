"""What Prefect is given to run, read as Prefect reads it.

Prefect stays out of this process: it starts threads and warns, and here a warning is a failure.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flows.steps.durable import only_writer
from flows.steps.night import NIGHT
from flows.steps.publishing.audiences import AUDIENCES
from flows.steps.settings import CHECKOUT, DEFAULT_PROGRAMME
from tests.machine import without_prefects

Seen = dict[str, Any]

_SETTINGS = """
import json

import flows.prefect_settings
from prefect.settings import get_current_settings

server = get_current_settings().server
print(json.dumps({
    "analytics": server.analytics_enabled,
    "start-up": server.ephemeral.startup_timeout_seconds,
    "leases": server.concurrency.lease_storage,
    "retention": sorted(server.services.db_vacuum.enabled_vacuum_types),
}))
"""

_A_TURN = """
import sys
from pathlib import Path
from flows.stepping import our_turn

with our_turn(Path(sys.argv[1]), lambda said: print(said, flush=True)):
    print("It is our turn.")
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """The deployments of prefect.yaml, each with its flow loaded the way a worker loads it."""
    return json.loads(_python(["-m", "tests.prefect_seen"], tmp_path_factory.mktemp("prefect")))


def test_each_job_has_its_deployment_under_its_own_name(seen: Seen) -> None:
    assert set(seen) == {"nightly", "intake", "publish", "deliver", "remind"}
    for name, deployment in seen.items():
        assert (deployment["flow"], deployment["pool"]) == (name, "reper")


def test_each_job_runs_one_at_a_time_but_a_report_may_wait_beside_another(seen: Seen) -> None:
    limits = {name: deployment["limit"] for name, deployment in seen.items()}
    one = {"limit": 1, "collision_strategy": "ENQUEUE"}
    assert limits == {**dict.fromkeys(seen, one), "publish": None}


def test_nothing_starts_in_the_hour_that_the_change_of_the_clock_skips_or_repeats(
    seen: Seen,
) -> None:
    for deployment in seen.values():
        for starts in deployment["starts"]:
            for moments in starts.values():
                assert not any(moment[11:13] == "03" for moment in moments)


def test_the_form_of_publish_offers_its_answers_as_lists_and_dates(seen: Seen) -> None:
    definitions = seen["publish"]["parameters"]["definitions"]
    assert definitions["Audience"]["enum"] == list(AUDIENCES)
    assert {"2020", "2020-H1", "2020-Q4"} <= set(definitions["PeriodId"]["enum"])
    assert {"everybody", "municipality"} <= set(definitions["Reader"]["enum"])
    assert definitions["Language"]["enum"] == ["all", "ro", "en"]
    asked = seen["publish"]["parameters"]["properties"]
    assert {"format": "date", "type": "string"} in asked["as_known_on"]["anyOf"]
    assert (asked["dry_run"]["type"], asked["dry_run"]["default"]) == ("boolean", False)
    assert seen["publish"]["parameters"]["required"] == ["audience", "period"]


def test_every_field_of_every_form_has_a_title_and_a_sentence_in_both_languages(
    seen: Seen,
) -> None:
    for deployment in seen.values():
        for name, field in deployment["parameters"]["properties"].items():
            romanian, english = field["title"].split(" · ")
            assert romanian != name != english
            assert len(field["description"].split(" / ")) == 2


def test_a_reminder_can_be_for_one_partner_alone(seen: Seen) -> None:
    choices = seen["remind"]["parameters"]["definitions"]["PartnerId"]["enum"]
    assert choices[0] == "everybody"
    assert "TM-P042" in choices


def test_the_night_starts_at_five_in_bucharest_also_when_the_clock_changes(seen: Seen) -> None:
    (starts,) = seen["nightly"]["starts"]
    assert starts == {
        "2027-03-27": ["2027-03-27T05:00+02:00", "2027-03-28T05:00+03:00"],
        "2027-10-30": ["2027-10-30T05:00+03:00", "2027-10-31T05:00+02:00"],
    }


def test_the_form_offers_the_programmes_that_have_a_folder(seen: Seen) -> None:
    parameters = seen["nightly"]["parameters"]
    (choices,) = parameters["definitions"].values()
    assert choices["enum"] == sorted(path.name for path in (CHECKOUT / "data/programmes").iterdir())
    programme = parameters["properties"]["programme"]
    assert programme["default"] == DEFAULT_PROGRAMME


def test_the_tasks_are_the_steps_of_the_night_in_their_order(seen: Seen) -> None:
    tasks = [(task["name"], task["description"]) for task in seen["nightly"]["tasks"]]
    assert tasks == [(step.__name__, (step.__doc__ or "").splitlines()[0]) for step in NIGHT]


def test_nothing_of_a_night_is_cached_or_kept_by_prefect(seen: Seen) -> None:
    for task in seen["nightly"]["tasks"]:
        assert (task["is_cached"], task["is_kept"]) == (False, False)


def test_a_run_that_finds_another_one_at_work_says_so_and_waits(tmp_path: Path) -> None:
    lock = tmp_path / "home" / ".lock"
    with only_writer(lock):
        waiting = _started(["-c", _A_TURN, str(lock)], tmp_path)
        assert waiting.stdout is not None
        said = waiting.stdout.readline()
        assert said == "Aștept să se încheie altă rulare. / Waiting for another run to end.\n"
    with waiting:
        assert waiting.stdout.read() == "It is our turn.\n"
    assert waiting.returncode == 0


def test_prefect_tells_nobody_and_never_loses_a_slot_unless_the_user_wants_it_otherwise(
    tmp_path: Path,
) -> None:
    assert json.loads(_python(["-c", _SETTINGS], tmp_path)) == {
        "analytics": False,
        "start-up": 120,
        "leases": "prefect.server.concurrency.lease_storage.filesystem",
        "retention": ["events", "flow_runs", "orphans"],
    }
    own = _python(["-c", _SETTINGS], tmp_path, PREFECT_SERVER_ANALYTICS_ENABLED="true")
    assert json.loads(own)["analytics"] is True


def _python(arguments: list[str], folder: Path, **environment: str) -> str:
    """What Python says, started from the checkout as `_started` does it."""
    with _started(arguments, folder, **environment) as process:
        said, complained = process.communicate(timeout=180)
    assert process.returncode == 0, complained
    return said


def _started(arguments: list[str], folder: Path, **environment: str) -> subprocess.Popen[str]:
    """Python in the checkout, with nothing of the user's own Prefect or Reper in it."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=CHECKOUT,
        env={**without_prefects(), "PREFECT_HOME": str(folder / "prefect"), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
