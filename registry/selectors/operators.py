"""An operator as its page shows it on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from common import asic
from pages.badges import Badge
from pages.parts import Fact
from pages.wording import kw, short_date
from registry.choices import IN_PREPARATION
from registry.models import (
    Equipment,
    Operator,
    ProtectionDecision,
    Registration,
    Site,
    SiteMeter,
    StatusRecord,
)
from registry.policies import may_see_iin
from registry.selectors.declared import is_in_force
from registry.selectors.entries import badge_on, region_name
from registry.selectors.exchange import pools_until, sales_until
from registry.selectors.official import Listed, listed_on
from registry.selectors.past import FieldChange, Past, as_stood, events_of, field_changes
from registry.selectors.protection import decisions_by

MOST_CHANGES = 100


@dataclass(frozen=True, slots=True)
class EntryOn:
    """One registration on the day: its badge then, whether in force, its acts, the lists."""

    registration: Registration
    badge: Badge
    in_force: bool
    records: list[Any]
    listed: Listed


@dataclass(frozen=True, slots=True)
class SiteOn:
    """One site on the day; power in kW. ``rated`` is None while a lot's power is unknown."""

    pk: int
    past: Past
    region: str
    meters: list[str]
    lots: list[Equipment]

    @property
    def row(self) -> Any:
        return self.past.row

    @property
    def unknown_lots(self) -> int:
        """Lots whose power neither the catalogue nor the paper states."""
        return sum(lot.rated_kw is None for lot in self.lots)

    @property
    def rated(self) -> float | None:
        """Rated power of the devices without overhead; None when nothing or not all is known."""
        known = [lot.rated_kw for lot in self.lots if lot.rated_kw is not None]
        return sum(known) if self.lots and len(known) == len(self.lots) else None

    @property
    def expected(self) -> tuple[float, float] | None:
        """Power at the meter, low to high, with fans, losses and cooling."""
        if self.rated is None:
            return None
        return self.rated * asic.OVERHEAD_LOW, self.rated * asic.OVERHEAD_HIGH

    @property
    def exceeds(self) -> bool:
        """Whether the devices alone may draw more than was declared."""
        return self.rated is not None and self.rated > float(self.row.declared_kw)


@dataclass(frozen=True, slots=True)
class OperatorView:
    """Everything that the registry tells of an operator on a day."""

    operator: Operator
    on: date
    past: Past | None
    entries: list[EntryOn]
    sites: list[SiteOn]
    contracts: list[Any]
    returns: list[Any]
    sales: list[Any]
    pools: list[Any]
    contacts: list[Any]
    principals: list[Any]
    changes: list[tuple[FieldChange, str]]
    shows_people: bool
    decisions: list[ProtectionDecision]

    @property
    def row(self) -> Any:
        """The operator's columns as they stood."""
        return self.past.row if self.past else self.operator

    @property
    def name(self) -> str:
        """The name of the day in the reader's language."""
        return str(getattr(self.row, f"name_{get_language() or 'ru'}", "") or self.row.name)

    @property
    def before_records(self) -> bool:
        """Whether the day lies before the portal's first record of the operator."""
        return self.past is not None and not self.past.known

    @property
    def declared_kw(self) -> float:
        return sum(float(one.row.declared_kw) for one in self.sites)

    @property
    def in_force(self) -> bool:
        """Whether some entry was in force on the day."""
        return any(one.in_force for one in self.entries)

    @property
    def lifting(self) -> ProtectionDecision | None:
        """The decision by which the operator did not carry the mark on the day."""
        return next((one for one in self.decisions if one.lifts(self.on)), None)

    @property
    def protected(self) -> bool:
        """Whether it carried the mark "no restriction applies" on the day."""
        return self.in_force and self.lifting is None

    @property
    def may_lose_mark(self) -> bool:
        """Whether there is a mark to lift and no decision about it is under way."""
        return self.protected and not any(one.state in IN_PREPARATION for one in self.decisions)

    @property
    def has_personal(self) -> bool:
        """Whether the page tells something of natural persons."""
        people = any(one.is_person for one in self.principals)
        return self.operator.is_person or people or any(c.is_personal for c in self.contacts)


