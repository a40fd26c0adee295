"""People and bodies for tests."""

from typing import Any

import factory
from django.utils import timezone

from accounts.choices import AgencyKind, GrantState
from accounts.models import Agency, RoleGrant, User


class AgencyFactory(factory.django.DjangoModelFactory):
    """A partner body; traits give the three members and a data supplier."""

    class Meta:
        model = Agency
        django_get_or_create = ("code",)

    class Params:
        energy = factory.Trait(
            code="energy", kind=AgencyKind.MEMBER, name_en="Ministry of Energy",
            name_ru="Минэнерго", name_kk="Энергетика министрлігі",
        )  # fmt: skip
        association = factory.Trait(
            code="association", kind=AgencyKind.MEMBER, name_en="Blockchain Association",
            name_ru="Ассоциация блокчейна", name_kk="Блокчейн қауымдастығы",
        )  # fmt: skip
        atameken = factory.Trait(
            code="atameken", kind=AgencyKind.MEMBER, name_en="Atameken",
            name_ru="Атамекен", name_kk="Атамекен",
        )  # fmt: skip
        supplier = factory.Trait(code="demo-res-north", kind=AgencyKind.SUPPLIER)

    code = factory.Sequence(lambda n: f"body-{n}")
    kind = AgencyKind.PARTNER
    name_en = factory.LazyAttribute(lambda body: f"Body {body.code}")
    name_ru = factory.LazyAttribute(lambda body: f"Орган {body.code}")
    name_kk = factory.LazyAttribute(lambda body: f"Орган {body.code}")


class UserFactory(factory.django.DjangoModelFactory):
    """A person; ``role`` (one or None) is granted and in force."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@portal.example")
    full_name = factory.Sequence(lambda n: f"Person {n}")
    agency = factory.SubFactory(AgencyFactory)
    language = "en"

    @factory.post_generation
    def role(self, create: bool, extracted: str | None, **_more: Any) -> None:
        if create and extracted:
            RoleGrant.objects.create(
                user=self, role=extracted, state=GrantState.ACTIVE, reason="test",
                since=timezone.now(),
            )  # fmt: skip
