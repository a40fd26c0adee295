"""The registry's parties as the matcher takes them."""

from collections.abc import Iterator, Sequence

from django.db.models import OuterRef, QuerySet, Subquery

from common.names import latin, strip_legal_form
from registry.matching import Party
from registry.models import Operator, Site

CHUNK = 2000  # operators in memory at a time


def operators_to_match() -> QuerySet[Operator]:
    """Operators with the place of their first site that has coordinates."""
    places = Site.objects.filter(registration__operator=OuterRef("pk"), lat__isnull=False)
    first = places.order_by("pk")
    return Operator.objects.annotate(
        lat=Subquery(first.values("lat")[:1]), lon=Subquery(first.values("lon")[:1])
    ).order_by("pk")


def party_of(operator: Operator, *, with_number: bool = True) -> Party:
    """One operator of ``operators_to_match``; without its number only name and place speak."""
    names = (operator.name, operator.name_kk, operator.name_ru, operator.name_en)
    return Party(
        key=str(operator.pk),
        names=tuple(dict.fromkeys(name for name in names if name)),
        bin=operator.bin if with_number else "",
        address=operator.address,
        lat=getattr(operator, "lat", None),
        lon=getattr(operator, "lon", None),
    )


def every_party() -> Iterator[Party]:
    """All operators, read once in chunks."""
    for operator in operators_to_match().iterator(chunk_size=CHUNK):
        yield party_of(operator)


def chunks_after(key: int) -> Iterator[Sequence[Operator]]:
    """Operators with a greater key, in chunks by key."""
    while chunk := list(operators_to_match().filter(pk__gt=key)[:CHUNK]):
        yield chunk
        key = chunk[-1].pk


def outside_key(name: str, number: str) -> str:
    """What tells an outside party from others: its bare name in Latin, and its number."""
    return f"{latin(strip_legal_form(name))[:380]}|{number}"
