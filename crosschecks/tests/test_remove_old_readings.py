"""Readings beyond their term go, with the suppliers' files; what a case stands on stays."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from accounts.choices import Role
from accounts.models import User
from accounts.tests.factories import UserFactory
from cases.choices import LeadState
from cases.tests.factories import LeadFactory
from changes.actions import approve_change, propose_change
from common.clock import today
from common.errors import Refused
from crosschecks.actions import remove_old_readings
from crosschecks.models import Finding
from crosschecks.selectors.standing import months_needed
from crosschecks.tests.factories import FindingFactory, ProfileFactory, SupplierFactory
from crosschecks.tests.readings import put_readings
from grid.actions import sweep_lake
from grid.models import HouseholdTariff, LakeFile, MeterProfile, ReadingBatch, RetentionTerm
from grid.selectors import load_curve
from grid.selectors.rules import household_beginnings, oldest_month_kept

pytestmark = pytest.mark.django_db
OLD, RECENT = date(2019, 3, 10), today() - timedelta(days=40)


@pytest.fixture(autouse=True)
def _lake(settings: Any, tmp_path: Any) -> None:
    settings.LAKE_URL = str(tmp_path / "lake")
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def verified_term(db: None) -> RetentionTerm:
    """The term that ships, as a lawyer would leave it; as shipped it takes nothing away."""
    assert not RetentionTerm.objects.get().verified
    assert oldest_month_kept(date(2026, 11, 27)) is None
    RetentionTerm.objects.update(verified=True)
    return RetentionTerm.objects.get()


def test_a_term_that_nobody_verified_takes_nothing_away(
    django_capture_on_commit_callbacks: Any,
) -> None:
    put(OLD, "A")
    RetentionTerm.objects.update(verified=False)
    assert removed(django_capture_on_commit_callbacks) == 0
    assert load_curve("A", OLD, OLD) is not None
    assert removals() == []


def put(day: date, *codes: str) -> ReadingBatch:
    return put_readings(day, dict.fromkeys(codes, [5.0] * 24), SupplierFactory(code="north"))


def removals() -> list[dict[str, Any]]:
    return [
        one.facts
        for one in apps.get_model("journal", "Event").objects.filter(verb="grid.readings.remove")
    ]


def removed(callbacks: Any) -> int:
    """One night's work, with what follows its transaction."""
    with callbacks(execute=True):
        return remove_old_readings()


def test_an_old_month_goes_and_a_recent_one_stays(
    django_capture_on_commit_callbacks: Any,
) -> None:
    old, new = put(OLD, "A"), put(RECENT, "A")
    profile = ProfileFactory(until=OLD)
    path = old.file.path
    assert removed(django_capture_on_commit_callbacks) == 24
    assert load_curve("A", OLD, OLD) is None
    assert load_curve("A", RECENT, RECENT) is not None
    assert MeterProfile.objects.filter(pk=profile.pk).exists()
    assert removals() == [{
        "months": ["2019-03"], "suppliers": ["north"], "readings": 24, "sent_files": 1,
        "months_kept_for_leads_and_cases": [],
    }]  # fmt: skip
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.file.name, bool(new.file)) == ("", True)
    with pytest.raises(FileNotFoundError):
        open(path, "rb")  # noqa: SIM115 - it must not be there


def test_the_sweep_deletes_the_files_a_day_later() -> None:
    put(OLD, "A")
    name = LakeFile.objects.get().name
    remove_old_readings()
    assert sweep_lake() == []
    LakeFile.objects.update(replaced_at=LakeFile.objects.get().created_at - timedelta(days=2))
    assert sweep_lake() == [name]
    assert not LakeFile.objects.exists()


def test_again_there_is_nothing_to_do(django_capture_on_commit_callbacks: Any) -> None:
    put(OLD, "A")
    assert removed(django_capture_on_commit_callbacks) == 24
    assert removed(django_capture_on_commit_callbacks) == 0
    assert len(removals()) == 1


def test_months_that_a_lead_on_the_meter_may_need_stay() -> None:
    batch = put(OLD, "A", "B")
    lead = LeadFactory(meter="A")
    assert months_needed() == {"A": ""}
    assert remove_old_readings() == 0
    batch.refresh_from_db()
    assert batch.file
    type(lead).objects.filter(pk=lead.pk).update(
        state=LeadState.DISMISSED, reason="explained", decided_by=lead.taken_by or _person()
    )
    assert remove_old_readings() == 48


def _person() -> User:

    made: User = UserFactory()
    return made


def test_a_finding_of_today_holds_no_month_of_years_ago() -> None:
    put(OLD, "A")
    finding: Finding = FindingFactory(meters=["A"], first_seen=today(), last_seen=today())
    lead = LeadFactory(meter="A", key="undeclared:1")
    Finding.objects.filter(pk=finding.pk).update(lead_key=lead.key)
    assert months_needed() == {"A": f"{today() - timedelta(days=112):%Y-%m}"}
    assert remove_old_readings() == 24


def test_a_lead_on_a_meter_elsewhere_holds_nothing() -> None:
    put(OLD, "B", "C")
    put_readings(RECENT, {"A": [1.0] * 24}, SupplierFactory(code="south"))
    LeadFactory(meter="A")
    assert remove_old_readings() == 48


def test_without_a_term_in_force_all_stays() -> None:
    put(OLD, "A")
    RetentionTerm.objects.update(valid_to=today() - timedelta(days=1))
    assert remove_old_readings() == 0


def test_the_rules_that_ship_are_working_rules() -> None:
    row = RetentionTerm.objects.get()
    assert row.months == 60
    assert "working rule" in row.source
    assert oldest_month_kept(date(2026, 11, 27)) == "2021-11"
    assert household_beginnings(today()) == (
        "household", "residential", "быт", "домохозяйство", "население", "тұрғын",
    )  # fmt: skip
    assert not HouseholdTariff.objects.filter(verified=True).exists()


def test_a_term_changes_by_two_persons_and_never_below_the_balances(administrator: User) -> None:
    row = RetentionTerm.objects.get()
    second = _admin()
    change = propose_change(
        model=RetentionTerm, row=row, values={"months": 36}, reason="order", actor=administrator
    )
    approve_change(change=change, actor=second)
    row.refresh_from_db()
    assert row.months == 36
    with pytest.raises(ValidationError):
        RetentionTerm(months=6, valid_from=today(), source="s").full_clean()
    with pytest.raises(Refused):
        propose_change(
            model=RetentionTerm, row=None, reason="r", actor=second,
            values={"months": 6, "valid_from": today(), "source": "s"},
        )  # fmt: skip


def _admin() -> User:

    made: User = UserFactory(role=Role.ADMIN, agency=None)
    return made
