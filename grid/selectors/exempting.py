"""Which meters a document keeps out of the search for mining on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from grid.models import Exemption, Meter
from grid.selectors.peers import REGION_DIGITS

Group = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Exempt:
    """Meters by code and peer groups (tariff group, activity, region) exempt on one day."""

    codes: frozenset[str]
    groups: frozenset[Group]

    def covers(self, code: str, tariff_group: str, activity: str, kato: str) -> bool:
        """Whether a meter with these facts is left out."""
        return code in self.codes or _group(tariff_group, activity, kato) in self.groups


def exempt_on(day: date) -> Exempt:
    """All exemptions in force on a day, in one query."""
    rows = Exemption.objects.on(day).values_list(
        "meter__code", "tariff_group", "activity", "region"
    )
    codes, groups = set(), set()
    for code, *group in rows:
        if code is None:
            groups.add((group[0], group[1], group[2]))
        else:
            codes.add(code)
    return Exempt(frozenset(codes), frozenset(groups))


def exemptions_of(meters: Iterable[Meter], day: date) -> dict[int, Exemption]:
    """The exemption in force on a day by meter's number; of several, the one that ends last."""
    rows = Exemption.objects.on(day).select_related("document", "meter").order_by("valid_to")
    by_meter: dict[int, Exemption] = {}
    by_group: dict[Group, Exemption] = {}
    for row in rows:
        if row.meter_id:
            by_meter[row.meter_id] = row
        else:
            by_group[row.tariff_group, row.activity, row.region] = row
    found = {}
    for meter in meters:
        group = _group(meter.tariff_group, meter.activity, meter.kato)
        both = [one for one in (by_meter.get(meter.pk), by_group.get(group)) if one]
        if both:
            found[meter.pk] = max(both, key=lambda one: one.valid_to)
    return found


def _group(tariff_group: str, activity: str, kato: str) -> Group:
    return tariff_group, activity, kato[:REGION_DIGITS]
