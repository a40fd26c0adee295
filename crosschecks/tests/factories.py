"""Makes runs, findings and suppressions for tests."""

from datetime import timedelta

import factory

from accounts.tests.factories import AgencyFactory, UserFactory
from common import clock
from crosschecks.choices import RunState, Severity
from crosschecks.models import CheckRun, Finding, Sighting, Suppression
from grid.models import Meter, MeterProfile, Supplier


class RunFactory(factory.django.DjangoModelFactory):
    """A finished run of yesterday; ``running=True`` one under way."""

    class Meta:
        model = CheckRun

    class Params:
        running = factory.Trait(
            state=RunState.RUNNING,
            claim=factory.Faker("uuid4"),
            finished_at=None,
            attempts=1,
        )
        queued = factory.Trait(state=RunState.QUEUED, finished_at=None, started_at=None)

    check_slug = "made-up"
    day = factory.LazyFunction(lambda: clock.today() - timedelta(days=1))
    state = RunState.DONE
    started_at = factory.LazyFunction(clock.now)
    heartbeat_at = factory.LazyFunction(clock.now)
    finished_at = factory.LazyFunction(clock.now)


class FindingFactory(factory.django.DjangoModelFactory):
    """A live finding on one meter, seen yesterday; powers in kW."""

    class Meta:
        model = Finding

    check_slug = "made-up"
    fingerprint = factory.Sequence(lambda n: f"{n:032x}")
    subject = factory.Sequence(lambda n: f"meter:M-{n}")
    label = factory.Sequence(lambda n: f"M-{n}")
    severity = Severity.MEDIUM
    facts = {"peak_kw": 150.0, "declared_kw": 100.0}
    meters = factory.LazyAttribute(lambda one: [one.label])
    feeds = ["north"]
    kato = "631010000"
    est_kw_low = 40.0
    est_kw_high = 60.0
    first_run = factory.SubFactory(RunFactory)
    last_run = factory.SelfAttribute("first_run")
    first_seen = factory.SelfAttribute("first_run.day")
    last_seen = factory.SelfAttribute("last_run.day")


class SightingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sighting

    finding = factory.SubFactory(FindingFactory)
    run = factory.SelfAttribute("finding.last_run")
    seen = "new"


class SuppressionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Suppression

    finding = factory.SubFactory(FindingFactory)
    reason = "A cold store; contract seen."
    since = factory.LazyFunction(clock.today)
    until = factory.LazyFunction(lambda: clock.today() + timedelta(days=30))
    by = factory.SubFactory(UserFactory)


class SupplierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Supplier
        django_get_or_create = ["code"]

    agency = factory.SubFactory(AgencyFactory, supplier=True)
    code = "north"
    name = "АО «Тобылғы РЭК»"


class MeterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meter

    code = factory.Sequence(lambda n: f"KZ-{n:06d}")
    supplier = factory.SubFactory(SupplierFactory)
    customer_name = "ТОО «Бастау»"
    tariff_group = "Прочие"
    kato = "634000000"


class ProfileFactory(factory.django.DjangoModelFactory):
    """A profile that looks like mining: flat, 400 kW, every hour present."""

    class Meta:
        model = MeterProfile

    meter = factory.SubFactory(MeterFactory)
    until = factory.LazyFunction(lambda: clock.today() - timedelta(days=1))
    score = 0.9
    pattern = "flat"
    est_kw = 400.0
    coverage = 1.0
    peak_kw = 420.0