def operator_on(operator: Operator, on: date, user: Any) -> OperatorView:
    """The operator on that day; at most twenty-two queries whatever its size."""
    registrations = list(operator.registrations.as_of(on).order_by("number"))
    own = events_of(Operator, [operator.pk])
    site_events = _site_events(registrations)
    sites = _sites(registrations, site_events, on)
    shows = may_see_iin(user)
    history = [
        *field_changes(Operator, own, () if shows or not operator.is_person else ("bin",)),
        *field_changes(Registration, events_of(Registration, [r.pk for r in registrations])),
        *field_changes(Site, site_events),
    ]
    return OperatorView(
        operator=operator,
        on=on,
        past=as_stood(own, on).get(operator.pk),
        entries=_entries(registrations, on),
        sites=sites,
        contracts=list(operator.contracts.on(on).select_related("site")),
        returns=list(operator.fee_returns.filter(Q(filed_on__isnull=True) | Q(filed_on__lte=on))),
        sales=sales_until(operator, on),
        pools=pools_until(operator, on),
        contacts=list(operator.contacts.on(on)),
        principals=list(operator.principals.on(on)),
        changes=_named(sorted(history, key=lambda one: one.at, reverse=True)[:MOST_CHANGES]),
        shows_people=shows,
        decisions=decisions_by(operator, on),
    )


def _entries(registrations: Sequence[Any], on: date) -> list[EntryOn]:
    listed = listed_on(registrations, on)
    records: dict[int, list[Any]] = {one.pk: [] for one in registrations}
    told = StatusRecord.objects.filter(registration__in=records, effective_from__lte=on)
    for record in told.order_by("-effective_from", "-pk"):
        records[record.registration_id].append(record)
    return [
        EntryOn(
            registration=one,
            badge=badge_on(one, one.status_on, on),
            in_force=is_in_force(one.status_on, one.valid_from, one.valid_to, on),
            records=records[one.pk],
            listed=stands,
        )
        for one, stands in zip(registrations, listed, strict=True)
    ]


def _site_events(registrations: Sequence[Registration]) -> list[Any]:
    """History of every site that these entries ever had: a site may have passed on since."""
    ids = [one.pk for one in registrations]
    ever = Site.pgh_event_model.objects.filter(registration_id__in=ids)  # type: ignore[attr-defined]  # by pghistory
    return events_of(Site, set(ever.values_list("pgh_obj_id", flat=True)))


def _sites(registrations: Sequence[Any], events: list[Any], on: date) -> list[SiteOn]:
    mine = {one.pk for one in registrations}
    stood = {
        pk: past for pk, past in as_stood(events, on).items() if past.row.registration_id in mine
    }
    meters: dict[int, list[str]] = {}
    for site_id, code in (
        SiteMeter.objects.on(on).filter(site__in=stood).order_by("code")
        .values_list("site_id", "code")
    ):  # fmt: skip
        meters.setdefault(site_id, []).append(code)
    lots: dict[int, list[Equipment]] = {}
    for lot in Equipment.objects.on(on).filter(site__in=stood).select_related("model"):
        lots.setdefault(lot.site_id, []).append(lot)
    sites = [
        SiteOn(pk, past, region_name(past.row.kato), meters.get(pk, []), lots.get(pk, []))
        for pk, past in stood.items()
    ]
    return sorted(sites, key=lambda one: one.row.name)


def _named(changes: list[FieldChange]) -> list[tuple[FieldChange, str]]:
    people = User.objects.in_bulk({one.who for one in changes if one.who})
    return [(one, str(people[one.who]) if one.who in people else "") for one in changes]


def facts_on(view: OperatorView) -> list[Fact]:
    """The line under the head."""
    operator = view.operator
    number = operator.bin if view.shows_people else operator.masked_number
    places = _("%(kw)s; sites: %(sites)d, meters: %(meters)d") % {
        "kw": kw(view.declared_kw),
        "sites": len(view.sites),
        "meters": sum(len(one.meters) for one in view.sites),
    }
    facts = [
        Fact(_("IIN") if operator.is_person else _("BIN"), number),
        Fact(_("Legal form"), view.row.legal_form or _("unknown")),
        Fact(_("Declared"), places if view.sites else _("no sites"), strong=True),
        Fact(_("Address"), view.row.address or region_name(view.row.kato) or _("unknown")),
    ]
    given = [one.registration for one in view.entries if one.in_force]
    return [*facts, *[Fact(r.get_kind_display(), _term(r)) for r in given[:2]]]


def _term(registration: Registration) -> str:
    if not registration.valid_to:
        return registration.number
    ends = short_date(registration.valid_to)
    return _("%(number)s, to %(day)s") % {"number": registration.number, "day": ends}
