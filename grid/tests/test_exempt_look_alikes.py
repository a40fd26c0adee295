"""A document keeps a load out of the search, until a day, by two persons; peers say how usual."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from changes.actions import approve_change, propose_change
from changes.models import Change
from common.clock import today
from common.errors import NotAllowed, Refused
from grid import actions
from grid.models import Exemption, ExemptionDocument, Meter, MeterProfile
from grid.selectors import exempt_on
from grid.selectors.peers import place_among_peers
from grid.tests.factories import ExemptionFactory, MeterFactory, MeterProfileFactory
from journal.selectors import history_of, inbox

SignIn = Callable[[User], Client]
PEERS = {"tariff_group": "Прочие", "activity": "63.11.1", "kato": "351010000"}
GROUP = {"tariff_group": "Прочие", "activity": "63.11.1", "region": "35"}


def photo(name: str = "contract.jpg") -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (40, 30), "gray").save(made, "JPEG")
    return SimpleUploadedFile(name, made.getvalue())


def typed(**more: Any) -> dict[str, Any]:
    """What a person types into the form for a cold store."""
    return {
        "category": "cold_store", "title": "Technical passport", "number": "17/4",
        "dated": "2026-01-15", "valid_from": today().isoformat(),
        "valid_to": (today() + timedelta(days=300)).isoformat(), "reason": "A cold store for meat.",
        "file": photo(), **more,
    }  # fmt: skip


def proposed(actor: User, **more: Any) -> Change:
    values = {
        "meter": None, "tariff_group": "", "activity": "", "region": "",
        "category": "cold_store", "category_words": "", "valid_from": today(),
        "valid_to": today() + timedelta(days=300), "reason": "A cold store for meat.", **more,
    }  # fmt: skip
    paper = actions.Paper("Technical passport", "17/4", date(2026, 1, 15))
    return actions.propose_exemption(values=values, paper=paper, upload=photo(), actor=actor)


@pytest.mark.django_db
def test_a_meter_stands_among_the_peers_of_its_group() -> None:
    mine = MeterProfileFactory(meter=MeterFactory(**PEERS), load_factor=0.9, mean_kw=50)
    for n in range(10):
        peer = MeterFactory(**PEERS)
        MeterProfileFactory(meter=peer, load_factor=0.1 * n, mean_kw=10.0 * n)
    MeterProfileFactory(meter=MeterFactory(**{**PEERS, "kato": "751010000"}), load_factor=0.1)
    place = place_among_peers(mine)
    assert place.peers == 10
    assert (place.lower_load_factor, place.lower_mean) == (0.9, 0.5)


@pytest.mark.django_db
def test_fewer_than_ten_peers_say_nothing() -> None:
    mine = MeterProfileFactory(meter=MeterFactory(**PEERS))
    for _n in range(9):
        MeterProfileFactory(meter=MeterFactory(**PEERS))
    place = place_among_peers(mine)
    assert (place.peers, place.lower_load_factor) == (9, None)


def test_two_officials_exempt_a_meter(officer: User, head: User) -> None:
    meter = MeterFactory()
    change = proposed(officer, meter=meter)
    assert not exempt_on(today()).covers(meter.code, "", "", "")
    row = approve_change(change=change, actor=head)
    assert isinstance(row, Exemption)
    assert (row.proposed_by, row.approved_by) == (officer, head)
    assert exempt_on(today()).covers(meter.code, "", "", "")
    assert [one.verb for one in history_of(row)] == ["grid.exemption.grant"]


def test_nobody_approves_what_they_proposed(officer: User) -> None:
    change = proposed(officer, meter=MeterFactory())
    with pytest.raises(NotAllowed):
        approve_change(change=change, actor=officer)


@pytest.mark.parametrize("who", ["supplier_user", "analyst", "auditor", "administrator", "member"])
def test_only_officers_and_heads_propose(who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotAllowed):
        proposed(request.getfixturevalue(who), meter=MeterFactory())


def test_a_group_is_exempt_as_a_whole(officer: User, head: User) -> None:
    approve_change(change=proposed(officer, **GROUP), actor=head)
    exempt = exempt_on(today())
    assert exempt.covers("ANY", "Прочие", "63.11.1", "351010000")
    assert not exempt.covers("ANY", "Прочие", "63.11.1", "751010000")
    assert not exempt.covers("ANY", "Прочие", "", "351010000")


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {**GROUP, "activity": ""},
        {**GROUP, "valid_to": today() + timedelta(days=800)},
        {**GROUP, "valid_to": today() - timedelta(days=1)},
        {**GROUP, "category": "other"},
        {**GROUP, "region": "3x"},
        {**GROUP, "category": "mine"},
        {**GROUP, "reason": " "},
    ],
    ids=["nothing", "half a group", "too long", "ends before", "no words", "region", "kind", "why"],
)
def test_what_cannot_be_is_refused_before_the_second_person(
    officer: User, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Refused), transaction.atomic():
        proposed(officer, **wrong)
    assert not ExemptionDocument.objects.exists()


def test_the_database_holds_the_two_years(officer: User) -> None:
    row = ExemptionFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Exemption.objects.filter(pk=row.pk).update(valid_to=row.valid_from + timedelta(days=800))


@pytest.mark.django_db
def test_the_term_ends_by_itself() -> None:
    row = ExemptionFactory(valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30))
    code = row.meter.code
    covered = [
        exempt_on(day).covers(code, "", "", "") for day in (date(2026, 6, 30), date(2026, 7, 1))
    ]
    assert covered == [True, False]


def test_an_end_moves_earlier_by_two_persons_and_never_later(officer: User, head: User) -> None:
    row = ExemptionFactory()
    sooner, later = row.valid_to - timedelta(days=30), row.valid_to + timedelta(days=30)
    for day, refused in ((later, True), (sooner, False)):
        change = propose_change(
            model=Exemption, row=row, values={"valid_to": day}, reason="moved out", actor=officer
        )
        if refused:
            with pytest.raises(Refused):
                approve_change(change=change, actor=head)
            change.delete()
        else:
            approve_change(change=change, actor=head)
    row.refresh_from_db()
    assert row.valid_to == sooner


def test_the_approver_hears_once_that_a_term_ends_soon(head: User) -> None:
    ExemptionFactory(approved_by=head, valid_to=today() + timedelta(days=20))
    ExemptionFactory(approved_by=head, valid_to=today() + timedelta(days=40))
    assert [actions.tell_of_ending_exemptions() for _n in range(2)] == [1, 0]
    assert ["ends on" in one.words for one in inbox(head)] == [True]


def test_the_form_proposes_and_leads_to_the_change(officer: User, signed_in: SignIn) -> None:
    meter = MeterFactory(code="COLD-1")
    client = signed_in(officer)
    assert (
        "COLD-1" in client.get(f"{reverse('grid:exemption-propose')}?meter=COLD-1").content.decode()
    )
    answer = client.post(reverse("grid:exemption-propose"), typed(meter="COLD-1"))
    change = Change.objects.get(model="grid.exemption")
    assert answer.status_code == 302
    assert answer["Location"] == change.get_absolute_url()
    assert change.values["meter"] == meter.pk
    document = ExemptionDocument.objects.get()
    page = client.get(change.get_absolute_url()).content.decode()
    assert document.get_absolute_url() in page
    assert client.get(document.get_absolute_url())["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    "wrong",
    [
        {"meter": "NOBODY"},
        {"meter": ""},
        {"valid_to": "soon"},
        {"file": ""},
        {"file": SimpleUploadedFile("page.pdf", b"<html>")},
        {"file": SimpleUploadedFile("note.txt", b"plain words")},
        {"dated": "2099-01-01"},
        {"category": "mine"},
        {"title": ""},
    ],
)
def test_a_bad_form_says_why_and_proposes_nothing(
    officer: User, signed_in: SignIn, wrong: dict[str, Any]
) -> None:
    MeterFactory(code="COLD-1")
    answer = signed_in(officer).post(
        reverse("grid:exemption-propose"), typed(**{"meter": "COLD-1", **wrong})
    )
    assert answer.status_code == 400
    assert not Change.objects.exists()
    assert not ExemptionDocument.objects.exists()


def test_a_suppliers_people_find_nothing_of_it(supplier_user: User, signed_in: SignIn) -> None:
    row = ExemptionFactory(meter__supplier__agency=supplier_user.agency)
    client = signed_in(supplier_user)
    for address in (
        reverse("grid:exemptions"), reverse("grid:exemption-propose"), row.get_absolute_url(),
        row.document.get_absolute_url(), reverse("grid:exemption-end", args=[row.pk]),
    ):  # fmt: skip
        assert client.get(address).status_code == 404
    meter = client.get(row.meter.get_absolute_url()).content.decode()
    assert "xempt" not in meter
    assert "xempt" not in client.get(reverse("grid:meters")).content.decode()


def test_an_analyst_reads_and_does_not_propose(analyst: User, signed_in: SignIn) -> None:
    row = ExemptionFactory()
    client = signed_in(analyst)
    assert client.get(row.get_absolute_url()).status_code == 200
    assert client.get(reverse("grid:exemption-propose")).status_code == 403


def test_the_lists_tell_until_when_in_few_queries(
    officer: User, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    rows = ExemptionFactory.create_batch(12)
    for row in rows:
        MeterProfileFactory(meter=row.meter)
    client = signed_in(officer)
    for name in ("grid:exemptions", "grid:meters"):
        client.get(reverse(name))
        with django_assert_max_num_queries(12):
            page = client.get(reverse(name)).content.decode()
        assert rows[0].get_absolute_url() in page
    page = client.get(rows[0].meter.get_absolute_url()).content.decode()
    assert "Exempt to" in page
    assert str(rows[0].document) in page


def test_the_pages_card_says_that_peers_are_few(officer: User, signed_in: SignIn) -> None:
    profile: MeterProfile = MeterProfileFactory(meter=MeterFactory(**PEERS))
    meter: Meter = profile.meter
    page = signed_in(officer).get(meter.get_absolute_url()).content.decode()
    assert "Among its peers" in page
    assert "With fewer than 10" in page
