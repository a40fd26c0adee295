"""The pages of the checks: who sees them, what they say, what they let one do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from common import clock
from crosschecks import tasks
from crosschecks.choices import RunState
from crosschecks.models import CheckRun, CheckSetting, Suppression
from crosschecks.tests.factories import (
    FindingFactory,
    ProfileFactory,
    RunFactory,
    SightingFactory,
)

pytestmark = pytest.mark.django_db
SLUG = "undeclared-mining-load"
SignIn = Callable[[User], Client]


@pytest.fixture
def finding() -> Any:
    meter = ProfileFactory().meter
    facts = {"meter": meter.code, "est_kw": 400.0, "registration": ""}
    made = FindingFactory(
        check_slug=SLUG,
        first_run__check_slug=SLUG,
        facts=facts,
        notes=["undeclared"],
        label=meter.code,
    )
    SightingFactory(finding=made)
    return made


def addresses(finding: Any) -> list[str]:
    return [
        reverse("crosschecks:checks"),
        reverse("crosschecks:check", args=[SLUG]),
        reverse("crosschecks:run", args=[finding.first_run.pk]),
        reverse("crosschecks:run-state", args=[finding.first_run.pk]),
        reverse("crosschecks:findings"),
        reverse("crosschecks:finding", args=[finding.pk]),
        reverse("crosschecks:contradictions", args=["I-0042"]),
    ]


def test_officials_and_auditors_see_the_pages(
    signed_in: SignIn, finding: Any, officer: User, auditor: User, atameken_officer: User
) -> None:
    for person in (officer, auditor, atameken_officer):
        client = signed_in(person)
        for address in addresses(finding):
            assert client.get(address).status_code == 200, address


def test_members_suppliers_and_strangers_do_not(
    signed_in: SignIn, finding: Any, member: User, supplier_user: User, stranger: User
) -> None:
    for person in (member, supplier_user, stranger):
        client = signed_in(person)
        for address in addresses(finding):
            assert client.get(address).status_code in (403, 404), address


def test_who_is_not_signed_in_is_sent_to_the_door(client: Client, finding: Any) -> None:
    for address in addresses(finding):
        assert client.get(address).status_code == 302, address


def test_the_page_names_thresholds_with_source_and_mark(signed_in: SignIn, officer: User) -> None:
    page = signed_in(officer).get(reverse("crosschecks:checks")).content.decode()
    assert "not verified" in page
    assert "none checked yet" in page


def test_the_finding_gives_its_reasons_in_words(
    signed_in: SignIn, officer: User, finding: Any
) -> None:
    page = signed_in(officer).get(finding.get_absolute_url()).content.decode()
    assert "about 400 kW" in page
    assert f"No registration declares meter {finding.label}" in page
    assert "not proof of an offence" in page


def test_a_running_run_moves_and_hides_what_it_found(signed_in: SignIn, officer: User) -> None:
    run = RunFactory(running=True, check_slug=SLUG, done=412, total=600)
    client = signed_in(officer)
    address = reverse("crosschecks:run-state", args=[run.pk])
    page = client.get(address).content.decode()
    assert "412 of 600" in page
    assert f'hx-get="{address}"' in page
    CheckRun.objects.update(state=RunState.DONE, finished_at=clock.now(), hits=7, new=7)
    ended = client.get(address)
    assert ended["HX-Refresh"] == "true"
    assert address not in ended.content.decode()


def test_an_interrupted_run_says_what_was_kept(signed_in: SignIn, officer: User) -> None:
    run = RunFactory(state=RunState.INTERRUPTED, error="stopped", check_slug=SLUG)
    page = signed_in(officer).get(run.get_absolute_url()).content.decode()
    assert "The portal was stopped" in page
    assert "nothing is written twice" in page


def test_an_officer_asks_for_a_run_once(
    signed_in: SignIn,
    officer: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    sent: list[int] = []
    monkeypatch.setattr(tasks.run_check_day, "delay", sent.append)
    client, day = signed_in(officer), clock.today() - timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        first = client.post(reverse("crosschecks:run-now", args=[SLUG]), {"day": day.isoformat()})
        again = client.post(reverse("crosschecks:run-now", args=[SLUG]), {"day": day.isoformat()})
    run = CheckRun.objects.get()
    assert (run.asked_by, first["Location"], again["Location"]) == (
        officer,
        run.get_absolute_url(),
        run.get_absolute_url(),
    )


def test_an_auditor_may_not_run_pause_or_put_aside(
    signed_in: SignIn, auditor: User, finding: Any
) -> None:
    client = signed_in(auditor)
    day = clock.today().isoformat()
    for name, target, told in (
        ("run-now", SLUG, {"day": (clock.today() - timedelta(days=1)).isoformat()}),
        ("pause", SLUG, {"reason": "x"}),
        ("resume", SLUG, {}),
        ("suppress", finding.pk, {"reason": "x", "until": day}),
    ):
        answer = client.post(reverse(f"crosschecks:{name}", args=[target]), told)
        assert answer.status_code == 403, name


def test_a_head_pauses_with_a_reason_that_the_page_shows(signed_in: SignIn, head: User) -> None:
    client = signed_in(head)
    reason = {"reason": "Meters are being changed."}
    client.post(reverse("crosschecks:pause", args=[SLUG]), reason)
    assert "Meters are being changed." in client.get(reverse("crosschecks:checks")).content.decode()
    client.post(reverse("crosschecks:resume", args=[SLUG]))
    assert CheckSetting.objects.get().enabled


def test_an_officer_puts_a_finding_aside(signed_in: SignIn, officer: User, finding: Any) -> None:
    until = (clock.today() + timedelta(days=20)).isoformat()
    client = signed_in(officer)
    client.post(
        reverse("crosschecks:suppress", args=[finding.pk]), {"reason": "Bakery.", "until": until}
    )
    assert Suppression.objects.get().reason == "Bakery."
    assert "Bakery." in client.get(finding.get_absolute_url()).content.decode()


def test_many_findings_are_put_aside_with_one_reason(signed_in: SignIn, officer: User) -> None:
    made = FindingFactory.create_batch(3)
    until = (clock.today() + timedelta(days=20)).isoformat()
    told = {
        "act": "suppress",
        "pick": [one.pk for one in made],
        "suppress-reason": "One greenhouse.",
        "suppress-until": until,
    }
    signed_in(officer).post(reverse("crosschecks:findings"), told)
    assert Suppression.objects.filter(reason="One greenhouse.").count() == 3


@pytest.mark.parametrize(("name", "budget"), [("checks", 12), ("findings", 12)])
def test_the_lists_cost_the_same_whatever_their_size(
    name: str, budget: int, signed_in: SignIn, officer: User, django_assert_max_num_queries: Any
) -> None:
    FindingFactory.create_batch(40, check_slug=SLUG)
    client = signed_in(officer)
    client.get(reverse("crosschecks:checks"))
    with django_assert_max_num_queries(budget):
        assert client.get(reverse(f"crosschecks:{name}")).status_code == 200
