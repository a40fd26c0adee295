"""run_check and list_checks keep to their contract: JSON alone, and the exit status."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from common import clock
from crosschecks.models import CheckRun
from crosschecks.tests.conftest import YESTERDAY, Stage, hit
from crosschecks.tests.factories import RunFactory

pytestmark = pytest.mark.django_db


def run_check(*args: str) -> dict[str, Any]:
    out = StringIO()
    call_command("run_check", *args, "--json", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def test_the_answer_holds_one_line_a_run(stage: Stage) -> None:
    stage.hits = [hit(), hit("meter:B")]
    (row,) = run_check("made-up", "--day", YESTERDAY.isoformat())["runs"]
    assert row["check"] == "made-up"
    assert row["day"] == YESTERDAY.isoformat()
    assert (row["state"], row["hits"], row["new"], row["same"], row["gone"]) == ("done", 2, 2, 0, 0)
    assert row["seconds"] >= 0


def test_all_runs_every_check(stage: Stage) -> None:
    rows = run_check("--all", "--day", YESTERDAY.isoformat())["runs"]
    assert [row["check"] for row in rows] == [
        "load-above-declared",
        "made-up",
        "undeclared-mining-load",
        "unmetered-feeder-load",
    ]


def test_a_failed_check_ends_with_status_1(stage: Stage) -> None:
    stage.error = ValueError("broken")
    with pytest.raises(SystemExit) as end:
        run_check("made-up", "--day", YESTERDAY.isoformat())
    assert end.value.code == 1


@pytest.mark.parametrize(
    "args",
    [
        ["no-such-check"],
        [],
        ["made-up", "--all"],
        ["made-up", "--day", (clock.today() + timedelta(days=3)).isoformat()],
        ["made-up"],
    ],
    ids=["unknown", "nothing named", "both", "a day to come", "no readings yet"],
)
def test_what_cannot_run_ends_with_status_2(stage: Stage, args: list[str]) -> None:
    with pytest.raises(CommandError) as refused:
        run_check(*args)
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)


def test_list_checks_names_thresholds_in_force(stage: Stage) -> None:
    out = StringIO()
    call_command("list_checks", "--json", stdout=out)
    rows = {row["name"]: row for row in json.loads(out.getvalue())["checks"]}
    (tolerance,) = rows["load-above-declared"]["thresholds"]
    assert (tolerance["name"], tolerance["value"], tolerance["verified"]) == (
        "tolerance",
        1.15,
        False,
    )
    assert rows["load-above-declared"]["looks_for"]


def test_close_runs_interrupts_what_is_running(db: None) -> None:
    RunFactory(running=True)
    out = StringIO()
    call_command("close_runs", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"closed": 1}
    assert CheckRun.objects.get().state == "interrupted"
