"""The API of tips, leads, cases and evidence."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from cases.choices import CaseState, LeadState
from cases.models import Case, Evidence, Tip, TipReporter
from cases.tests.factories import CaseFactory, LeadFactory, TipFactory
from pages.tests.test_uploads import jpeg

pytestmark = pytest.mark.django_db
Api = Callable[[User], Any]
TIP = {"what": "Three containers", "place": "Aksu-2", "power": "5_20"}


def test_a_member_files_a_tip_and_reads_the_receipt_once(api: Api, member: User) -> None:
    answer = api(member).post("/api/v1/tips/", TIP)
    assert answer.status_code == 201
    assert len(answer.data["receipt"]) == 16
    again = api(member).get(f"/api/v1/tips/{answer.data['number']}/")
    assert "receipt" not in again.data


def test_the_same_idempotency_key_files_one_tip(api: Api, member: User) -> None:
    client = api(member)
    answers = [
        client.post("/api/v1/tips/", TIP, headers={"Idempotency-Key": "k1"}) for _n in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert Tip.objects.count() == 1


def test_a_repeatable_tip_leaves_no_row_between_caller_and_tip(api: Api, member: User) -> None:
    told = {**TIP, "anonymous": True}
    answer = api(member).post("/api/v1/tips/", told, headers={"Idempotency-Key": "k1"})
    assert answer.status_code == 201
    assert not apps.get_model("journal", "AnsweredCall").objects.exists()
    assert not TipReporter.objects.exists()


def test_a_key_is_a_persons_own_and_stands_for_one_tip(api: Api, member: User, rival: User) -> None:
    key = {"Idempotency-Key": "k1"}
    first = api(member).post("/api/v1/tips/", TIP, headers=key)
    other = api(rival).post("/api/v1/tips/", TIP, headers=key)
    assert first.data["receipt"] != other.data["receipt"]
    changed = api(member).post("/api/v1/tips/", {**TIP, "what": "A pipe"}, headers=key)
    assert changed.status_code == 409


def test_errors_are_named_by_field(api: Api, member: User) -> None:
    answer = api(member).post("/api/v1/tips/", {**TIP, "party_bin": "123456789012"})
    assert answer.status_code == 400
    assert "party_bin" in answer.json()["errors"]


def test_a_rival_sees_no_tip_of_another(api: Api, member: User, rival: User) -> None:
    tip = TipFactory(reporter=member)
    assert api(rival).get(f"/api/v1/tips/{tip.number}/").status_code == 404
    assert api(rival).get("/api/v1/tips/").data["results"] == []


@pytest.mark.parametrize("name", ["supplier_user", "member", "stranger"])
def test_leads_and_cases_are_empty_for_outsiders(
    name: str, api: Api, request: pytest.FixtureRequest
) -> None:
    client = api(request.getfixturevalue(name))
    lead = LeadFactory()
    CaseFactory()
    assert client.get("/api/v1/leads/").data["results"] == []
    assert client.get("/api/v1/cases/").data["results"] == []
    assert client.get(f"/api/v1/leads/{lead.number}/").status_code == 404


def move(client: Any, base: str, verb: str, **given: Any) -> Any:
    """A move on the version just read."""
    etag = client.get(base)["ETag"]
    headers = {"If-Match": etag, "Accept-Language": "en"}
    return client.post(f"{base}moves/{verb}/", given, headers=headers)


def test_a_lead_is_promoted_by_a_move(api: Api, officer: User) -> None:
    lead = LeadFactory()
    answer = move(api(officer), f"/api/v1/leads/{lead.number}/", "promote", title="A hall")
    assert answer.status_code == 200
    assert answer.data["case"] == Case.objects.get().number


def test_a_move_without_the_version_read_is_428_and_on_an_old_one_412(
    api: Api, officer: User
) -> None:
    lead = LeadFactory()
    client, base = api(officer), f"/api/v1/leads/{lead.number}/"
    assert client.post(f"{base}moves/take/", {}).status_code == 428
    old = client.get(base)["ETag"]
    assert move(client, base, "take").status_code == 200
    late = client.post(f"{base}moves/dismiss/", {"reason": "x"}, headers={"If-Match": old})
    assert late.status_code == 412


def test_a_case_cannot_be_confirmed_without_reason_and_two_indicators(api: Api, head: User) -> None:
    case = CaseFactory(owner=head, state=CaseState.DECISION)
    base = f"/api/v1/cases/{case.number}/"
    without_reason = move(api(head), base, "decide", outcome="confirmed")
    assert without_reason.status_code == 400
    one_sided = move(api(head), base, "decide", outcome="confirmed", reason="why")
    assert one_sided.status_code == 400
    assert "0 of 2" in str(one_sided.json())
    case.refresh_from_db()
    assert case.state == CaseState.DECISION


def test_who_may_not_move_gets_403_and_a_wrong_state_409(
    api: Api, officer: User, analyst: User
) -> None:
    lead = LeadFactory()
    base = f"/api/v1/leads/{lead.number}/"
    assert move(api(analyst), base, "dismiss", reason="x").status_code == 403
    done = LeadFactory(state=LeadState.DISMISSED)
    answer = move(api(officer), f"/api/v1/leads/{done.number}/", "dismiss", reason="x")
    assert answer.status_code == 409


def test_evidence_is_uploaded_to_a_visible_case_only(
    api: Api, officer: User, atameken_officer: User
) -> None:
    case = CaseFactory(owner=officer)
    sent = {"case": case.number, "title": "The hall"}
    for actor, status in ((atameken_officer, 404), (officer, 201)):
        upload = SimpleUploadedFile("hall.jpg", jpeg(), "image/jpeg")
        answer = api(actor).post(
            "/api/v1/evidence/", {**sent, "upload": upload}, format="multipart"
        )
        assert answer.status_code == status
    assert Evidence.objects.count() == 1
