"""A contradiction with the registry is stated by two different sources, side by side."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from cases import actions
from cases.actions import SourceWords
from cases.choices import FigureUnit, LeadState, SourceKind
from cases.models import ContradictingSource, Contradiction, Lead
from cases.tests.factories import DECLARED, METERED, TWO_SOURCES, LeadFactory
from common import clock
from common.errors import Refused
from common.references import file_key
from registry.models import SiteMeter
from registry.tests.factories import SiteMeterFactory

pytestmark = pytest.mark.django_db
METER = "35-0418-7777"
FORM = {
    "title": "A site", "contradiction": "half as much again",
    "first_kind": "registry", "first_reference": "T-00001", "first_dated_on": "2026-10-01",
    "first_says": "declared power", "first_figure": "12000", "first_unit": "kw",
    "second_kind": "readings", "second_reference": "demo-2026-10.csv", "second_item": "row 17",
    "second_dated_on": "2026-11-01", "second_says": "peak", "second_figure": "19500",
    "second_unit": "kw",
}  # fmt: skip


@pytest.fixture
def lead() -> Any:
    SiteMeterFactory(code=METER)
    return LeadFactory(meter=METER)


def propose(lead: Lead, officer: User, *sources: SourceWords) -> None:
    actions.promote_lead(
        lead=lead, actor=officer, contradiction="half as much again", sources=sources
    )


def test_both_sources_are_kept_with_their_figures(lead: Any, officer: User) -> None:
    propose(lead, officer, *TWO_SOURCES)
    first, second = lead.stated.sources.all()
    assert (first.reference, first.figure, first.unit) == ("T-00001", 12_000, "kw")
    assert (second.reference, second.item) == ("demo-2026-10.csv", "row 17")
    assert lead.stated.against == [
        SiteMeterFactory._meta.model.objects.get().site.registration.operator.bin
    ]


@pytest.mark.parametrize(
    "again",
    ["demo-2026-10.csv", "Demo 2026-10.CSV, row 18", "D:/in/demo_2026-10.csv",
     "demo-2026-10.csv стр. 2"],
)  # fmt: skip
def test_two_items_of_one_file_count_once(again: str, lead: Any, officer: User) -> None:
    other = replace(METERED, kind=SourceKind.FEEDER, reference=again, figure=Decimal(1))
    with pytest.raises(Refused, match="Rule of two sources"):
        propose(lead, officer, METERED, other)
    assert not Contradiction.objects.exists()


def test_two_entries_of_the_registry_are_one_source(lead: Any, officer: User) -> None:
    with pytest.raises(Refused, match="Rule of two sources"):
        propose(lead, officer, DECLARED, replace(DECLARED, reference="T-2", figure=Decimal(1)))


def test_two_tips_are_one_source(lead: Any, officer: User) -> None:
    tip = SourceWords(SourceKind.TIP, "T-2026-0001", clock.today(), "ten containers")
    with pytest.raises(Refused, match="Rule of two sources"):
        propose(lead, officer, tip, replace(tip, reference="T-2026-0002", says="twelve"))


def test_two_files_of_different_months_are_two_sources(lead: Any, officer: User) -> None:
    propose(
        lead, officer, METERED, replace(METERED, reference="demo-2026-09.csv", figure=Decimal(1))
    )
    assert lead.state == LeadState.AWAITING_SECOND


@pytest.mark.parametrize("sources", [(), (DECLARED,), (DECLARED, METERED, METERED)])
def test_neither_fewer_nor_more_than_two(sources: Any, lead: Any, officer: User) -> None:
    with pytest.raises(Refused, match="Name two sources"):
        propose(lead, officer, *sources)


def test_sources_that_agree_contradict_nothing(lead: Any, officer: User) -> None:
    with pytest.raises(Refused, match="same figure"):
        propose(lead, officer, DECLARED, replace(METERED, figure=Decimal("12000.000")))
    bare = replace(DECLARED, figure=None, unit="", says="Only air-conditioning")
    with pytest.raises(Refused, match="say the same"):
        propose(lead, officer, bare, replace(METERED, figure=None, unit="", says=bare.says.upper()))


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"kind": "rumour"}, "second_kind"),
        ({"reference": " … "}, "second_reference"),
        ({"says": "  "}, "second_says"),
        ({"dated_on": clock.today() + timedelta(days=1)}, "second_dated_on"),
        ({"unit": ""}, "second_unit"),
        ({"figure": None, "unit": FigureUnit.KWH}, "second_unit"),
    ],
)
def test_a_source_says_all_of_it(bad: Any, field: str, lead: Any, officer: User) -> None:
    with pytest.raises(Refused) as refusal:
        propose(lead, officer, DECLARED, replace(METERED, **bad))
    assert refusal.value.field == field


def test_the_database_counts_one_file_once_too(lead: Any, officer: User) -> None:
    propose(lead, officer, *TWO_SOURCES)
    row = lead.stated.sources.first()
    row.pk, row.seq = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_what_was_stated_is_never_rewritten(lead: Any, officer: User) -> None:
    propose(lead, officer, *TWO_SOURCES)
    for rows in (ContradictingSource.objects, Contradiction.objects):
        with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
            rows.all()._raw_delete("default")
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        ContradictingSource.objects.update(figure=1)


def test_a_declined_statement_stays_and_the_next_one_is_another(
    lead: Any, officer: User, head: User
) -> None:
    propose(lead, officer, *TWO_SOURCES)
    first = lead.stated
    actions.decline_lead(lead=lead, reason="the meter was changed", actor=head)
    propose(lead, officer, *TWO_SOURCES)
    assert lead.stated != first
    assert lead.contradictions.count() == 2


def test_the_case_keeps_both_sources_in_its_frozen_copy(
    lead: Any, officer: User, head: User
) -> None:
    propose(lead, officer, *TWO_SOURCES)
    case = actions.confirm_lead(lead=lead, actor=head)
    frozen = case.evidence.get().frozen
    assert frozen
    assert [one["reference"] for one in frozen["contradiction"]["sources"]] == [
        "T-00001", "demo-2026-10.csv",
    ]  # fmt: skip


# ── On the pages and by the API ──────────────────────────────────────────────


def test_the_form_brings_what_the_registry_says(
    lead: Any, signed_in: Callable[[User], Client], officer: User
) -> None:
    page = signed_in(officer).get(f"/leads/{lead.number}/propose/").content.decode()
    number = SiteMeter.objects.get().site.registration.number
    assert f'name="first_reference" value="{number}"' in page
    assert "Second source" in page


def test_both_sources_stand_side_by_side_on_lead_approval_and_case(
    lead: Any, signed_in: Callable[[User], Client], officer: User, head: User
) -> None:
    signed_in(officer).post(f"/leads/{lead.number}/propose/", FORM)
    lead.refresh_from_db()
    assert lead.state == LeadState.AWAITING_SECOND
    second = signed_in(head)
    for address in (lead.get_absolute_url(), f"/leads/{lead.number}/confirm/"):
        page = second.get(address).content.decode()
        assert "T-00001" in page
        assert "demo-2026-10.csv" in page
        assert "19,500 kW" in page.replace("\N{NO-BREAK SPACE}", " ")
    second.post(f"/leads/{lead.number}/confirm/", {"title": "A site"})
    lead.refresh_from_db()
    page = second.get(f"{lead.case.get_absolute_url()}?tab=leads").content.decode()
    assert "demo-2026-10.csv" in page
    assert "Confirmed as second person" in page


def test_a_refused_form_names_the_rule_and_keeps_what_was_written(
    lead: Any, signed_in: Callable[[User], Client], officer: User
) -> None:
    given = {**FORM, "first_kind": "readings", "first_reference": "Demo-2026-10.csv row 3"}
    answer = signed_in(officer).post(f"/leads/{lead.number}/propose/", given)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "two items of the same file" in page
    assert "Demo-2026-10.csv row 3" in page


def test_the_api_asks_for_the_same_two_sources(
    lead: Any, api: Callable[[User], APIClient], officer: User
) -> None:
    client, address = api(officer), f"/api/v1/leads/{lead.number}/"

    def move(given: dict[str, str]) -> Any:
        return client.post(
            f"{address}moves/propose/", given, format="json",
            headers={"If-Match": client.get(address)["ETag"], "Accept-Language": "en"},
        )  # fmt: skip

    bare = move({"title": "A site", "contradiction": "half as much again"})
    assert bare.status_code == 400
    assert "first_kind" in str(bare.json())
    once = move({**FORM, "second_kind": "registry"})
    assert once.status_code == 400
    assert "Rule of two sources" in str(once.json())
    answer = move(FORM)
    assert answer.status_code == 200
    assert [one["reference"] for one in answer.json()["contradicting_sources"]] == [
        "T-00001", "demo-2026-10.csv",
    ]  # fmt: skip


# ── Names of files ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other"),
    [("Реестр 2026/15", "Реестр 2026/16"), ("1/12", "11/2"),
     ("demo-2026-10.csv", "demo-2026-11.csv"),
     ("Письмо № 12/345", "Письмо № 12/346")],
)  # fmt: skip
def test_different_papers_stay_apart(one: str, other: str) -> None:
    assert file_key(one) != file_key(other)
