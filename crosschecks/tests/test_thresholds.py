"""Thresholds are dated rows; code only seeds the first."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from changes.actions import approve_change, propose_change
from common.errors import Refused
from crosschecks import actions
from crosschecks.catalogue import CHECKS
from crosschecks.models import Threshold
from crosschecks.selectors.thresholds import values_in_force

pytestmark = pytest.mark.django_db
CHECK = CHECKS.get("load-above-declared")


def set_tolerance(value: float, since: date, actor: User) -> Threshold:
    return actions.set_threshold(
        slug=CHECK.slug,
        name="tolerance",
        value=value,
        valid_from=since,
        source="Protocol 4 of the group",
        actor=actor,
    )


def test_a_value_holds_from_its_day_on(officer: User) -> None:
    actions.seed_thresholds(check=CHECK)
    set_tolerance(1.3, date(2026, 6, 1), officer)
    assert values_in_force(CHECK, date(2026, 5, 31)) == {"tolerance": 1.15}
    assert values_in_force(CHECK, date(2026, 6, 1)) == {"tolerance": 1.3}


def test_seeding_again_changes_nothing(officer: User) -> None:
    actions.seed_thresholds(check=CHECK)
    Threshold.objects.update(value=1.2)
    actions.seed_thresholds(check=CHECK)
    assert Threshold.objects.get().value == 1.2


def test_a_second_value_for_the_day_is_refused(officer: User) -> None:
    set_tolerance(1.3, date(2026, 6, 1), officer)
    with pytest.raises(Refused):
        set_tolerance(1.4, date(2026, 6, 1), officer)


def test_a_name_that_the_check_does_not_have_is_refused(officer: User) -> None:
    with pytest.raises(Refused):
        actions.set_threshold(
            slug=CHECK.slug,
            name="mood",
            value=1,
            valid_from=date(2026, 6, 1),
            source="x",
            actor=officer,
        )


def test_the_database_wants_a_source() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Threshold.objects.create(
            check_slug="x", name="y", value=1, valid_from=date(2026, 1, 1), source=""
        )


def test_a_new_threshold_waits_for_a_second_person(administrator, head):
    row = Threshold.objects.first()
    values = {"check_slug": "undeclared-mining-load", "name": "min_kw", "value": 25.0,
              "valid_from": date(2026, 12, 1), "source": "minutes no. 4"}  # fmt: skip
    change = propose_change(
        model=Threshold, row=None, values=values, reason="too many", actor=administrator
    )
    assert Threshold.objects.filter(value=25).count() == 0
    approve_change(change=change, actor=head)
    made = Threshold.objects.get(value=25)
    assert (made.set_by, made.verified) == (head, False)
    assert row is None or row.pk != made.pk
