"""One registration as its page shows it on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.regions import region_of
from pages.badges import Badge
from pages.maps import collection, point
from pages.parts import Fact
from pages.wording import kw, short_date
from registry.models import ProtectionDecision, Registration, Site
from registry.policies import may_see_iin
from registry.querysets import dated
from registry.selectors.declared import is_in_force
from registry.selectors.protection import lifting_on
from registry.wording import RAN_OUT, status_badge


@dataclass(frozen=True, slots=True)
class SiteView:
    """A site with the meter codes that it declares on the day; power in kW."""

    site: Site
    region: str
    meters: list[str]


@dataclass(frozen=True, slots=True)
class EntryView:
    """A registration on a day: its status then, its places, what else its operator holds."""

    registration: Registration
    on: date
    status: str | None
    badge: Badge
    in_force: bool
    sites: list[SiteView]
    others: list[tuple[Registration, Badge]]
    records: list[Any]
    held: bool
    lifting: ProtectionDecision | None

    @property
    def protected(self) -> bool:
        """Whether its operator carries the mark on the day, whichever entry it rests on."""
        return self.held and self.lifting is None

    @property
    def declared_kw(self) -> float:
        return sum(float(one.site.declared_kw) for one in self.sites)

    @property
    def regions(self) -> list[str]:
        """Names of the regions of its sites, each once."""
        return list(dict.fromkeys(one.region for one in self.sites if one.region))

    @property
    def meters_count(self) -> int:
        return sum(len(one.meters) for one in self.sites)


def entry_on(registration: Registration, on: date) -> EntryView:
    """The entry on that day; six queries whatever its size."""
    operator = registration.operator
    dated_rows = list(operator.registrations.as_of(on).order_by("number"))
    status = next(one.status_on for one in dated_rows if one.pk == registration.pk)
    return EntryView(
        registration=registration,
        on=on,
        status=status,
        badge=badge_on(registration, status, on),
        in_force=is_in_force(status, registration.valid_from, registration.valid_to, on),
        sites=_sites(registration, on),
        others=[
            (one, badge_on(one, one.status_on, on))
            for one in dated_rows
            if one.pk != registration.pk
        ],
        records=list(registration.status_records.order_by("-effective_from", "-pk")),
        held=any(
            is_in_force(one.status_on, one.valid_from, one.valid_to, on) for one in dated_rows
        ),
        lifting=lifting_on(operator, on),
    )


def badge_on(registration: Registration, status: str | None, on: date) -> Badge:
    """The state on a day; an active entry whose term has ended says so."""
    over = registration.valid_to is not None and registration.valid_to < on
    return RAN_OUT if status == "active" and over else status_badge(status)


def _sites(registration: Registration, on: date) -> list[SiteView]:
    meters: dict[int, list[str]] = {}
    declared = registration.sites.filter(dated(on, "meters__"), meters__isnull=False)
    for site_id, code in declared.order_by("meters__code").values_list("pk", "meters__code"):
        meters.setdefault(site_id, []).append(code)
    return [
        SiteView(site, region_name(site.kato), meters.get(site.pk, []))
        for site in registration.sites.all()
    ]


def region_name(kato: str) -> str:
    """The region's name in the reader's language, "" for none."""
    region = region_of(kato)
    return region.name(get_language() or "ru") if region else ""


def facts_of(entry: EntryView, user: Any) -> list[Fact]:
    """The line under the head; a person's number is masked for who may not see it."""
    registration, operator = entry.registration, entry.registration.operator
    number = operator.bin if may_see_iin(user) else operator.masked_number
    label = _("IIN") if operator.is_person else _("BIN")
    ends = registration.valid_to
    until = _("%(number)s, to %(day)s") % {"number": registration.number, "day": short_date(ends)}
    places = _("%(kw)s; sites: %(sites)d, meters: %(meters)d") % {
        "kw": kw(entry.declared_kw),
        "sites": len(entry.sites),
        "meters": entry.meters_count,
    }
    return [
        Fact(label, number),
        Fact(registration.get_kind_display(), until if ends else registration.number),
        Fact(_("Declared"), places, strong=True),
        Fact(_("Region"), ", ".join(entry.regions) or "–"),
    ]


def places_of(entry: EntryView) -> dict[str, Any] | None:
    """The sites for the map; None when no site has coordinates."""
    points = [
        point(one.site.lat, one.site.lon, one.site.name, tone="reg", kw=float(one.site.declared_kw))
        for one in entry.sites
        if one.site.lat is not None and one.site.lon is not None
    ]
    return collection(points) if points else None
