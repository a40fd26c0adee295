"""A supplier's people see their own company's things, and never a score."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from grid import actions
from grid.choices import Channel
from grid.models import Meter, MeterProfile, ProfileRun, ReadingBatch, Supplier
from grid.selectors.regions import regions_on
from grid.tests.factories import MeterFactory, MeterProfileFactory, as_file

ROW = "meter,start,kwh\n{},2026-10-01T00:00+05:00,1\n"
SignIn = Callable[[User], Client]


def sent(supplier: Supplier, meter: str) -> ReadingBatch:
    batch, _ = actions.receive_batch(
        supplier=supplier, file=as_file(ROW.format(meter)), file_name=f"{meter}.csv", actor=None,
        channel=Channel.COMMAND,
    )  # fmt: skip
    return actions.store_batch(batch.pk)


def test_a_suppliers_people_see_only_their_own_batches_and_meters(
    supplier: Supplier, other_supplier: Supplier, supplier_user: User, signed_in: SignIn
) -> None:
    own, foreign = sent(supplier, "OWN"), sent(other_supplier, "FOREIGN")
    client = signed_in(supplier_user)
    assert list(ReadingBatch.objects.visible_to(supplier_user)) == [own]
    assert client.get(own.get_absolute_url()).status_code == 200
    assert client.get(foreign.get_absolute_url()).status_code == 404
    meter = Meter.objects.get(code="FOREIGN")
    assert client.get(meter.get_absolute_url()).status_code == 404
    listed = client.get(reverse("grid:meters")).content.decode()
    assert "OWN" in listed
    assert "FOREIGN" not in listed


def test_scores_are_hidden_from_a_suppliers_people(
    supplier: Supplier, supplier_user: User, officer: User, signed_in: SignIn
) -> None:
    profile = MeterProfileFactory(meter=MeterFactory(supplier=supplier))
    assert not MeterProfile.objects.visible_to(supplier_user).exists()
    assert list(MeterProfile.objects.visible_to(officer)) == [profile]
    seen = signed_in(supplier_user).get(profile.meter.get_absolute_url()).content.decode()
    assert "Why this score" not in seen
    assert (
        "Why this score"
        in signed_in(officer).get(profile.meter.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_who_has_no_part_in_the_grid_is_turned_away(
    who: str, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    client = signed_in(request.getfixturevalue(who))
    for name in ("grid:home", "grid:batches", "grid:meters", "grid:upload"):
        assert client.get(reverse(name)).status_code == 403


def test_an_officer_reads_but_does_not_send(officer: User, signed_in: SignIn) -> None:
    client = signed_in(officer)
    assert client.get(reverse("grid:home")).status_code == 200
    assert client.get(reverse("grid:upload")).status_code == 403


def test_list_pages_ask_few_queries(
    supplier: Supplier, officer: User, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for meter in MeterFactory.create_batch(30, supplier=supplier):
        MeterProfileFactory(meter=meter)
    sent(supplier, "ONE")
    client = signed_in(officer)
    for name in ("grid:home", "grid:meters", "grid:batches"):
        client.get(reverse(name))
        with django_assert_max_num_queries(12):
            assert client.get(reverse(name)).status_code == 200


def test_the_api_follows_the_same_rules(
    supplier: Supplier, other_supplier: Supplier, supplier_user: User, member: User,
    api: Callable[[User], APIClient],
) -> None:  # fmt: skip
    own, foreign = sent(supplier, "OWN"), sent(other_supplier, "FOREIGN")
    MeterProfileFactory(meter=Meter.objects.get(code="OWN"))
    client = api(supplier_user)
    assert [b["id"] for b in client.get("/api/v1/reading-batches/").json()["results"]] == [own.pk]
    assert client.get(f"/api/v1/reading-batches/{foreign.pk}/").status_code == 404
    meter = client.get("/api/v1/meters/").json()["results"][0]
    assert meter["code"] == "OWN"
    assert client.get(f"/api/v1/meters/{meter['id']}/profiles/").json()["results"] == []
    assert api(member).get("/api/v1/meters/").status_code == 403


def test_regions_tell_meters_load_and_what_looks_like_mining(
    supplier: Supplier, officer: User, supplier_user: User, signed_in: Callable[[User], Client],
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    for code, kato, kw in (("A", "550000000", 900.0), ("B", "550000000", 0.0), ("C", "", 0.0)):
        meter = MeterFactory(supplier=supplier, code=code, kato=kato)
        MeterProfileFactory(
            meter=meter, score=0.9 if kw else 0.1, est_kw=kw, mean_kw=1000.0,
            pattern="flat" if kw else "none",
        )  # fmt: skip
    day = MeterProfile.objects.earliest("pk").until
    ProfileRun.objects.create(until=day, state="done")
    pavlodar, unknown = regions_on(day)
    assert (pavlodar.meters, pavlodar.like, pavlodar.est_kw) == (2, 1, 900.0)
    assert pavlodar.mean_kw == 2000.0
    assert (unknown.prefix, unknown.meters, unknown.like) == ("", 1, 0)
    client = signed_in(officer)
    client.get(reverse("grid:regions"))
    with django_assert_max_num_queries(12):
        text = client.get(reverse("grid:regions")).content.decode()
    assert "Pavlodar" in text
    assert "place not known" in text
    assert signed_in(supplier_user).get(reverse("grid:regions")).status_code == 403
