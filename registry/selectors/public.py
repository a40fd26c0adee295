"""What everyone may know: is this operator or site registered, and as of when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from common.clock import day_of
from common.identifiers import number_in
from pages.badges import Badge
from registry.choices import ImportKind, ImportState, NumberKind
from registry.models import ImportBatch, Registration
from registry.querysets import named
from registry.selectors.declared import is_in_force
from registry.selectors.entries import badge_on, region_name

MOST = 50
SHORTEST = 3  # letters of a name; less finds everything


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """One entry as the public sees it; a sole entrepreneur's name and number stay out."""

    number: str
    name: str
    bin: str
    kind: str
    status: str
    badge: Badge
    in_force: bool
    valid_from: date | None
    valid_to: date | None
    regions: list[str]
    sites: int
    declared_kw: float

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "number": self.number,
            "name": self.name,
            "bin": self.bin or None,
            "kind": self.kind,
            "status": self.status,
            "in_force": self.in_force,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "regions": self.regions,
            "declared_kw": self.declared_kw,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found: by which word (number, bin, name, "" if nothing was asked)."""

    query: str
    on: date
    found_by: str
    entries: list[PublicEntry]

    @property
    def registered(self) -> bool:
        """Whether an entry found by an exact number was in force on the day."""
        return self.found_by != "name" and any(entry.in_force for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Reflected:
    """The official list behind the register: its day, and the act if one was named."""

    day: date | None
    act: str


def reflected() -> Reflected:
    """The list that was applied last."""
    applied = ImportBatch.objects.filter(kind=ImportKind.REGISTRATIONS, state=ImportState.APPLIED)
    last = applied.order_by("-applied_at").first()
    if last is None:
        return Reflected(None, "")
    return Reflected(last.act_date or day_of(last.applied_at), last.act_reference)


def search_public(text: str, on: date) -> Answer:
    """Exactly by number, BIN or IIN; otherwise companies by name or site, at most fifty.

    Sole entrepreneurs are found by exact number only.
    """
    text = text.strip()
    public = Registration.objects.public(on)
    by_number = public.filter(number__iexact=text) if text else public.none()
    if entries := public_entries(by_number, on):
        return Answer(text, on, "number", entries)
    if number := number_in(text):
        return Answer(text, on, "bin", public_entries(public.filter(operator__bin=number), on))
    if len(text) < SHORTEST:
        return Answer(text, on, "", [])
    places = public.filter(sites__name__icontains=text).values("pk")
    found = public.companies().filter(named(text, "operator__") | Q(pk__in=places))
    return Answer(text, on, "name", public_entries(found, on))


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """The answer for machines, with the list behind it and what it does not prove."""
    behind = reflected()
    return {
        "query": answer.query,
        "as_of": answer.on,
        "reflects": {"day": behind.day, "act": behind.act},
        "registered": answer.registered,
        "found_by": answer.found_by,
        "entries": [entry.as_json() for entry in answer.entries],
        "note": "" if answer.entries else no_entry_note(),
    }


def no_entry_note() -> str:
    """That nothing was found is no evidence, and every answer says so."""
    return _("No entry proves nothing: it may have been made later or under another number.")


def public_entries(rows: QuerySet[Registration], on: date) -> list[PublicEntry]:
    """At most fifty rows of ``Registration.objects.public(on)``, two queries."""
    rows = rows.select_related("operator").prefetch_related("sites").order_by("number")
    return [_public(one, on) for one in rows[:MOST]]


def _public(one: Any, on: date) -> PublicEntry:
    person = one.operator.kind == NumberKind.IIN
    sites = list(one.sites.all())
    return PublicEntry(
        number=one.number,
        name=_("Sole entrepreneur") if person else one.operator.display_name,
        bin="" if person else one.operator.bin,
        kind=one.get_kind_display(),
        status=one.status_on,
        badge=badge_on(one, one.status_on, on),
        in_force=is_in_force(one.status_on, one.valid_from, one.valid_to, on),
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        regions=list(dict.fromkeys(filter(None, (region_name(site.kato) for site in sites)))),
        sites=len(sites),
        declared_kw=float(sum(site.declared_kw for site in sites)),
    )
