"""Operators, registrations and sites for tests and for the demo."""

from datetime import date
from decimal import Decimal
from typing import Any

import factory

from accounts.choices import Role
from accounts.tests.factories import AgencyFactory, UserFactory
from common import clock
from common.identifiers import check_digit
from law.models import Act
from registry.choices import (
    Attendance,
    ContactKind,
    Kind,
    NumberKind,
    Part,
    ProtectionState,
    Status,
    SupplyKind,
)
from registry.models import (
    Contact,
    Equipment,
    EquipmentModel,
    FeeReturn,
    ListedEntry,
    OfficialList,
    Operator,
    PoolReport,
    Principal,
    ProtectionDecision,
    Registration,
    Sale,
    Site,
    SiteMeter,
    StatusRecord,
    SupplyContract,
    Venue,
)

BORN_IN_MONTH_13 = "991340"  # no real company can have it


def invented_bin(n: int, start: str = BORN_IN_MONTH_13) -> str:
    """The n-th number with a right check digit that no register has issued."""
    serial = n * 3
    while True:
        first_eleven = f"{start}{serial:05d}"
        last = check_digit(first_eleven)
        if last is not None:
            return f"{first_eleven}{last}"
        serial += 1


class OperatorFactory(factory.django.DjangoModelFactory[Operator]):
    """A company; ``person=True`` makes a sole entrepreneur."""

    class Meta:
        model = Operator

    class Params:
        person = factory.Trait(
            bin=factory.Sequence(lambda n: invented_bin(n, "991335")),
            kind=NumberKind.IIN,
            name=factory.Sequence(lambda n: f"ИП Пример {n}"),
            legal_form="ИП",
        )

    bin = factory.Sequence(invented_bin)
    kind = NumberKind.BIN
    name = factory.Sequence(lambda n: f"ТОО «Көкжал Хэшрейт {n}»")
    legal_form = "ТОО"
    kato = "630000000"


class RegistrationFactory(factory.django.DjangoModelFactory[Registration]):
    """An application; ``active=True`` is in force since 15 March 2025 for three years."""

    class Meta:
        model = Registration
        skip_postgeneration_save = True

    class Params:
        active = factory.Trait(
            status=Status.ACTIVE,
            valid_from=date(2025, 3, 15),
            valid_to=date(2028, 3, 14),
            status_from=date(2025, 3, 15),
        )

    number = factory.Sequence(lambda n: f"T-{n:05d}")
    operator = factory.SubFactory(OperatorFactory)
    kind = Kind.LICENCE_1
    status = Status.APPLIED
    status_from = date(2025, 3, 15)

    @factory.post_generation
    def records(self: Any, create: bool, _extracted: Any, **_more: Any) -> None:
        if create:
            StatusRecord.objects.create(
                registration=self, status=self.status, effective_from=self.status_from
            )


class SiteFactory(factory.django.DjangoModelFactory[Site]):
    """A place in East Kazakhstan that declares 12 MW."""

    class Meta:
        model = Site

    registration = factory.SubFactory(RegistrationFactory, active=True)
    name = factory.Sequence(lambda n: f"Тобылғы-{n}")
    address = "Глубоковский район"
    kato = "634000000"
    lat = 50.15
    lon = 82.32
    declared_kw = Decimal(12000)


class SiteMeterFactory(factory.django.DjangoModelFactory[SiteMeter]):
    """A meter declared since the registration's beginning."""

    class Meta:
        model = SiteMeter

    site = factory.SubFactory(SiteFactory)
    code = factory.Sequence(lambda n: f"KZ-M-{n:06d}")
    valid_from = date(2025, 3, 15)


SOURCE = "Демо-источник № 1"


