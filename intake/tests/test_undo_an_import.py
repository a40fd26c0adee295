"""Undoing: shown beforehand, exact, once, and never over what somebody changed since."""

import pytest

from accounts.models import Agency
from common.errors import Refused, WrongState
from intake import actions
from intake.choices import ImportState
from intake.selectors.touched import undo_plan
from intake.tests.bodies import body, csv_of

# Each step in its own transaction, as in life: the history tells acts apart by it.
pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("own_transactions"),
]


def bring(*rows):
    batch = actions.check_file(kind="test-bodies", name="l.csv", content=csv_of(*rows), actor=None)
    return actions.apply_batch(batch=batch, actor=None)


def undo(batch):
    return actions.undo_batch(batch=batch, actor=None, reason="mistaken list")


def bodies():
    return list(Agency.objects.order_by("pk").values())


def test_everything_is_exactly_as_it_was():
    bring(body(1), body(2))
    Agency.objects.filter(code="b-2").update(is_active=False)
    before = bodies()
    batch = bring(body(1, name_en="Other"), body(2, kind="supplier"), body(3))
    assert bodies() != before
    assert undo(batch).state == ImportState.UNDONE
    assert bodies() == before


def test_an_import_is_undone_once():
    batch = bring(body(1))
    undo(batch)
    with pytest.raises(WrongState):
        undo(batch)


def test_what_was_undone_can_be_brought_in_again():
    batch = bring(body(1))
    undo(batch)
    again = bring(body(1))
    assert (again.new, Agency.objects.filter(code="b-1").count()) == (1, 1)


@pytest.mark.parametrize("values", [{"name_en": "By hand"}, {"is_active": False}])
def test_nothing_is_undone_when_somebody_changed_one_row_of_it_since(values):
    batch = bring(body(1), body(2))
    Agency.objects.filter(code="b-2").update(**values)
    before = bodies()
    with pytest.raises(Refused, match=r"Body 2|By hand"):
        undo(batch)
    batch.refresh_from_db()
    assert (batch.state, bodies()) == (ImportState.APPLIED, before)


def test_a_later_file_over_the_same_rows_is_undone_first():
    first = bring(body(1))
    second = bring(body(1, name_en="Other"))
    with pytest.raises(Refused):
        undo(first)
    undo(second)
    assert Agency.objects.get(code="b-1").name_en == "Body 1"


def test_nothing_is_undone_when_another_entry_needs_what_it_brought():
    batch = bring(body(1))
    from_it = Agency.objects.get(code="b-1")
    from_it.people.create(email="a@portal.example", full_name="A")
    with pytest.raises(Refused, match="refer"):
        undo(batch)
    assert Agency.objects.filter(code="b-1").exists()


# Shown beforehand


def test_what_undoing_would_do_is_told_and_changes_nothing():
    bring(body(1))
    batch = bring(body(1, name_en="Other"), body(2), body(3))
    before = bodies()
    plan = undo_plan(batch)
    (table,) = plan.tables
    assert (table.removed, table.restored, table.returned) == (2, 1, 0)
    assert [(c.column, c.now, c.then) for c in table.cells] == [
        ("name in English", "Other", "Body 1")
    ]
    assert plan.possible
    assert bodies() == before


def test_what_stands_in_the_way_is_named_beforehand():
    batch = bring(body(1), body(2))
    Agency.objects.filter(code="b-2").update(name_en="By hand")
    plan = undo_plan(batch)
    assert not plan.possible
    assert "By hand" in plan.in_the_way[0]


def test_a_person_sees_the_effect_before_the_reason_is_asked(supplier_user, signed_in):
    bring(body(1))
    batch = bring(body(1, name_en="<b>Other</b>"), body(2))
    page = signed_in(supplier_user).get(f"/registry/imports/{batch.pk}/undo/")
    text = page.content.decode()
    assert "Body 1" in text
    assert "&lt;b&gt;Other&lt;/b&gt;" in text
    assert 'name="reason"' in text


def test_the_way_is_barred_on_the_page_when_somebody_changed_it(supplier_user, signed_in):
    batch = bring(body(1))
    Agency.objects.filter(code="b-1").update(name_en="By hand")
    text = signed_in(supplier_user).get(f"/registry/imports/{batch.pk}/undo/").content.decode()
    assert "By hand" in text
    assert 'name="reason"' not in text


def test_the_page_is_absent_for_others_and_leads_back_when_there_is_nothing_to_undo(
    supplier_user, officer, auditor, signed_in
):
    batch = bring(body(1))
    address = f"/registry/imports/{batch.pk}/undo/"
    assert signed_in(officer).get(address).status_code == 404
    assert signed_in(auditor).get(address).status_code == 302
    undo(batch)
    assert signed_in(supplier_user).get(address)["Location"] == batch.get_absolute_url()


def test_the_api_tells_the_same(supplier_user, auditor, api):
    batch = bring(body(1))
    address = f"/api/v1/imports/{batch.pk}/undo-plan/"
    told = api(supplier_user).get(address).json()
    assert told["possible"] is True
    assert told["tables"][0]["removed"] == 1
    assert api(auditor).get(address).status_code == 404
    undo(batch)
    assert api(supplier_user).get(address).status_code == 409
