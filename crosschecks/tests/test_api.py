"""The API: read checks, runs and findings; ask for a run."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from common import clock
from crosschecks.models import CheckRun
from crosschecks.tests.factories import FindingFactory, RunFactory

pytestmark = pytest.mark.django_db
Act = Callable[[User], APIClient]
SLUG = "undeclared-mining-load"
DAY = clock.today() - timedelta(days=1)


def test_an_official_reads_checks_runs_and_findings(api: Act, officer: User) -> None:
    FindingFactory(check_slug=SLUG, facts={"est_kw": 400.0, "meter": "M-1"})
    client = api(officer)
    checks = client.get("/api/v1/checks/").json()
    assert {row["name"] for row in checks} == {
        SLUG, "load-above-declared", "unmetered-feeder-load"
    }  # fmt: skip
    assert checks[0]["precision"]["n"] == 0
    assert len(client.get("/api/v1/check-runs/").json()["results"]) == 1
    english = {"Accept-Language": "en"}
    answer = client.get("/api/v1/findings/?check=" + SLUG, headers=english)
    (finding,) = answer.json()["results"]
    assert "about 400 kW" in finding["reasons"][0]


def test_others_see_nothing(api: Act, member: User, supplier_user: User) -> None:
    finding = FindingFactory()
    for person in (member, supplier_user):
        client = api(person)
        assert client.get("/api/v1/checks/").status_code == 403
        assert client.get("/api/v1/findings/").json()["results"] == []
        assert client.get(f"/api/v1/findings/{finding.pk}/").status_code == 404


def test_a_run_is_asked_for_once_with_a_key(api: Act, officer: User) -> None:
    client, told = api(officer), {"check": SLUG, "day": DAY.isoformat()}
    first = client.post("/api/v1/check-runs/", told, headers={"Idempotency-Key": "k1"})
    again = client.post("/api/v1/check-runs/", told, headers={"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json()["id"] == again.json()["id"]
    assert CheckRun.objects.count() == 1


def test_an_unknown_check_is_refused_at_its_field(api: Act, officer: User) -> None:
    answer = api(officer).post("/api/v1/check-runs/", {"check": "nope"})
    assert answer.status_code == 400
    assert "check" in str(answer.json())


def test_an_auditor_may_not_ask_for_a_run(api: Act, auditor: User) -> None:
    told = {"check": SLUG, "day": DAY.isoformat()}
    assert api(auditor).post("/api/v1/check-runs/", told).status_code == 403


def test_a_run_cannot_be_changed(api: Act, officer: User) -> None:
    run = RunFactory()
    assert api(officer).patch(f"/api/v1/check-runs/{run.pk}/", {}).status_code == 405