class ContactFactory(factory.django.DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    operator = factory.SubFactory(OperatorFactory)
    kind = ContactKind.PHONE
    value = factory.Sequence(lambda n: f"+7 700 000 {n:04d}")
    source = SOURCE


class PrincipalFactory(factory.django.DjangoModelFactory[Principal]):
    """A manager; ``owner=True`` holds 60 percent."""

    class Meta:
        model = Principal

    class Params:
        owner = factory.Trait(part=Part.OWNER, share=Decimal(60))

    operator = factory.SubFactory(OperatorFactory)
    part = Part.MANAGER
    name = factory.Sequence(lambda n: f"Демобеков Пример {n}")
    source = SOURCE


class EquipmentFactory(factory.django.DjangoModelFactory[Equipment]):
    """A thousand S19j Pro, 3,068 W each."""

    class Meta:
        model = Equipment

    site = factory.SubFactory(SiteFactory)
    lot = factory.Sequence(lambda n: f"L-{n}")
    model = factory.LazyFunction(lambda: EquipmentModel.objects.get(key="S19JPRO"))
    described = "Antminer S19j Pro 104T"
    count = 1000
    source = SOURCE


class SupplyContractFactory(factory.django.DjangoModelFactory[SupplyContract]):
    class Meta:
        model = SupplyContract

    operator = factory.SubFactory(OperatorFactory)
    number = factory.Sequence(lambda n: f"C-{n}")
    kind = SupplyKind.AUCTION
    kw = Decimal(6000)
    valid_from = date(2025, 4, 1)
    source = SOURCE


class FeeReturnFactory(factory.django.DjangoModelFactory[FeeReturn]):
    """10 GWh in the first quarter of 2026 at an invented rate of 2 KZT."""

    class Meta:
        model = FeeReturn

    operator = factory.SubFactory(OperatorFactory)
    year, quarter = 2026, 1
    kwh = Decimal(10_000_000)
    rate_kzt = Decimal(2)
    due_kzt = Decimal(20_000_000)
    source = SOURCE


class OfficialListFactory(factory.django.DjangoModelFactory[OfficialList]):
    class Meta:
        model = OfficialList

    kind = Kind.LICENCE_1
    day = date(2026, 10, 1)
    body = "Демо-орган"
    reference = "Демо-публикация № 1"


class ListedEntryFactory(factory.django.DjangoModelFactory[ListedEntry]):
    class Meta:
        model = ListedEntry

    official_list = factory.SubFactory(OfficialListFactory)
    number = factory.Sequence(lambda n: f"L-{n:05d}")
    operator_bin = factory.Sequence(invented_bin)
    operator_name = factory.Sequence(lambda n: f"ТОО «Көкжал Хэшрейт {n}»")


class VenueFactory(factory.django.DjangoModelFactory[Venue]):
    class Meta:
        model = Venue

    code = factory.Sequence(lambda n: f"demo-{n}")
    name = factory.Sequence(lambda n: f"Демо-биржа {n}")
    admitted_from = date(2024, 1, 1)
    source = SOURCE


class SaleFactory(factory.django.DjangoModelFactory[Sale]):
    """10 BTC mined in September 2026, of which 6 were sold."""

    class Meta:
        model = Sale

    operator = factory.SubFactory(OperatorFactory)
    venue = factory.SubFactory(VenueFactory)
    asset = "BTC"
    period_from, period_to = date(2026, 9, 1), date(2026, 9, 30)
    mined, sold = Decimal(10), Decimal(6)
    source = SOURCE


class PoolReportFactory(factory.django.DjangoModelFactory[PoolReport]):
    class Meta:
        model = PoolReport

    pool = "Демо-пул"
    number = factory.Sequence(invented_bin)
    name = "ТОО «Көкжал Хэшрейт»"
    wallet = factory.Sequence(lambda n: f"demo-wallet-{n}")
    distributed_on = date(2026, 9, 15)
    asset = "BTC"
    amount = Decimal("0.5")
    source = SOURCE


class ProtectionDecisionFactory(factory.django.DjangoModelFactory[ProtectionDecision]):
    """A draft of the Ministry on the mark of an operator in good standing.

    ``heard=True`` was heard with due notice; ``proposed=True`` waits for named persons;
    ``lifted=True`` lifts the mark since 2 November 2026.
    """

    class Meta:
        model = ProtectionDecision

    class Params:
        heard = factory.Trait(
            state=ProtectionState.HEARD,
            invited="Директор демо-оператора",
            notice_sent_on=date(2026, 10, 12),
            hearing_on=date(2026, 10, 20),
            attendance=Attendance.CAME,
            minutes="Демо: доводы стороны выслушаны.",
        )
        proposed = factory.Trait(
            heard=True,
            state=ProtectionState.PROPOSED,
            proposed_by=factory.SelfAttribute("drafted_by"),
            proposed_at=factory.LazyFunction(clock.now),
            valid_from=factory.LazyFunction(clock.today),
        )
        lifted = factory.Trait(
            proposed=True,
            state=ProtectionState.DECIDED,
            valid_from=date(2026, 11, 2),
            decided_by=factory.LazyAttribute(
                lambda one: UserFactory(role=Role.HEAD, agency=one.lead_agency)
            ),
            decided_at=factory.LazyFunction(clock.now),
        )

    operator = factory.LazyFunction(lambda: RegistrationFactory(active=True).operator)
    lead_agency = factory.LazyFunction(lambda: AgencyFactory(energy=True))
    drafted_by = factory.LazyAttribute(
        lambda one: UserFactory(role=Role.OFFICER, agency=one.lead_agency)
    )
    act = factory.LazyFunction(lambda: Act.objects.get(code="law-193-vii"))
    event_on = date(2026, 9, 1)
    reason = "Демо: запись и показания расходятся вдвое"
