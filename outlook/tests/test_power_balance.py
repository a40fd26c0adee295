"""The power balance: what ships, what files bring, what stays, who reads it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from accounts.models import User
from accounts.tests.factories import UserFactory
from changes.actions import approve_change, propose_change
from intake import actions as intake
from intake.choices import ImportState
from intake.selectors.samples import sample
from outlook.models import BalanceFigure, FeeReceipt, Forecast, HashRateMonth
from outlook.selectors import balance

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
KINDS = ("power-balance", "power-forecasts", "hash-rate-months")
HEAD = "vintage,subject,energy,year,value,unit,source\n"


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def check(slug: str, content: bytes | str) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return intake.check_file(kind=slug, name="list.csv", content=raw, actor=None)


def bring(slug: str, content: bytes | str) -> Any:
    return intake.apply_batch(batch=check(slug, content), actor=None)


def everything() -> list[Any]:
    models: list[Any] = [BalanceFigure, Forecast, HashRateMonth]
    return [sorted(model.objects.values_list(), key=str) for model in models]


class TestShipped:
    """What public sources told."""

    def test_nothing_that_ships_is_verified_and_everything_has_a_source(self) -> None:
        models: list[Any] = [BalanceFigure, Forecast, HashRateMonth, FeeReceipt]
        for model in models:
            assert model.objects.exists()
            assert not model.objects.filter(verified=True).exists()
            assert not model.objects.filter(source="").exists()

    def test_no_series_reaches_over_the_break_of_definitions(self) -> None:
        owid = BalanceFigure.objects.filter(series__code="owid").values_list("year", flat=True)
        told = BalanceFigure.objects.filter(series__code="official", measure="generation")
        assert max(owid) == 2020
        assert min(told.values_list("year", flat=True)) == 2021

    def test_receipts_of_early_2022_are_302_mw_declared(self) -> None:
        found = balance.cross_check()
        assert found is not None
        assert found.declared.quarter == date(2022, 1, 1)
        assert round(found.declared.mean_mw) == 302
        assert (found.month.mw_low, found.month.mw_high) == (818, 1637)

    @pytest.mark.parametrize(
        ("quarter", "hours"),
        [("2022-01-01", 2160), ("2024-01-01", 2184), ("2022-10-01", 2208)],
    )
    def test_a_quarter_has_its_own_hours(self, quarter: str, hours: int) -> None:
        receipt = FeeReceipt(
            quarter=date.fromisoformat(quarter), kzt=Decimal(hours * 1000), rate=Decimal(1)
        )
        assert receipt.mean_mw == 1

    def test_the_page_opens_on_the_newest_vintage_that_adds_by_source(self) -> None:
        codes = balance.vintages()
        assert codes == sorted(codes, reverse=True)
        assert balance.usual_vintage(codes) == "2024-04-11"
        added = {row.energy: row.value for row in balance.vintage("2022-02-23").additions()}
        assert added == {
            "renewables": Decimal("6.5"), "gas": 5, "hydro": 2, "coal": Decimal("1.5"),
            "nuclear": Decimal("2.4"),
        }  # fmt: skip


class TestFiles:
    """What files bring in."""

    @pytest.mark.parametrize("slug", KINDS)
    def test_the_sample_comes_in_again_changes_nothing_and_is_undone(self, slug: str) -> None:
        before = everything()
        first = bring(slug, sample(slug))
        assert (first.new, first.rejected) == (first.rows, 0)
        again = bring(slug, sample(slug))
        assert (again.new, again.changed) == (0, 0)
        undone = intake.undo_batch(batch=first, actor=None, reason="a sample")
        assert undone.state == ImportState.UNDONE
        assert everything() == before

    def test_megawatt_hours_in_a_field_of_power_are_refused_and_named(self) -> None:
        text = "series,year,measure,value,unit,source\nofficial,2031,peak_load,600,TWh,a letter\n"
        batch = check("power-balance", text)
        assert [(p.column, p.value, p.code) for p in batch.refused.all()] == [
            ("unit", "TWh", "unit_does_not_fit")
        ]

    def test_a_vintage_once_taken_in_does_not_change(self) -> None:
        row = "2022-02-23,addition,gas,2035,{},GW,another paper\n"
        batch = check("power-forecasts", HEAD + row.format("9"))
        assert {problem.code for problem in batch.refused.all()} == {"vintage_stays"}
        later = bring("power-forecasts", HEAD + row.replace("2022-02-23", "2031").format("9"))
        assert later.new == 1
        assert Forecast.objects.get(vintage="2022-02-23", energy="gas", year=2035,
                                    subject="addition").value == 5  # fmt: skip

    def test_not_even_the_database_lets_a_vintage_be_overwritten(self) -> None:
        row = Forecast.objects.exclude(value=None).first()
        assert row is not None
        row.value = 1
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save()

    def test_a_strange_vintage_or_series_is_named(self) -> None:
        strange = check("power-forecasts", HEAD + "spring,demand,all,2035,1,TWh,x\n")
        assert [p.code for p in strange.refused.all()] == ["no_vintage"]
        text = "series,year,measure,value,unit,source\nnobody,2031,demand,1,TWh,x\n"
        unknown = check("power-balance", text)
        assert [p.code for p in unknown.refused.all()] == ["series_unknown"]


def test_a_figure_changes_by_two_persons(administrator: User) -> None:
    figure = BalanceFigure.objects.get(series__code="official", year=2023, measure="demand")
    change = propose_change(
        model=BalanceFigure, row=figure, values={"value": Decimal("115.1")},
        reason="The yearbook", actor=administrator,
    )  # fmt: skip
    approve_change(change=change, actor=UserFactory(role="admin", agency=None))
    figure.refresh_from_db()
    assert figure.value == Decimal("115.1")


@pytest.mark.parametrize("name", ["member", "supplier_user", "stranger"])
def test_the_outlook_is_closed_to_outsiders(
    name: str, signed_in: SignIn, api: Callable[[User], Any], request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(name)
    for path in ("", "figures/", "forecasts/", "months/"):
        assert signed_in(user).get(f"/outlook/{path}").status_code == 403
    for path in ("balance-figures", "forecasts", "hash-rate-months"):
        assert api(user).get(f"/api/v1/{path}/").data["results"] == []


def test_the_page_draws_one_vintage_and_tells_every_figure_with_its_source(
    signed_in: SignIn, officer: User, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(officer)
    client.get("/outlook/")
    with django_assert_max_num_queries(14):
        page = client.get("/outlook/?vintage=2022-02-23").text
    assert "S167" in page
    assert "302" in page
    assert "818–1,637" in page
    assert client.get("/outlook/?vintage=1999").status_code == 404


def test_a_forecast_of_every_year_is_drawn_from_its_vintage() -> None:
    rows = "".join(f"2031,demand,all,{2030 + n},{150 + n},TWh,x\n" for n in range(6))
    bring("power-forecasts", HEAD + rows)
    drawn = balance.drawn(balance.years(), balance.vintage("2031"))
    line = next(one for one in drawn["lines"] if not one["series"])
    assert line["values"][-1] == 155
    assert line["values"][0] is None
    assert [one["year"] for one in drawn["breaks"]] == [2021]


@pytest.mark.parametrize("path", ["figures", "forecasts", "months"])
def test_lists_have_a_budget(
    path: str, signed_in: SignIn, officer: User, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(officer)
    client.get(f"/outlook/{path}/")
    with django_assert_max_num_queries(12):
        assert client.get(f"/outlook/{path}/").status_code == 200


def test_the_api_tells_the_unit_of_every_figure(officer: User, api: Callable[[User], Any]) -> None:
    told = api(officer).get("/api/v1/forecasts/?vintage=2022-02-23&subject=share").data["results"]
    assert {row["unit"] for row in told} == {"%"}
    figures = api(officer).get("/api/v1/balance-figures/?measure=peak_load").data["results"]
    assert [(row["value"], row["unit"]) for row in figures] == [("16626.0000", "MW")]
