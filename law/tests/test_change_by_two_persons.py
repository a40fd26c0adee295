"""A guarded value changes by two persons or not at all."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.choices import Role
from accounts.tests.factories import AgencyFactory, UserFactory
from changes import actions
from changes.models import Change
from common.errors import NotAllowed, Refused, WrongState
from journal.selectors import history_of
from law.models import Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer(db):
    return UserFactory(role=Role.LAWYER, agency=AgencyFactory(energy=True))


@pytest.fixture
def second_administrator(db):
    return UserFactory(role=Role.ADMIN, agency=None)


@pytest.fixture
def term(db):
    return Term.objects.create(
        code="test.term", name="A term", working_days=10, valid_from=date(2026, 1, 1), source="S1"
    )


def propose(term, actor, **values):
    return actions.propose_change(
        model=Term, row=term, values=values, reason="the order says so", actor=actor
    )


def test_nothing_changes_until_another_person_approves(term, administrator, second_administrator):
    change = propose(term, administrator, working_days=15)
    term.refresh_from_db()
    assert term.working_days == 10
    actions.approve_change(change=change, actor=second_administrator)
    term.refresh_from_db()
    assert term.working_days == 15
    assert history_of(change)[0].actor_label == second_administrator.full_name


def test_the_proposer_is_never_the_second_person(term, administrator):
    change = propose(term, administrator, working_days=15)
    with pytest.raises(NotAllowed):
        actions.approve_change(change=change, actor=administrator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(
            state="approved", decided_by=administrator, decided_at="2026-01-01T00:00Z"
        )


def test_an_approval_is_refused_when_the_base_moved(term, administrator, second_administrator):
    change = propose(term, administrator, working_days=15)
    Term.objects.filter(pk=term.pk).update(working_days=12)
    with pytest.raises(Refused, match="working days"):
        actions.approve_change(change=change, actor=second_administrator)
    term.refresh_from_db()
    assert term.working_days == 12
    assert Change.objects.get(pk=change.pk).state == "proposed"


def test_only_a_lawyer_among_the_two_makes_a_row_verified(
    term, administrator, second_administrator, lawyer
):
    change = propose(term, administrator, verified=True)
    with pytest.raises(Refused, match="lawyer"):
        actions.approve_change(change=change, actor=second_administrator)
    actions.approve_change(change=change, actor=lawyer)
    term.refresh_from_db()
    assert term.verified


def test_a_verified_row_that_changes_is_unverified_again(term, administrator, lawyer):
    Term.objects.filter(pk=term.pk).update(verified=True)
    term.refresh_from_db()
    change = propose(term, administrator, working_days=20)
    actions.approve_change(change=change, actor=lawyer)
    term.refresh_from_db()
    assert (term.working_days, term.verified) == (20, False)


def test_a_refusal_needs_a_reason_and_leaves_all_as_it_is(term, administrator, lawyer):
    change = propose(term, administrator, working_days=15)
    with pytest.raises(Refused):
        actions.refuse_change(change=change, actor=lawyer, reason=" ")
    actions.refuse_change(change=change, actor=lawyer, reason="the order is a draft")
    term.refresh_from_db()
    assert term.working_days == 10
    with pytest.raises(WrongState):
        actions.approve_change(change=change, actor=lawyer)


def test_one_proposal_waits_for_a_row_at_a_time(term, administrator, lawyer):
    change = propose(term, administrator, working_days=15)
    with pytest.raises(Refused, match="waits"):
        propose(term, lawyer, working_days=20)
    actions.withdraw_change(change=change, actor=administrator)
    propose(term, lawyer, working_days=20)


@pytest.mark.parametrize(
    ("values", "told"), [({"working_days": 10}, "Nothing"), ({"id": 7}, "two persons")]
)
def test_what_changes_nothing_or_is_not_guarded_is_refused(term, administrator, values, told):
    with pytest.raises(Refused, match=told):
        propose(term, administrator, **values)


def test_a_new_row_is_made_by_two_persons(administrator, second_administrator):
    change = actions.propose_change(
        model=Term, row=None, actor=administrator, reason="new order",
        values={"code": "new.term", "name": "New", "working_days": 3,
                "valid_from": date(2026, 2, 1), "source": "S2"},
    )  # fmt: skip
    assert not Term.objects.filter(code="new.term").exists()
    made = actions.approve_change(change=change, actor=second_administrator)
    assert Term.objects.get(code="new.term") == made
    change.refresh_from_db()
    assert change.row == str(made.pk)


def test_an_impossible_row_is_refused_when_it_is_proposed(administrator):
    with pytest.raises(Refused):
        actions.propose_change(
            model=Term, row=None, actor=administrator, reason="new order",
            values={"code": "bad", "name": "", "working_days": 3, "source": "S2",
                    "valid_from": date(2026, 2, 1)},
        )  # fmt: skip


def test_who_may_change_nothing_sees_no_changes(term, administrator, member, signed_in):
    change = propose(term, administrator, working_days=15)
    assert signed_in(member).get(change.get_absolute_url()).status_code == 404
    assert signed_in(member).get(reverse("changes:list")).status_code == 403


def test_the_page_shows_the_difference_and_takes_the_decision(
    term, administrator, second_administrator, signed_in, django_assert_max_num_queries
):
    change = propose(term, administrator, working_days=15)
    client = signed_in(second_administrator)
    page = client.get(change.get_absolute_url()).content.decode()
    assert "10" in page
    assert "15" in page
    with django_assert_max_num_queries(12):
        assert str(change) in client.get(reverse("changes:list")).content.decode()
    client.post(reverse("changes:decide", args=[change.pk, "approve"]))
    term.refresh_from_db()
    assert term.working_days == 15


def test_saving_in_the_admin_proposes_instead_of_writing(term, administrator, signed_in):
    client = signed_in(administrator)
    fields = {"code": term.code, "name": term.name, "working_days": 15, "source": term.source,
              "valid_from": "2026-01-01", "valid_to": ""}  # fmt: skip
    answer = client.post(reverse("admin:law_term_change", args=[term.pk]), fields)
    assert answer.status_code == 302
    term.refresh_from_db()
    assert term.working_days == 10
    assert Change.objects.get(row=str(term.pk)).values == {"working_days": 15}


def test_adding_in_the_admin_proposes_a_new_row(administrator, signed_in):
    fields = {"code": "adm.term", "name": "N", "working_days": 5, "source": "S",
              "valid_from": "2026-01-01", "valid_to": ""}  # fmt: skip
    answer = signed_in(administrator).post(reverse("admin:law_term_add"), fields)
    assert answer.status_code == 302
    assert not Term.objects.filter(code="adm.term").exists()
    assert Change.objects.get(row="").values["working_days"] == 5
