"""Feeders: totals come in by file, balances are computed, supplier's people see none of it."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from django.test import Client

from accounts.choices import Role
from accounts.models import User
from accounts.tests.factories import AgencyFactory, UserFactory
from changes.actions import approve_change, propose_change
from common.clock import GRID_ZONE
from common.errors import NotAllowed, PortalError
from grid.actions import balance_feeders, receive_batch, store_batch
from grid.choices import Channel
from grid.models import Feeder, FeederBalance, FeederTotal, LossNorm, MeterFeeder, Supplier
from grid.selectors import load_curve
from grid.tests.factories import MeterFactory, as_file, readings_csv
from intake import actions as intake
from intake.catalogue import KINDS
from intake.selectors.samples import sample

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
OURS = [kind.slug for kind in KINDS if kind.own.model._meta.app_label == "grid"]
MONTH, HOURS = "2026-09", 30 * 24


def check(slug: str, content: bytes | str, actor: Any = None) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return intake.check_file(kind=slug, name="totals.csv", content=raw, actor=actor)


def bring(slug: str, content: bytes | str) -> Any:
    batch = check(slug, content)
    assert batch.rejected == 0, list(batch.refused.values("row", "column", "code"))
    return intake.apply_batch(batch=batch, actor=None)


def read(supplier: Supplier, curves: dict[str, Any], first: date = date(2026, 9, 1)) -> None:
    """Store hourly readings from a grid day on, all on feeder F-1."""
    start = datetime(first.year, first.month, first.day, tzinfo=GRID_ZONE)
    lines = readings_csv(curves, start, more="feeder").splitlines()
    content = "\n".join([lines[0], *(f"{line},F-1" for line in lines[1:])])
    batch, _new = receive_batch(
        supplier=supplier, file=as_file(content), file_name="r.csv", actor=None,
        channel=Channel.COMMAND,
    )  # fmt: skip
    assert store_batch(batch.pk).state == "stored"


def total(kwh: float, period: str = MONTH, feeder: str = "F-1") -> str:
    return f"supplier,feeder,period,kwh\ndemo-res-north,{feeder},{period},{kwh}\n"


def balance(period: str = MONTH, feeder: str = "F-1") -> Any:
    return FeederBalance.objects.told().get(period=period, feeder__code=feeder)


class TestBringTotalsIn:
    """Four kinds of files, through the one mechanism."""

    @pytest.fixture(autouse=True)
    def _ground(self, supplier: Supplier) -> None:
        MeterFactory(supplier=supplier, code="DEMO-0001")

    def everything(self) -> list[Any]:
        models: list[Any] = [Feeder, LossNorm, FeederTotal, MeterFeeder]
        return [sorted(model._default_manager.values_list(), key=str) for model in models]

    @pytest.mark.parametrize("slug", OURS)
    def test_the_sample_comes_in_again_changes_nothing_and_is_undone(self, slug: str) -> None:
        bring("feeder-totals", total(5, period="2026-08", feeder="Ф-12"))
        before = self.everything()
        batch = bring(slug, sample(slug))
        assert (batch.new, batch.changed) == (1, 0)
        again = bring(slug, sample(slug))
        assert (again.new, again.changed, again.same) == (0, 0, 1)
        intake.undo_batch(batch=batch, actor=None, reason="sent by mistake")
        assert self.everything() == before

    @pytest.mark.parametrize(
        ("period", "code"),
        [("2026-13", "no_period"), ("2026-02-30", "no_period"), ("сентябрь", "no_period"),
         ("2026-9", "no_period"), ("2999-01", "period_not_over")],
    )  # fmt: skip
    def test_what_is_no_past_month_or_day_is_refused_at_its_cell(
        self, period: str, code: str
    ) -> None:
        batch = check("feeder-totals", total(5, period=period))
        assert [(one.column, one.code) for one in batch.refused.all()] == [("period", code)]

    def test_a_norm_once_taken_in_stays(self) -> None:
        bring("feeder-totals", total(5, feeder="Ф-12"))
        bring("loss-norms", sample("loss-norms"))
        batch = check("loss-norms", sample("loss-norms").replace(b"4.5", b"9.5"))
        assert [one.code for one in batch.refused.all()] == ["norm_stays"]
        assert LossNorm.objects.get().percent == Decimal("4.50")
        assert not LossNorm.objects.get().verified

    def test_a_suppliers_own_people_cannot_bring_totals_in(self, supplier_user: User) -> None:
        with pytest.raises(NotAllowed):
            check("feeder-totals", total(5), actor=supplier_user)


class TestBalance:
    """What went in against what the meters counted."""

    def test_the_meters_of_a_feeder_are_added_up_over_the_month(self, supplier: Supplier) -> None:
        read(supplier, {"A": np.full(HOURS, 10.0), "B": np.full(HOURS, 5.0)})
        bring("feeder-totals", total(12_000))
        assert balance_feeders() == [MONTH]
        found = balance()
        assert found.metered_kwh == Decimal(15 * HOURS)
        assert (found.meters, found.coverage) == (2, 1.0)
        assert found.lost_share == pytest.approx(Decimal("0.1"))
        assert found.beyond_kwh is None

    def test_a_day_of_its_own_is_balanced_by_the_readings_of_that_day(
        self, supplier: Supplier
    ) -> None:
        read(supplier, {"A": np.concatenate([np.full(24, 1.0), np.full(24, 3.0)])})
        bring("feeder-totals", total(100, period="2026-09-02"))
        balance_feeders()
        assert balance("2026-09-02").metered_kwh == 72

    def test_the_night_of_twenty_five_hours_is_counted_whole(self, supplier: Supplier) -> None:
        read(supplier, {"A": np.full(25, 2.0)}, first=date(2024, 2, 29))
        bring("feeder-totals", total(50, period="2024-02-29"))
        balance_feeders()
        assert (balance("2024-02-29").metered_kwh, balance("2024-02-29").coverage) == (50, 1.0)

    def test_hours_that_were_not_sent_are_told_as_missing(self, supplier: Supplier) -> None:
        read(supplier, {"A": np.full(HOURS // 2, 10.0)})
        bring("feeder-totals", total(8000))
        balance_feeders()
        assert balance().coverage == pytest.approx(0.5)

    def test_a_meter_that_sends_nothing_is_missing_not_zero(self, supplier: Supplier) -> None:
        read(supplier, {"A": np.full(HOURS, 10.0)})
        MeterFactory(supplier=supplier, code="B", feeder="F-1")
        bring("feeder-totals", total(8000))
        balance_feeders()
        assert (balance().meters, balance().coverage) == (2, pytest.approx(0.5))

    def test_a_meters_total_counts_where_its_readings_are_not_whole(
        self, supplier: Supplier
    ) -> None:
        read(supplier, {"A": np.full(HOURS, 10.0)})
        MeterFactory(supplier=supplier, code="B", feeder="F-1")
        bring("meter-totals", f"meter,period,kwh\nA,{MONTH},9\nB,{MONTH},600\n")
        bring("feeder-totals", total(8000))
        balance_feeders()
        assert (balance().metered_kwh, balance().coverage) == (10 * HOURS + 600, 1.0)

    def test_a_total_is_never_spread_into_hours(self, supplier: Supplier) -> None:
        MeterFactory(supplier=supplier, code="B", feeder="F-1")
        bring("meter-totals", f"meter,period,kwh\nB,{MONTH},600\n")
        assert load_curve("B", date(2026, 9, 1), date(2026, 9, 30)) is None

    def test_a_meter_that_moved_counts_on_each_feeder_for_its_days(
        self, supplier: Supplier
    ) -> None:
        read(supplier, {"A": np.full(HOURS, 10.0)})
        bring("meter-feeders", "meter,valid_from,feeder\nA,2026-09-11,F-2\n")
        bring("feeder-totals", total(2400) + total(5000, feeder="F-2").splitlines()[1] + "\n")
        balance_feeders()
        assert balance().metered_kwh == 10 * 24 * 10
        assert balance(feeder="F-2").metered_kwh == 20 * 24 * 10

    def test_a_meter_taken_off_counts_no_more(self, supplier: Supplier) -> None:
        read(supplier, {"A": np.full(HOURS, 10.0)})
        bring("meter-feeders", "meter,valid_from,feeder\nA,2026-08-01,\n")
        bring("feeder-totals", total(100))
        balance_feeders()
        assert balance().meters == 0

    def test_a_corrected_total_is_due_again_and_corrected_readings_by_night(
        self, supplier: Supplier
    ) -> None:
        read(supplier, {"A": np.full(HOURS, 10.0)})
        bring("feeder-totals", total(8000))
        balance_feeders()
        assert balance_feeders() == []
        bring("feeder-totals", total(9000))
        assert balance_feeders() == [MONTH]
        read(supplier, {"A": np.full(HOURS, 11.0)})
        balance_feeders(all_periods=True)
        assert (balance().entered_kwh, balance().metered_kwh) == (9000, 11 * HOURS)

    def test_a_balance_goes_with_its_undone_total(self, supplier: Supplier) -> None:
        batch = bring("feeder-totals", total(8000))
        balance_feeders()
        intake.undo_batch(batch=batch, actor=None, reason="sent by mistake")
        assert not FeederBalance.objects.exists()
        assert not FeederTotal.objects.exists()

    def test_an_undone_norm_leaves_the_balance_without_one(self, supplier: Supplier) -> None:
        bring("feeder-totals", total(8000))
        norms = "supplier,feeder,valid_from,percent,source\ndemo-res-north,F-1,2026-01-01,5,a\n"
        batch = bring("loss-norms", norms)
        balance_feeders()
        assert balance().norm is not None
        intake.undo_batch(batch=batch, actor=None, reason="sent by mistake")
        assert balance().norm is None

    def test_the_norm_of_the_period_is_the_one_in_force_on_its_first_day(
        self, supplier: Supplier
    ) -> None:
        read(supplier, {"A": np.full(HOURS, 10.0)})
        bring("feeder-totals", total(8000))
        norms = "demo-res-north,F-1,2026-01-01,5,a\ndemo-res-north,F-1,2026-09-15,50,b\n"
        bring("loss-norms", "supplier,feeder,valid_from,percent,source\n" + norms)
        balance_feeders()
        assert balance().norm.percent == 5
        assert balance().beyond_kwh == 8000 - 7200 - 400


class TestNorm:
    """A norm is called verified by two persons, one of them a lawyer."""

    @pytest.fixture
    def norm(self, supplier: Supplier) -> LossNorm:
        bring("feeder-totals", total(5, feeder="Ф-12"))
        bring("loss-norms", sample("loss-norms"))
        return LossNorm.objects.get()

    def propose(self, norm: LossNorm, actor: User) -> Any:
        return propose_change(
            model=LossNorm, row=norm, values={"verified": True}, reason="order seen", actor=actor
        )

    def test_a_lawyer_and_an_administrator_vouch_for_it(
        self, norm: LossNorm, administrator: User
    ) -> None:
        lawyer = UserFactory(role=Role.LAWYER, agency=AgencyFactory(energy=True))
        made = self.propose(norm, administrator)
        approve_change(change=made, actor=lawyer)
        norm.refresh_from_db()
        assert norm.verified

    def test_two_administrators_do_not(self, norm: LossNorm, administrator: User) -> None:
        made = self.propose(norm, administrator)
        with pytest.raises(PortalError):
            approve_change(change=made, actor=UserFactory(role=Role.ADMIN, agency=None))


class TestPages:
    """Who reads balances."""

    @pytest.fixture
    def feeder(self, supplier: Supplier) -> Feeder:
        read(supplier, {"A": np.full(HOURS, 10.0)})
        bring("feeder-totals", total(8000))
        balance_feeders()
        return Feeder.objects.get()

    def test_an_officer_reads_the_list_and_the_feeder(
        self, feeder: Feeder, officer: User, signed_in: SignIn
    ) -> None:
        client = signed_in(officer)
        assert "F-1" in client.get("/grid/feeders/").text
        page = client.get(feeder.get_absolute_url()).text
        assert "A" in page
        assert MONTH in page

    def test_a_suppliers_people_read_neither(
        self, feeder: Feeder, supplier_user: User, signed_in: SignIn
    ) -> None:
        client = signed_in(supplier_user)
        assert client.get("/grid/feeders/").status_code == 403
        assert client.get(feeder.get_absolute_url()).status_code == 403
        assert "/grid/feeders/" not in client.get("/grid/").text

    def test_the_list_costs_a_dozen_queries_however_long(
        self, feeder: Feeder, officer: User, signed_in: SignIn,
        django_assert_max_num_queries: Any,
    ) -> None:  # fmt: skip
        for n in range(40):
            one = Feeder.objects.create(supplier=feeder.supplier, code=f"X-{n}")
            FeederBalance.objects.create(
                feeder=one, period=MONTH, last_day=date(2026, 9, 30), entered_kwh=10,
                metered_kwh=n % 9, meters=1, coverage=1,
            )  # fmt: skip
        client = signed_in(officer)
        client.get("/grid/feeders/")
        with django_assert_max_num_queries(12):
            assert "X-39" in client.get("/grid/feeders/?q=X-39").text
