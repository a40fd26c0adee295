"""What everyone may know: is this operator or site registered, and as of when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common.identifiers import number_in
from pages.badges import Badge
from registry.choices import NumberKind
from registry.models import Registration, Site
from registry.selectors.behind import reflected
from registry.selectors.declared import is_in_force
from registry.selectors.entries import badge_on, region_name
from registry.selectors.marks import marked

MOST = 50
SHORTEST = 3  # letters of a name; less finds everything
CHUNK = 2000  # rows of the whole list held in memory at a time


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the register: a number, BIN or name, and of which day.

    ``standing``, ``kind`` and ``region`` (the first two digits of KATO) narrow what is found by
    name; a number is answered whatever they say. ``after`` is the last number already shown.
    """

    text: str
    on: date
    standing: str = ""
    kind: str = ""
    region: str = ""
    after: str = ""


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
    protected: bool
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
            "no_restriction_applies": self.protected,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "regions": self.regions,
            "declared_kw": self.declared_kw,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, and by what: number, bin, name, list (nothing asked), "" (too short).

    ``next_after`` is the number after which the list goes on, "" at its end.
    """

    query: str
    on: date
    found_by: str
    entries: list[PublicEntry]
    next_after: str = ""

    @property
    def registered(self) -> bool:
        """Whether an entry found by an exact number was in force on the day."""
        exact = self.found_by in {"number", "bin"}
        return exact and any(entry.in_force for entry in self.entries)


def search_public(question: Question) -> Answer:
    """Exactly by number, BIN or IIN; otherwise companies by name or site, fifty at a time.

    Sole entrepreneurs are found by exact number only.
    """
    text, on = question.text, question.on
    public = Registration.objects.public(on)
    if text and (entries := public_entries(public.filter(number__iexact=text), on)):
        return Answer(text, on, "number", entries)
    if number := number_in(text):
        return Answer(text, on, "bin", public_entries(public.filter(operator__bin=number), on))
    if text and len(text) < SHORTEST:
        return Answer(text, on, "", [])
    entries = public_entries(
        public_list(question).filter(number__gt=question.after), on, most=MOST + 1
    )
    more = entries[MOST - 1].number if len(entries) > MOST else ""
    return Answer(text, on, "name" if text else "list", entries[:MOST], more)


def public_list(question: Question) -> QuerySet[Registration]:
    """The companies that the question means, all of them if it names none; by number."""
    rows = Registration.objects.public(question.on).companies()
    if question.text:
        places = Site.objects.filter(name__icontains=question.text).values("registration")
        by_name = Registration.objects.named(question.text).values("pk")
        # A union, since an OR over two tables would use the index of neither.
        rows = rows.filter(pk__in=by_name.union(places))
    if question.standing:
        rows = rows.standing(question.standing, question.on)
    if question.kind:
        rows = rows.filter(kind=question.kind)
    if question.region:
        rows = rows.in_region(question.region)
    return rows.order_by("number")


def every_entry(question: Question) -> Iterator[PublicEntry]:
    """The whole list, a bounded number of rows in memory at a time."""
    rows = public_list(question).select_related("operator").prefetch_related("sites")
    found = rows.iterator(chunk_size=CHUNK)
    while some := list(islice(found, CHUNK)):
        yield from _told(some, question.on)


def public_entry(number: str, on: date) -> PublicEntry | None:
    """The entry of that number as the public sees it on the day."""
    found = public_entries(Registration.objects.public(on).filter(number=number), on)
    return found[0] if found else None


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


def public_entries(rows: QuerySet[Registration], on: date, most: int = MOST) -> list[PublicEntry]:
    """At most so many rows of ``Registration.objects.public(on)``, three queries."""
    rows = rows.select_related("operator").prefetch_related("sites").order_by("number")
    return list(_told(list(rows[:most]), on))


def _told(rows: Sequence[Any], on: date) -> Iterator[PublicEntry]:
    holders = marked({one.operator_id for one in rows}, on)
    for one in rows:
        yield _public(one, on, protected=one.operator_id in holders)


def _public(one: Any, on: date, *, protected: bool) -> PublicEntry:
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
        protected=protected,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        regions=list(dict.fromkeys(filter(None, (region_name(site.kato) for site in sites)))),
        sites=len(sites),
        declared_kw=float(sum(site.declared_kw for site in sites)),
    )
