"""Every door against an operator to whom no restriction applies is shut without the rule.

The rule: a contradiction between two different sources is stated, a second person confirms, and
Atameken is told; or the mark itself was lifted by its own decision.
"""

import ast
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from cases import actions
from cases.choices import Answer, CaseState, LeadState, Outcome
from cases.models import Case, Contradiction, Lead
from cases.selectors.gates import decision_gates
from cases.tests.factories import (
    TWO_SOURCES,
    CaseFactory,
    CitationFactory,
    LeadFactory,
    OpinionFactory,
    officer_of,
    stated,
)
from cases.workflow import CASES, LEADS
from common import clock
from common.errors import NotAllowed, Refused, WrongState
from journal.selectors import inbox
from registry.models import Operator, SiteMeter
from registry.tests.factories import (
    OperatorFactory,
    RegistrationFactory,
    SiteFactory,
    SiteMeterFactory,
    invented_bin,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
Api = Callable[[User], APIClient]
METER, PLACE = "35-0418-7777", (50.15, 82.32)
FORM = {
    "contradiction": "half as much again", "title": "A site",
    "first_kind": "registry", "first_reference": "T-1", "first_dated_on": "2026-10-01",
    "first_says": "declared power",
    "second_kind": "readings", "second_reference": "demo.csv", "second_dated_on": "2026-11-01",
    "second_says": "a higher peak",
}  # fmt: skip


@pytest.fixture
def white() -> Operator:
    """An operator in good standing with one meter at one place."""
    operator: Operator = SiteMeterFactory(code=METER).site.registration.operator
    return operator


@pytest.fixture
def lead(white: Operator) -> Any:
    return LeadFactory(meter=METER)


def by_two(lead: Lead, first: User, second: User) -> Case:
    """The case that two persons opened on the lead."""
    actions.promote_lead(
        lead=lead, actor=first, contradiction="half as much again", sources=TWO_SOURCES
    )
    return actions.confirm_lead(lead=lead, actor=second)


def untouched(lead: Lead) -> bool:
    lead.refresh_from_db()
    return lead.state == LeadState.NEW and lead.case is None and not Case.objects.exists()


def ready(case: Case) -> Case:
    """A case at its decision with every other condition met: only the mark can stand in the way."""
    CitationFactory(case=case)
    LeadFactory(meter="", case=case, state=LeadState.ATTACHED, reasons=[{"origin": "feeder:x"}])
    LeadFactory(meter="", case=case, state=LeadState.ATTACHED, reasons=[{"origin": "readings:y"}])
    Case.objects.filter(pk=case.pk).update(state=CaseState.DECISION)
    case.refresh_from_db()
    return case


def refusals(case: Case) -> list[str]:
    return [gate.text for gate in decision_gates(case) if not gate.ok]


# ── By what a lead names its party ───────────────────────────────────────────


class TestWhateverALeadNames:
    def refused(self, lead: Lead, officer: User) -> None:
        with pytest.raises(Refused, match="registered, active operator"):
            actions.promote_lead(lead=lead, actor=officer)
        assert untouched(lead)

    def test_the_meter_alone(self, lead: Lead, officer: User) -> None:
        self.refused(lead, officer)

    @pytest.mark.parametrize("spelt", ["kz-m-00017a", " KZ-M-00017A ", "KZ-M -00017a"])
    def test_the_meter_however_it_is_spelt(self, spelt: str, officer: User) -> None:
        SiteMeterFactory(code="KZ-M-00017A")
        self.refused(LeadFactory(meter=spelt), officer)

    def test_the_place_alone(self, officer: User) -> None:
        SiteFactory(lat=PLACE[0], lon=PLACE[1])
        self.refused(LeadFactory(meter="", lat=PLACE[0] + 0.002, lon=PLACE[1]), officer)

    def test_the_number_alone_though_the_entry_names_no_site(self, officer: User) -> None:
        number = RegistrationFactory(active=True).operator.bin
        self.refused(LeadFactory(meter="", party_bin=number), officer)

    def test_a_site_of_an_entry_that_ended_while_another_is_in_force(self, officer: User) -> None:
        operator = OperatorFactory()
        over = RegistrationFactory(operator=operator, status="revoked", valid_from=date(2023, 1, 1))
        SiteFactory(registration=over, lat=PLACE[0], lon=PLACE[1])
        RegistrationFactory(operator=operator, active=True)
        self.refused(LeadFactory(meter="", lat=PLACE[0], lon=PLACE[1]), officer)

    def test_a_meter_of_an_entry_that_ended_while_another_is_in_force(self, officer: User) -> None:
        operator = OperatorFactory()
        over = RegistrationFactory(operator=operator, status="revoked", valid_from=date(2023, 1, 1))
        SiteMeterFactory(
            site__registration=over, code="35-0418-1111",
            valid_from=date(2023, 1, 1), valid_to=date(2026, 1, 1),
        )  # fmt: skip
        RegistrationFactory(operator=operator, active=True)
        self.refused(LeadFactory(meter="35-0418-1111"), officer)

    def test_who_declares_the_meter_now_counts_not_who_declared_it_before(
        self, officer: User
    ) -> None:
        SiteMeterFactory(code=METER, valid_from=date(2025, 3, 15), valid_to=date(2026, 1, 1))
        ended = RegistrationFactory(status="revoked", valid_from=date(2026, 1, 2))
        SiteMeterFactory(site__registration=ended, code=METER, valid_from=date(2026, 1, 2))
        assert actions.promote_lead(lead=LeadFactory(meter=METER), actor=officer)

    def test_a_name_alone_suggests_and_protects_nobody(
        self, white: Operator, officer: User
    ) -> None:
        lead = LeadFactory(meter="", party_name=white.name)
        assert actions.promote_lead(lead=lead, actor=officer)


# ── Opening a case ───────────────────────────────────────────────────────────


class TestOpening:
    def test_by_the_page_one_is_led_to_the_proposal(
        self, lead: Lead, signed_in: SignIn, officer: User
    ) -> None:
        answer = signed_in(officer).post(f"/leads/{lead.number}/promote/", {"title": "A site"})
        assert answer["Location"] == f"/leads/{lead.number}/propose/"
        assert untouched(lead)

    @pytest.mark.parametrize("left_out", ["contradiction", "first_reference", "second_reference"])
    def test_by_the_page_nothing_may_be_left_out(
        self, left_out: str, lead: Lead, signed_in: SignIn, officer: User
    ) -> None:
        given = {**FORM, left_out: " "}
        answer = signed_in(officer).post(f"/leads/{lead.number}/propose/", given)
        assert answer.status_code == 422
        assert untouched(lead)

    @pytest.mark.parametrize("verb", ["promote", "propose"])
    def test_by_the_api_it_is_400(self, verb: str, lead: Lead, api: Api, officer: User) -> None:
        address = f"/api/v1/leads/{lead.number}/moves/{verb}/"
        given = {"title": "A site", "contradiction": "half as much again"}
        answer = api(officer).post(address, given, format="json", headers={"If-Match": "*"})
        assert answer.status_code == 400
        assert untouched(lead)

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_by_the_api_no_lead_is_rewritten(
        self, method: str, lead: Lead, api: Api, officer: User
    ) -> None:
        given = {"state": "promoted", "meter": "", "proposed_by": 1}
        answer = getattr(api(officer), method)(f"/api/v1/leads/{lead.number}/", given)
        assert answer.status_code == 405
        assert untouched(lead)

    @pytest.mark.parametrize("act", ["promote", "propose", "confirm"])
    def test_by_the_list_no_case_is_opened_in_bulk(
        self, act: str, lead: Lead, signed_in: SignIn, officer: User
    ) -> None:
        posted = {"act": act, "pick": [lead.pk], "query": "view=all"}
        signed_in(officer).post("/leads/", posted, follow=True)
        assert untouched(lead)

    def test_by_a_direct_move_the_gate_stands(self, lead: Lead, officer: User) -> None:
        with pytest.raises(Refused, match="registered, active operator"):
            LEADS.make("promote", lead, actor=officer, changes={"case": CaseFactory()})
        lead.refresh_from_db()
        assert lead.state == LeadState.NEW

    def test_by_a_direct_move_no_prose_replaces_the_two_sources(
        self, lead: Lead, officer: User
    ) -> None:
        changes = {"contradiction": "a feeling", "proposed_by": officer}
        with pytest.raises(Refused):
            LEADS.make("propose", lead, actor=officer, changes=changes)
        empty = Contradiction.objects.create(
            lead=lead, words="a feeling", against=[invented_bin(1)], stated_by=officer
        )
        with pytest.raises(Refused, match="Two different sources"):
            LEADS.make("propose", lead, actor=officer, changes={**changes, "stated": empty})
        assert untouched(lead)

    def test_by_a_direct_move_no_statement_of_another_lead_serves(
        self, lead: Lead, white: Operator, officer: User
    ) -> None:
        borrowed = stated(LeadFactory(), [white.bin], officer)
        changes = {"contradiction": "x", "proposed_by": officer, "stated": borrowed}
        with pytest.raises(Refused, match="Two different sources"):
            LEADS.make("propose", lead, actor=officer, changes=changes)
        assert untouched(lead)

    @pytest.mark.parametrize("where", ["add/", "{pk}/change/", "{pk}/delete/", ""])
    def test_by_the_admin_nothing_is_written(
        self, where: str, lead: Lead, signed_in: SignIn, administrator: User
    ) -> None:
        address = f"/admin/cases/lead/{where.format(pk=lead.pk)}"
        posted = {"state": "promoted", "action": "delete_selected", "_selected_action": [lead.pk]}
        answer = signed_in(administrator).post(address, posted)
        assert answer.status_code in (200, 302, 403)
        assert untouched(lead)

    def test_by_the_admin_no_statement_and_no_second_person_is_written(
        self, lead: Lead, signed_in: SignIn, administrator: User
    ) -> None:
        client = signed_in(administrator)
        for model in ("contradiction", "contradictingsource", "case", "decision"):
            assert client.post(f"/admin/cases/{model}/add/", {}).status_code == 403

    @pytest.mark.parametrize("name", ["analyst", "auditor", "administrator", "member", "stranger"])
    def test_by_rank_nobody_else_may_propose(
        self, name: str, lead: Lead, request: pytest.FixtureRequest
    ) -> None:
        with pytest.raises(NotAllowed):
            actions.promote_lead(
                lead=lead, actor=request.getfixturevalue(name), contradiction="x",
                sources=TWO_SOURCES,
            )  # fmt: skip
        assert untouched(lead)


class TestTheSecondPerson:
    @pytest.fixture
    def proposed(self, lead: Lead, officer: User) -> Lead:
        actions.promote_lead(lead=lead, actor=officer, contradiction="x", sources=TWO_SOURCES)
        return lead

    def test_is_not_the_proposer_by_page_by_api_or_by_a_direct_move(
        self, proposed: Lead, signed_in: SignIn, api: Api, officer: User
    ) -> None:
        title = {"title": "A site"}
        page = signed_in(officer).post(f"/leads/{proposed.number}/confirm/", title)
        call = api(officer).post(
            f"/api/v1/leads/{proposed.number}/moves/confirm/", title, headers={"If-Match": "*"}
        )
        assert (page.status_code, call.status_code) == (403, 403)
        with pytest.raises(NotAllowed):
            LEADS.make("confirm", proposed, actor=officer, changes={"case": CaseFactory()})

    @pytest.mark.parametrize("verb", ["promote", "attach", "take", "dismiss"])
    def test_is_not_walked_around_while_awaited(
        self, verb: str, proposed: Lead, officer: User
    ) -> None:
        changes = {"case": CaseFactory(), "taken_by": officer, "reason": "x"}
        with pytest.raises(WrongState):
            LEADS.make(verb, proposed, actor=officer, reason="x", changes=changes)

    def test_is_asked_again_when_somebody_else_came_to_carry_the_mark(
        self, proposed: Lead, head: User
    ) -> None:
        SiteFactory(lat=PLACE[0], lon=PLACE[1])
        Lead.objects.filter(pk=proposed.pk).update(lat=PLACE[0], lon=PLACE[1])
        proposed.refresh_from_db()
        with pytest.raises(Refused, match="propose anew"):
            actions.confirm_lead(lead=proposed, actor=head)
        assert not Case.objects.exists()

    def test_confirms_no_proposal_of_prose_alone(self, lead: Lead, head: User) -> None:
        Lead.objects.filter(pk=lead.pk).update(
            state=LeadState.AWAITING_SECOND, contradiction="x", proposed_by=officer_of("energy")
        )
        lead.refresh_from_db()
        with pytest.raises(Refused, match="Two different sources"):
            actions.confirm_lead(lead=lead, actor=head)

    def test_and_the_first_are_heard_of_by_atameken(
        self, lead: Lead, officer: User, head: User, atameken_officer: User
    ) -> None:
        by_two(lead, officer, head)
        told = [news.words for news in inbox(atameken_officer)]
        assert any(f"{lead.number}: a case against a registered" in words for words in told)
        assert any(f"{lead.number}: " in words and "decided" in words for words in told)


# ── Attaching to a case that exists ──────────────────────────────────────────


class TestAttaching:
    def test_by_page_by_api_and_in_bulk_a_case_of_one_person_takes_it_not(
        self, lead: Lead, signed_in: SignIn, api: Api, officer: User
    ) -> None:
        case = CaseFactory(owner=officer)
        page = signed_in(officer).post(f"/leads/{lead.number}/attach/", {"case": case.number})
        assert page.status_code == 422
        address = f"/api/v1/leads/{lead.number}/moves/attach/"
        call = api(officer).post(address, {"case": case.number}, headers={"If-Match": "*"})
        assert call.status_code == 400
        posted = {
            "act": "attach", "pick": [lead.pk], "attach-case": case.number, "query": "view=all",
        }  # fmt: skip
        told = signed_in(officer).post("/leads/", posted, follow=True).content.decode()
        assert "second person has confirmed" in told
        lead.refresh_from_db()
        assert (lead.state, lead.case) == (LeadState.NEW, None)

    def test_by_a_direct_move_neither(self, lead: Lead, officer: User) -> None:
        with pytest.raises(Refused, match="second person has confirmed"):
            LEADS.make("attach", lead, actor=officer, changes={"case": CaseFactory(owner=officer)})

    def test_a_case_against_another_operator_takes_it_not(
        self, lead: Lead, officer: User, head: User
    ) -> None:
        SiteMeterFactory(code="35-0418-8888")
        case = by_two(LeadFactory(meter="35-0418-8888"), officer, head)
        with pytest.raises(Refused, match="second person has confirmed"):
            actions.attach_lead(lead=lead, case=case, actor=officer)

    def test_who_takes_the_meter_over_later_is_not_covered_by_the_case(
        self, lead: Lead, officer: User, head: User
    ) -> None:
        case = by_two(lead, officer, head)
        SiteMeter.objects.filter(code=METER).update(valid_to=clock.today() - timedelta(days=1))
        SiteMeterFactory(code=METER, valid_from=clock.today())
        with pytest.raises(Refused, match="second person has confirmed"):
            actions.attach_lead(lead=LeadFactory(meter=METER), case=case, actor=officer)

    def test_a_case_that_two_persons_opened_against_this_operator_takes_it(
        self, lead: Lead, officer: User, head: User
    ) -> None:
        case = by_two(lead, officer, head)
        further = LeadFactory(meter=METER)
        actions.attach_lead(lead=further, case=case, actor=officer)
        assert further.case == case


# ── Deciding a case ──────────────────────────────────────────────────────────


class TestDeciding:
    def decide(self, case: Case, head: User) -> None:
        actions.decide(case=case, outcome=Outcome.CONFIRMED, reason="over the norm", actor=head)

    def test_without_a_mark_the_same_case_is_decided(self, officer: User, head: User) -> None:
        case = ready(CaseFactory(owner=officer, meter=METER))
        assert refusals(case) == []
        self.decide(case, head)
        assert case.outcome == Outcome.CONFIRMED

    @pytest.mark.parametrize("outcome", [Outcome.CONFIRMED, Outcome.REFERRED])
    def test_a_mark_acquired_after_the_case_was_opened_stands_in_the_way(
        self, outcome: str, officer: User, head: User
    ) -> None:
        case = ready(CaseFactory(owner=officer, meter=METER))
        SiteMeterFactory(code=METER)
        with pytest.raises(Refused, match="registered, active operator"):
            actions.decide(case=case, outcome=outcome, reason="over the norm", actor=head)
        case.refresh_from_db()
        assert (case.state, case.outcome) == (CaseState.DECISION, "")

    def test_a_mark_that_only_an_attached_lead_meets_stands_in_the_way(
        self, officer: User, head: User
    ) -> None:
        case = CaseFactory(owner=officer)
        actions.attach_lead(lead=LeadFactory(meter=METER), case=case, actor=officer)
        ready(case)
        SiteMeterFactory(code=METER)
        with pytest.raises(Refused, match="registered, active operator"):
            self.decide(case, head)

    def test_a_new_holder_of_the_place_is_not_covered_by_the_old_confirmation(
        self, lead: Lead, officer: User, head: User
    ) -> None:
        case = ready(by_two(lead, officer, head))
        assert refusals(case) == []
        SiteMeter.objects.filter(code=METER).update(valid_to=clock.today() - timedelta(days=1))
        SiteMeterFactory(code=METER, valid_from=clock.today())
        assert any("second person" in words for words in refusals(case))

    def test_by_a_direct_move_closing_finds_against_nobody(
        self, white: Operator, officer: User, head: User
    ) -> None:
        case = ready(CaseFactory(owner=officer, meter=METER))
        changes = {"outcome": Outcome.CONFIRMED, "closed_at": clock.now()}
        with pytest.raises(Refused, match="finds against nobody"):
            CASES.make("close", case, actor=officer, reason="x", changes=changes)
        with pytest.raises(Refused, match="registered, active operator"):
            CASES.make("decide", case, actor=head, reason="x", changes=changes)

    @pytest.mark.parametrize("verb", ["decide", "close"])
    def test_by_page_and_api_no_outcome_slips_in(
        self, verb: str, white: Operator, signed_in: SignIn, api: Api, head: User
    ) -> None:
        case = ready(CaseFactory(owner=head, meter=METER))
        given = {"outcome": Outcome.CONFIRMED.value, "reason": "over the norm"}
        page = signed_in(head).post(f"/cases/{case.number}/moves/{verb}/", given)
        assert page.status_code == 422
        address = f"/api/v1/cases/{case.number}/moves/{verb}/"
        call = api(head).post(address, given, headers={"If-Match": "*"})
        assert call.status_code == 400
        case.refresh_from_db()
        assert case.outcome == ""

    def test_opinions_of_the_bodies_do_not_replace_the_rule(
        self, white: Operator, officer: User, head: User
    ) -> None:
        case = ready(CaseFactory(owner=officer, meter=METER))
        OpinionFactory(case=case, answer=Answer.FOR, answered_by=head, answered_at=clock.now())
        with pytest.raises(Refused, match="registered, active operator"):
            self.decide(case, head)

    def test_ending_it_without_a_finding_is_always_possible(
        self, white: Operator, officer: User
    ) -> None:
        case = ready(CaseFactory(owner=officer, meter=METER))
        actions.decide(case=case, outcome=Outcome.NOT_CONFIRMED, reason="declared", actor=officer)
        assert case.outcome == Outcome.NOT_CONFIRMED


# ── Commands ─────────────────────────────────────────────────────────────────

ROOT = Path(settings.BASE_DIR)
AGAINST = {"promote_lead", "confirm_lead", "attach_lead", "decide", "open_case", "LEADS", "CASES"}


def commands() -> Iterator[Path]:
    for path in sorted(ROOT.glob("*/management/commands/*.py")):
        if path.stem != "__init__":
            yield path


def test_no_command_reaches_for_a_case() -> None:
    found = list(commands())
    assert len(found) > 10
    named = {
        path.name: AGAINST
        & {node.attr for node in ast.walk(ast.parse(path.read_text()))
           if isinstance(node, ast.Attribute)}
        | AGAINST
        & {alias.name for node in ast.walk(ast.parse(path.read_text()))
           if isinstance(node, ast.ImportFrom) for alias in node.names}
        for path in found
    }  # fmt: skip
    assert {name: words for name, words in named.items() if words} == {}


def test_only_promoting_and_confirming_open_a_case() -> None:
    callers = [
        path.relative_to(ROOT).as_posix()
        for path in sorted(ROOT.glob("*/**/*.py"))
        if not {".venv", "tests", "node_modules", "var"}.intersection(path.parts)
        and any(
            isinstance(node, ast.ImportFrom) and any(a.name == "open_case" for a in node.names)
            for node in ast.walk(ast.parse(path.read_text()))
        )
    ]
    assert callers == ["cases/actions/triage.py"]
