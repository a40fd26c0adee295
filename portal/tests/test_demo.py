"""The demo: everything is there, nothing is real, and the checks find what was planted."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.test import override_settings

from accounts.models import Agency, User
from cases.choices import CaseState, LeadSource, LeadState, Outcome
from cases.models import Case, Lead, Tip
from common import clock
from common.identifiers import check_bin
from crosschecks.models import CheckRun, Finding
from grid.models import Exemption, FeederBalance, GridEvent, Meter, MeterProfile
from journal.models import Announcement, Event
from journal.selectors import check_chain
from portal.demo.building import build_world
from portal.demo.loading import Loaded, load
from portal.demo.moments import Moments
from portal.demo.people import CAST, PASSWORD
from portal.demo.stories import Story, tell
from portal.demo.world import SUPPLIERS, World
from registry.choices import Status
from registry.models import (
    Contact,
    Equipment,
    FeeReturn,
    OfficialList,
    Operator,
    PoolReport,
    Principal,
    Registration,
    Sale,
    Site,
    StatusRecord,
    SupplyContract,
    Venue,
)
from registry.selectors.official import difference

METERS = 300  # of the 600: all sites and all planted loads, fewer lawful consumers

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Loaded]:
    """The demo, loaded once for all tests of this file and taken back at their end."""
    folder = tmp_path_factory.mktemp("demo")
    places = {"LAKE_URL": str(folder / "lake"), "MEDIA_ROOT": str(folder / "media")}
    with override_settings(DEMO=True, **places), django_db_blocker.unblock(), transaction.atomic():
        yield load(lambda _stage: None, METERS)
        transaction.set_rollback(True)


@pytest.fixture
def world() -> World:
    return build_world(Moments(clock.now()).last_day, METERS)


def test_loading_again_changes_nothing_and_is_quick(loaded: Loaded) -> None:
    again = load(lambda _stage: None, METERS)
    assert loaded.fresh
    assert not again.fresh
    assert again.counts == loaded.counts
    assert again.seconds < 2


def test_there_is_as_much_of_everything_as_promised(loaded: Loaded) -> None:
    assert (Operator.objects.count(), Site.objects.count()) == (120, 150)
    assert Meter.objects.count() == METERS
    assert (Tip.objects.count(), Case.objects.count()) == (80, 25)
    assert len(set(Site.objects.values_list("kato", flat=True))) == 20


def test_operators_have_devices_contracts_returns_and_stand_on_lists(loaded: Loaded) -> None:
    assert Equipment.objects.count() == Site.objects.count()
    assert Equipment.objects.filter(model__isnull=True).exists()
    assert SupplyContract.objects.exclude(kw=None).exists()
    assert FeeReturn.objects.filter(paid_kzt__isnull=True).exists()
    assert FeeReturn.objects.filter(paid_kzt__isnull=False).exists()
    assert {one.part for one in Principal.objects.all()} == {"manager", "owner"}
    assert Contact.objects.filter(is_personal=False).exists()
    earlier, later = OfficialList.objects.filter(kind="licence_1").order_by("day")
    found = difference(earlier, later)
    assert found.vanished or found.came


def test_the_exchange_pilot_has_a_venue_sales_and_lines_of_a_pool(loaded: Loaded) -> None:
    assert Venue.objects.get().name == "Демо-биржа"
    assert Sale.objects.filter(mined__isnull=True).exists()
    assert any(sale.share and sale.share > 0.75 for sale in Sale.objects.all())
    assert PoolReport.objects.filter(operator__isnull=True).exists()
    assert PoolReport.objects.filter(operator__isnull=False).exists()


def test_two_feeders_an_exemption_and_a_calendar_are_shown(loaded: Loaded, world: World) -> None:
    balances = FeederBalance.objects.told().order_by("feeder__code")
    assert [one.beyond_kwh > 0 for one in balances] == [False, True]
    assert all(one.coverage > 0.95 for one in balances)
    exemption = Exemption.objects.get()
    assert exemption.meter is not None
    assert exemption.meter.code not in world.planted
    assert exemption.approved_by is not None
    assert set(GridEvent.objects.values_list("verified", flat=True)) == {False}
    assert GridEvent.objects.count() == 2


def test_every_planted_load_is_found_and_says_why(loaded: Loaded, world: World) -> None:
    found = {f.meters[0] for f in Finding.objects.filter(check_slug="undeclared-mining-load")}
    assert world.planted.keys() - found == set()
    for lead in Lead.objects.filter(source=LeadSource.FINDING, meter__in=world.planted):
        assert lead.reasons
        assert all(reason["text"]["kk"] for reason in lead.reasons)
        assert lead.facts["curve"]["kw"]


def test_every_site_above_its_declared_power_is_found(loaded: Loaded, world: World) -> None:
    found = Finding.objects.filter(check_slug="load-above-declared")
    assert set(found.values_list("registration", flat=True)) == world.over


def test_no_load_within_its_declaration_becomes_a_lead(loaded: Loaded, world: World) -> None:
    suspended = StatusRecord.objects.filter(status=Status.SUSPENDED)
    paused = set(suspended.values_list("registration__number", flat=True))
    sites = [site for site in world.protected_sites() if site.operator.number not in paused]
    meters = {code for site in sites for code in site.meters}
    assert not Lead.objects.filter(meter__in=meters, source=LeadSource.FINDING).exists()


def test_each_body_leads_at_least_three_cases(loaded: Loaded) -> None:
    leading = Counter(Case.objects.values_list("lead_agency__code", flat=True))
    assert min(leading[code] for code in ("energy", "atameken", "association")) >= 3


def test_every_state_and_outcome_is_shown(loaded: Loaded) -> None:
    cases = Case.objects.order_by()
    assert set(cases.values_list("state", flat=True)) == set(CaseState.values)
    assert set(cases.exclude(outcome="").values_list("outcome", flat=True)) == set(Outcome.values)
    leads = Lead.objects.order_by()
    assert set(leads.values_list("state", flat=True)) == set(LeadState.values)
    assert set(leads.filter(source=LeadSource.TIP).values_list("state", flat=True)) == set(
        LeadState.values
    )
    assert Case.objects.exclude(handover_to=None).exists()


def test_something_is_overdue_and_something_due_today(loaded: Loaded) -> None:
    today = clock.today()
    under_way = Case.objects.exclude(state=CaseState.CLOSED)
    assert under_way.filter(due_on__lt=today).exists()
    waiting = Lead.objects.filter(state=LeadState.NEW)
    assert waiting.filter(due_on__lt=today).exists()
    assert waiting.filter(due_on__gt=today).exists()


def test_history_is_told_in_its_order_and_the_chain_is_whole(loaded: Loaded) -> None:
    moments = list(Event.objects.order_by("pk").values_list("happened_at", flat=True))
    assert moments == sorted(moments)
    assert moments[0] < clock.now() - timedelta(days=300)
    assert moments[-1] <= clock.now()
    assert check_chain() == (len(moments), [])


def test_old_news_is_read_and_new_news_is_not(loaded: Loaded) -> None:
    old = Announcement.objects.filter(created_at__lt=clock.now() - timedelta(days=10))
    assert old.exists()
    assert not old.filter(read_at=None).exists()


def test_a_late_feed_leaves_the_newest_runs_incomplete(loaded: Loaded) -> None:
    late = [plan.code for plan in SUPPLIERS if plan.late_days]
    newest = CheckRun.objects.order_by("day").last()
    assert newest is not None
    assert (newest.state, list(newest.late_feeds)) == ("incomplete", late)


def test_nobody_and_nothing_could_be_real(loaded: Loaded) -> None:
    numbers = {*Operator.objects.values_list("bin", flat=True)}
    numbers |= {*Meter.objects.exclude(customer_bin="").values_list("customer_bin", flat=True)}
    assert {number[2:4] for number in numbers} == {"13"}
    assert all(check_bin(number) for number in numbers)
    assert all("Демо" in name for name in Operator.objects.values_list("name", flat=True))
    assert all("Демо" in name for name in Meter.objects.values_list("customer_name", flat=True))
    assert all("Демо" in name for name in Site.objects.values_list("address", flat=True))
    assert all(
        number.startswith("DEMO")
        for number in Registration.objects.values_list("number", flat=True)
    )
    assert all(
        email.endswith("@portal.example") for email in User.objects.values_list("email", flat=True)
    )


def test_tips_are_written_in_russian_and_kazakh(loaded: Loaded) -> None:
    languages = Counter(Tip.objects.values_list("language", flat=True))
    assert min(languages["ru"], languages["kk"]) > 20
    assert Tip.objects.filter(files__isnull=False).exists()
    assert Tip.objects.filter(anonymous=True, reporter=None).exists()


def test_the_whole_cast_signs_in_with_the_printed_password(loaded: Loaded) -> None:
    for person in CAST:
        user = User.objects.get(email=person.email)
        assert user.roles == set(person.roles)
    assert user.check_password(PASSWORD)
    assert len(set(User.objects.values_list("password", flat=True))) == 1
    assert not Agency.objects.filter(people=None, kind="member").exists()


def test_lawful_loads_that_look_like_farms_are_there_too(loaded: Loaded, world: World) -> None:
    lawful = [meter.code for meter in world.meters if meter.load.legal and not meter.load.pattern]
    suspected = MeterProfile.objects.filter(meter__code__in=lawful, score__gte=0.6)
    assert suspected.values("meter").distinct().count() < len(lawful) / 10


def test_the_sign_ins_are_printed_without_asking_the_database(
    settings: Any, django_assert_num_queries: Any
) -> None:
    settings.DEMO = True
    written = StringIO()
    with django_assert_num_queries(0):
        call_command("demo", "--sign-ins", stdout=written)
    lines = written.getvalue().splitlines()
    assert len(lines) == sum(1 for person in CAST if person.shown)
    assert all(PASSWORD in line for line in lines)


def test_the_report_is_one_json_object(settings: Any) -> None:
    settings.DEMO = True
    written = StringIO()
    call_command("demo", "--sign-ins", "--json", stdout=written)
    assert {row["email"] for row in json.loads(written.getvalue())["sign_ins"]} >= {
        "officer@portal.example", "member@portal.example", "supplier@portal.example"
    }  # fmt: skip


def test_a_configured_database_gets_no_demo(settings: Any, django_assert_num_queries: Any) -> None:
    settings.DEMO = False
    with (
        django_assert_num_queries(0),
        pytest.raises(CommandError, match="embedded database") as refusal,
    ):
        call_command("demo")
    assert refusal.value.returncode == 2


def test_the_same_day_draws_the_same_world() -> None:
    day = datetime(2026, 11, 22, tzinfo=UTC).date()
    assert build_world(day) == build_world(day)


def test_stories_are_told_together_in_the_order_of_time() -> None:
    seen: list[tuple[str, datetime]] = []

    def story(name: str, *hours: int) -> Story:
        for hour in hours:
            yield datetime(2026, 11, 20, hour, tzinfo=UTC)
            seen.append((name, clock.now()))

    tell([story("first", 1, 4), story("second", 2, 3, 4)])
    assert [name for name, _moment in seen] == ["first", "second", "second", "first", "second"]
    assert [moment.hour for _name, moment in seen] == [1, 2, 3, 4, 4]
    assert clock.now() > datetime(2026, 11, 21, tzinfo=UTC)


def test_nothing_is_told_after_now() -> None:
    moments = Moments(datetime(2026, 11, 20, 3, tzinfo=UTC))  # eight in the morning
    assert moments.ago(0, 18) == moments.now
    assert moments.ago(1, 18) < moments.now


def test_no_real_reading_is_needed() -> None:
    folder = Path(__file__).parents[1] / "demo"
    assert not [file for file in folder.rglob("*") if file.suffix in {".parquet", ".csv", ".npz"}]
