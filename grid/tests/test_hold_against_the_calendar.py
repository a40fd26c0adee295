"""A load that falls when it was ordered says so beside its score; a supply outage says nothing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from changes.actions import approve_change, propose_change
from common.clock import GRID_ZONE, grid_day
from common.errors import NotAllowed, Refused
from grid import actions
from grid.actions.following import hold_against_calendar
from grid.choices import Channel
from grid.models import Feeder, GridEvent, Meter, MeterProfile, Supplier
from grid.tests.factories import (
    GridEventFactory,
    MeterFactory,
    MeterProfileFactory,
    as_file,
    readings_csv,
)
from grid.wording import describe_reason
from intake import actions as imports
from intake.selectors.samples import sample

SignIn = Callable[[User], Client]
FIRST, DAYS = date(2026, 9, 1), 40
UNTIL = FIRST + timedelta(days=DAYS - 1)
ORDERED = (8, 13, 19, 24, 30)
HOURS = range(18, 22)


def event(day: int, **more: Any) -> GridEvent:
    begin = grid_day(FIRST + timedelta(days=day))[0] + timedelta(hours=HOURS.start)
    made: GridEvent = GridEventFactory(
        begins_at=begin, ends_at=begin + timedelta(hours=len(HOURS)), **more
    )
    return made


def stored(supplier: Supplier, code: str, falls: tuple[int, ...]) -> Meter:
    """A flat load of 812 kW that was off in the ordered hours of some days."""
    kwh = np.full(DAYS * 24, 812.0)
    for day in falls:
        kwh[day * 24 + HOURS.start : day * 24 + HOURS.stop] = 0
    first = datetime.combine(FIRST, datetime.min.time(), GRID_ZONE)
    batch, _new = actions.receive_batch(
        supplier=supplier, file=as_file(readings_csv({code: kwh}, first)), file_name=f"{code}.csv",
        actor=None, channel=Channel.COMMAND,
    )  # fmt: skip
    actions.store_batch(batch.pk)
    Meter.objects.filter(code=code).update(kato="351010000")
    return Meter.objects.get(code=code)


def evidence(meter: Meter) -> list[dict[str, Any]]:
    profile = MeterProfile.objects.get(meter=meter, until=UNTIL)
    return [one for one in profile.reasons if one["code"].startswith("followed")]


def judged(meter: Meter, score: float = 0.9) -> None:
    reasons = [{"code": "rest", "params": {}, "weight": 0.1}]
    MeterProfileFactory(meter=meter, until=UNTIL, score=score, reasons=reasons)


def test_a_load_that_followed_most_orders_says_so_with_its_figures(supplier: Supplier) -> None:
    for day in ORDERED:
        event(day, verified=day != 8)
    meter = stored(supplier, "FARM", ORDERED[:4])
    judged(meter)
    assert hold_against_calendar(until=UNTIL) == 1
    (reason,) = evidence(meter)
    assert reason["params"] == {"fell": 4, "of": 5, "kw": 812.0, "unverified": 1}
    assert reason["weight"] == 0
    told = describe_reason(reason["code"], reason["params"]).replace("\xa0", " ")
    assert told == "It fell in 4 of 5 curtailment orders, by 812 kW each time; 1 is not verified."
    assert hold_against_calendar(until=UNTIL) == 0, "again changes nothing"


@pytest.mark.parametrize("falls", [(), ORDERED[:2]], ids=["never", "in less than half"])
def test_a_load_that_did_not_follow_says_nothing(
    supplier: Supplier, falls: tuple[int, ...]
) -> None:
    for day in ORDERED:
        event(day)
    meter = stored(supplier, "PLANT", falls)
    judged(meter)
    hold_against_calendar(until=UNTIL)
    assert evidence(meter) == []


@pytest.mark.parametrize(
    "more",
    [{"kind": "supply"}, {"regions": "71,39"}],
    ids=["every load falls without supply", "another region"],
)
def test_events_that_tell_nothing_are_left_alone(supplier: Supplier, more: dict[str, Any]) -> None:
    for day in ORDERED:
        event(day, **more)
    meter = stored(supplier, "FARM", ORDERED)
    judged(meter)
    hold_against_calendar(until=UNTIL)
    assert evidence(meter) == []


def test_an_event_on_a_feeder_concerns_its_meters_only(supplier: Supplier) -> None:
    feeder = Feeder.objects.create(supplier=supplier, code="F-1")
    for day in ORDERED:
        event(day, regions="", feeder=feeder, kind="internet")
    on, off = (stored(supplier, code, ORDERED) for code in ("ON", "OFF"))
    Meter.objects.filter(pk=on.pk).update(feeder="F-1")
    for meter in (on, off):
        judged(meter)
    hold_against_calendar(until=UNTIL)
    assert [one["code"] for one in evidence(on)] == ["followed_internet"]
    assert evidence(off) == []


def test_what_is_no_longer_true_goes(supplier: Supplier) -> None:
    events = [event(day) for day in ORDERED]
    meter = stored(supplier, "FARM", ORDERED)
    judged(meter)
    hold_against_calendar(until=UNTIL)
    for one in events[:3]:
        one.delete()
    assert hold_against_calendar(until=UNTIL) == 1
    assert evidence(meter) == []


def test_the_profiles_of_a_day_carry_it_from_the_start(supplier: Supplier) -> None:
    for day in ORDERED:
        event(day, regions="00")
    meter = stored(supplier, "FARM", ORDERED)
    actions.profile_meters(until=UNTIL)
    profile = MeterProfile.objects.get(meter=meter, until=UNTIL)
    assert len(evidence(meter)) == (profile.score >= 0.5)


def entered(**more: Any) -> dict[str, Any]:
    begin = grid_day(FIRST)[0]
    return {
        "code": "71-2026", "kind": "curtailment", "regions": "35", "begins_at": begin,
        "ends_at": begin + timedelta(hours=4), "source": "order 71", **more,
    }  # fmt: skip


def test_two_persons_enter_an_event(officer: User, head: User, analyst: User) -> None:
    with pytest.raises(NotAllowed):
        propose_change(model=GridEvent, row=None, values=entered(), reason="r", actor=analyst)
    change = propose_change(
        model=GridEvent, row=None, values=entered(verified=True), reason="r", actor=officer
    )
    with pytest.raises(NotAllowed):
        approve_change(change=change, actor=officer)
    approve_change(change=change, actor=head)
    row = GridEvent.objects.get()
    assert row.verified
    later = {"ends_at": row.ends_at + timedelta(hours=1)}
    change = propose_change(model=GridEvent, row=row, values=later, reason="r", actor=head)
    approve_change(change=change, actor=officer)
    row.refresh_from_db()
    assert not row.verified, "what changed is vouched for anew"


@pytest.mark.parametrize(
    "wrong",
    [
        {"regions": ""},
        {"regions": "99"},
        {"regions": "35; 39"},
        {"ends_at": grid_day(FIRST)[0]},
        {"source": ""},
        {"kind": "storm"},
    ],
)
def test_an_impossible_event_is_refused(officer: User, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        propose_change(
            model=GridEvent, row=None, values=entered(**wrong), reason="r", actor=officer
        )


@pytest.mark.django_db
def test_the_database_wants_a_place() -> None:
    row = event(3)
    with pytest.raises(IntegrityError), transaction.atomic():
        GridEvent.objects.filter(pk=row.pk).update(regions="")
    with pytest.raises(ValidationError):
        GridEvent(**entered(regions="zz")).full_clean()


class TestTheFile:
    """Events come in as a file and wait to be verified."""

    HEADER = "code,kind,begins_at,ends_at,regions,supplier,feeder,source\n"

    def check(self, row: str) -> Any:
        content = (self.HEADER + row).encode()
        return imports.check_file(kind="grid-events", name="e.csv", content=content, actor=None)

    def test_the_sample_comes_in_twice_the_same_and_unverified(self, db: None) -> None:
        for _n in range(2):
            batch = imports.check_file(
                kind="grid-events", name="e.csv", content=sample("grid-events"), actor=None
            )
            assert batch.rejected == 0, list(batch.refused.values("column", "code"))
            imports.apply_batch(batch=batch, actor=None)
        row = GridEvent.objects.get()
        assert (row.regions, row.verified) == ("39,71", False)
        assert row.begins_at.astimezone(GRID_ZONE).hour == 18

    def test_it_is_undone(self, db: None) -> None:
        batch = imports.check_file(
            kind="grid-events", name="e.csv", content=sample("grid-events"), actor=None
        )
        applied = imports.apply_batch(batch=batch, actor=None)
        imports.undo_batch(batch=applied, actor=None, reason="by mistake")
        assert not GridEvent.objects.exists()

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            ("1,curtailment,2026-10-05T18:00,2026-10-05T22:00+05:00,71,,,s", "no_moment"),
            ("1,curtailment,2026-10-05T22:00Z,2026-10-05T22:00Z,71,,,s", "no_length"),
            ("1,curtailment,2026-10-05T18:00Z,2026-10-05T22:00Z,99,,,s", "no_region"),
            ("1,curtailment,2026-10-05T18:00Z,2026-10-05T22:00Z,,,,s", "one_place"),
            ("1,storm,2026-10-05T18:00Z,2026-10-05T22:00Z,71,,,s", "not_accepted"),
            ("1,supply,2026-10-05T18:00Z,2026-10-05T22:00Z,,nobody,F-1,s", "supplier_unknown"),
        ],
    )
    def test_bad_cells_are_named(self, db: None, row: str, code: str) -> None:
        batch = self.check(row)
        assert code in list(batch.refused.values_list("code", flat=True))

    def test_an_event_on_a_feeder_finds_it(self, supplier: Supplier) -> None:
        feeder = Feeder.objects.create(supplier=supplier, code="F-1")
        batch = self.check(
            f"1,supply,2026-10-05T18:00Z,2026-10-05T22:00Z,,{supplier.code},F-1,notice"
        )
        imports.apply_batch(batch=batch, actor=None)
        assert GridEvent.objects.get().feeder == feeder


class TestPages:
    """Officials read the calendar; for a supplier's people there is none."""

    def test_the_list_costs_few_queries(
        self, officer: User, signed_in: SignIn, django_assert_max_num_queries: Any
    ) -> None:
        for day in range(30):
            event(day)
        client = signed_in(officer)
        client.get(reverse("grid:calendar"))
        with django_assert_max_num_queries(12):
            assert "order-" in client.get(reverse("grid:calendar")).content.decode()

    def test_a_meters_page_lists_what_concerned_it(
        self, supplier: Supplier, officer: User, supplier_user: User, signed_in: SignIn
    ) -> None:
        meter = MeterFactory(supplier=supplier, kato="351010000", last_day=UNTIL)
        mine, other = event(30), event(31, regions="71")
        page = signed_in(officer).get(meter.get_absolute_url()).content.decode()
        assert mine.code in page
        assert other.code not in page
        client = signed_in(supplier_user)
        assert mine.code not in client.get(meter.get_absolute_url()).content.decode()
        assert client.get(reverse("grid:calendar")).status_code == 404
