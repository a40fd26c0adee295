"""The registry's parties as the matcher takes them."""

from collections.abc import Iterator

from registry.matching import Party
from registry.models import Registration

AT_ONCE = 5_000


def registered_parties() -> Iterator[Party]:
    """Every registration with its operator's names, once for each of its sites."""
    rows = Registration.objects.order_by("pk").values_list(
        "number", "operator__name", "operator__name_kk", "operator__name_ru", "operator__name_en",
        "operator__bin", "operator__address", "sites__address", "sites__lat", "sites__lon",
    )  # fmt: skip
    for number, *names, bin_, address, site_address, lat, lon in rows.iterator(AT_ONCE):
        spellings = tuple(dict.fromkeys(name for name in names if name))
        yield Party(number, spellings, bin_, site_address or address, lat, lon)
