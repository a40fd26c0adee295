"""Operators, registrations and sites for tests and for the demo."""

from datetime import date
from decimal import Decimal
from typing import Any

import factory

from common.identifiers import check_digit
from registry.choices import Kind, NumberKind, Status
from registry.models import Operator, Registration, Site, SiteMeter, StatusRecord

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
