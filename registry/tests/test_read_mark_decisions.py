"""Decisions on the mark on pages, by API, in the public register; the mark in lists and API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from common import clock
from law.models import Position
from registry.tests.factories import ProtectionDecisionFactory, RegistrationFactory
from registry.tests.test_lift_a_mark import SignIn, carries, days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Any:
    return RegistrationFactory(active=True, number="I-0042").operator


# ── Pages, API, public register ──────────────────────────────────────────────


def test_the_page_leads_from_draft_to_decision(
    operator: Any, signed_in: SignIn, officer: User, atameken_officer: User, head: User
) -> None:
    mine = signed_in(officer)
    assert f"/registry/operators/{operator.pk}/protection/" in (
        mine.get(operator.get_absolute_url()).content.decode()
    )
    given = {"ground": "act:law-193-vii", "event_on": "2026-09-01", "reason": "twice the power"}
    answer = mine.post(f"/registry/operators/{operator.pk}/protection/", given)
    page = answer["Location"]
    steps: list[tuple[Client, str, dict[str, Any]]] = [
        (mine, "invite", {"invited": "The director", "notice_sent_on": days_ago(30),
                          "hearing_on": days_ago(1)}),
        (mine, "hear", {"attendance": "came", "minutes": "Denied."}),
        (mine, "propose", {"valid_from": clock.today()}),
        (signed_in(atameken_officer), "sign", {}),
        (signed_in(head), "decide", {"reason": "shown by the feeder"}),
    ]  # fmt: skip
    for client, verb, fields in steps:
        assert client.get(page).status_code == 200
        assert client.get(f"{page}{verb}/").status_code == 200, verb
        assert client.post(f"{page}{verb}/", fields).status_code == 302, verb
    assert not carries(operator)
    shown = mine.get(operator.get_absolute_url()).content.decode()
    assert "is lifted since" in shown
    assert "No restriction applies." not in shown
    assert "No restriction applies." in (
        mine.get(f"{operator.get_absolute_url()}?on={days_ago(1)}").content.decode()
    )


def test_a_refused_form_says_why_and_lifts_nothing(
    operator: Any, signed_in: SignIn, officer: User
) -> None:
    said = Position.objects.values_list("code", flat=True)[0]
    given = {"ground": f"statement:{said}", "event_on": "2026-09-01", "reason": "x"}
    answer = signed_in(officer).post(f"/registry/operators/{operator.pk}/protection/", given)
    assert answer.status_code == 422
    assert "a statement founds nothing" in answer.content.decode()
    assert carries(operator)


@pytest.mark.parametrize("name", ["analyst", "auditor", "administrator"])
def test_who_reads_the_registry_sees_it_and_does_nothing(
    name: str, signed_in: SignIn, request: pytest.FixtureRequest
) -> None:
    decision = ProtectionDecisionFactory(proposed=True)
    client = signed_in(request.getfixturevalue(name))
    page = decision.get_absolute_url()
    assert client.get(page).status_code == 200
    assert client.get("/registry/protection/?view=all").status_code == 200
    for verb in ("sign", "decide", "refuse", "withdraw"):
        assert client.post(f"{page}{verb}/", {"reason": "x"}).status_code == 403
    draft = f"/registry/operators/{decision.operator_id}/protection/"
    assert client.post(draft, {}).status_code == 403


@pytest.mark.parametrize("name", ["member", "supplier_user", "stranger"])
def test_others_do_not_find_it(
    name: str, signed_in: SignIn, api: Any, request: pytest.FixtureRequest
) -> None:
    decision = ProtectionDecisionFactory(lifted=True)
    person = request.getfixturevalue(name)
    assert signed_in(person).get(decision.get_absolute_url()).status_code == 404
    assert signed_in(person).get("/registry/protection/").status_code == 403
    assert api(person).get(f"/api/v1/mark-decisions/{decision.pk}/").status_code == 404


def test_the_list_costs_the_same_whatever_its_size(
    officer: User, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for _n in range(30):
        ProtectionDecisionFactory(proposed=True)
    client = signed_in(officer)
    client.get("/registry/protection/?view=all")
    with django_assert_max_num_queries(12):
        assert client.get("/registry/protection/?view=all").status_code == 200


def test_by_the_api_the_same_rules_hold(
    operator: Any, api: Callable[[User], APIClient], officer: User, head: User
) -> None:
    client = api(officer)
    given = {"operator": operator.pk, "ground": "act:law-193-vii", "event_on": "2026-09-01",
             "reason": "twice the power"}  # fmt: skip
    bad = client.post("/api/v1/mark-decisions/", {**given, "event_on": "2019-01-01"}, format="json")
    assert bad.status_code == 400
    made = client.post("/api/v1/mark-decisions/", given, format="json")
    assert made.status_code == 201
    address = f"/api/v1/mark-decisions/{made.json()['id']}/"

    def move(who: APIClient, verb: str, **fields: Any) -> Any:
        tag = who.get(address)["ETag"]
        return who.post(f"{address}moves/{verb}/", fields, format="json", headers={"If-Match": tag})

    assert move(client, "hear", attendance="came", minutes="x").status_code == 400
    assert move(client, "decide", reason="x").status_code == 409
    notice = {"invited": "x", "notice_sent_on": days_ago(30), "hearing_on": days_ago(1)}
    assert move(client, "invite", **notice).status_code == 200
    assert move(client, "hear", attendance="came", minutes="x").status_code == 200
    assert move(client, "propose", valid_from=clock.today()).status_code == 200
    assert move(client, "sign").status_code == 403
    assert move(api(head), "decide", reason="x").status_code == 400
    assert carries(operator)


@pytest.mark.parametrize("path", ["add/", "{pk}/change/", "{pk}/delete/"])
def test_the_admin_only_looks(path: str, signed_in: SignIn, administrator: User) -> None:
    decision = ProtectionDecisionFactory(proposed=True)
    client = signed_in(administrator)
    assert (
        client.get(f"/admin/registry/protectiondecision/{decision.pk}/change/").status_code == 200
    )
    address = f"/admin/registry/protectiondecision/{path.format(pk=decision.pk)}"
    assert client.post(address, {"state": "decided"}).status_code == 403


def test_the_public_register_says_only_whether_the_mark_applies(
    operator: Any, officer: User
) -> None:
    client, address = Client(headers={"accept-language": "en"}), "/register/I-0042/"
    assert "No restriction applies." in client.get(address).content.decode()
    ProtectionDecisionFactory(
        lifted=True, operator=operator, reason="secret of the case", lead_agency=officer.agency
    )
    page = client.get(address).content.decode()
    assert "is not carried on this day" in page
    assert "No restriction applies." not in page
    assert "secret" not in page
    assert str(officer.agency) not in page
    past = client.get(f"{address}?on=2026-11-01").content.decode()
    assert "No restriction applies." in past
    entry = client.get(f"/api/v1/register/{operator.bin}/").json()["entries"][0]
    assert (entry["in_force"], entry["no_restriction_applies"]) == (True, False)
    assert not any("reason" in name or "decision" in name for name in entry)
    pdf = client.get(f"{address}extract.pdf")
    assert pdf.status_code == 200


# ── The mark in lists and API ────────────────────────────────────────────────


def test_lists_and_api_of_the_registry_tell_who_carries_the_mark(
    operator: Any, signed_in: SignIn, api: Callable[[User], APIClient], officer: User
) -> None:
    other = ProtectionDecisionFactory(lifted=True).operator
    for address in ("/registry/operators/", "/registry/"):
        page = signed_in(officer).get(address).content.decode()
        assert page.count("no restriction applies</span>") == 1, address
    told = {
        row["id"]: row["no_restriction_applies"]
        for row in api(officer).get("/api/v1/operators/").json()["results"]
    }
    assert told == {operator.pk: True, other.pk: False}
    rows = api(officer).get("/api/v1/registrations/").json()["results"]
    marks = {row["operator"]["id"]: row["no_restriction_applies"] for row in rows}
    assert marks == told
    assert all(
        row["operator"]["no_restriction_applies"] == row["no_restriction_applies"] for row in rows
    )


@pytest.mark.parametrize("name", ["operators", "registrations"])
def test_the_api_asks_for_all_marks_of_a_page_at_once(
    name: str, api: Callable[[User], APIClient], officer: User, django_assert_max_num_queries: Any
) -> None:
    for _n in range(20):
        RegistrationFactory(active=True)
    client = api(officer)
    with django_assert_max_num_queries(6):
        assert client.get(f"/api/v1/{name}/").status_code == 200
