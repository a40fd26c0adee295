"""The one door: a tip, a finding and a referral all become a lead here."""

from typing import Any, NotRequired, TypedDict, Unpack

from django.db import IntegrityError, transaction

from accounts.models import User
from cases.actions.numbers import LEAD, next_number
from cases.models import Lead
from cases.selectors import terms
from common import clock, geo
from common.names import fold, strip_legal_form
from journal.actions import record

NAME_LENGTH = 300


class NewLead(TypedDict):
    """What a lead is raised with; texts in kk, ru and en, power in kW, degrees WGS 84.

    ``reasons`` are {"text": {…}, "weight": float or None, "source": {…}}, each with an optional
    "origin": the code of the independent source it comes from. ``facts`` is kept as given and
    may hold "curve": {"start", "step_minutes", "kw", "declared_kw"}.
    """

    source: str
    key: str
    title: dict[str, str]
    reasons: list[dict[str, Any]]
    kato: str
    meter: NotRequired[str]
    party_name: NotRequired[str]
    party_bin: NotRequired[str]
    place: NotRequired[str]
    lat: NotRequired[float | None]
    lon: NotRequired[float | None]
    est_kw_low: NotRequired[float | None]
    est_kw_high: NotRequired[float | None]
    confidence: NotRequired[float | None]
    facts: NotRequired[dict[str, Any]]
    actor: NotRequired[User | None]


def raise_lead(**given: Unpack[NewLead]) -> Lead:
    """Raises a lead, or returns the one already raised with this key, unchanged."""
    known: Lead | None = Lead.objects.filter(key=given["key"]).first()
    if known:
        return known
    try:
        with transaction.atomic():
            return _raise(given)
    except IntegrityError:
        # Two runs met: the other one was first, and its lead stands.
        met: Lead | None = Lead.objects.filter(key=given["key"]).first()
        if met is None:
            raise
        return met


def _raise(given: NewLead) -> Lead:
    actor = given.get("actor")
    lat, lon = given.get("lat"), given.get("lon")
    name = given.get("party_name", "")[:NAME_LENGTH]
    lead = Lead(
        number=next_number(LEAD),
        key=given["key"],
        source=given["source"],
        title=given["title"],
        reasons=given["reasons"],
        facts=given.get("facts", {}),
        kato=given["kato"],
        region=given["kato"][:2],
        meter=given.get("meter", ""),
        party_name=name,
        party_folded=fold(strip_legal_form(name)),
        party_bin=given.get("party_bin", ""),
        place=given.get("place", "")[:500],
        lat=lat,
        lon=lon,
        cell=geo.cell(lat, lon) if lat is not None and lon is not None else "",
        est_kw_low=given.get("est_kw_low"),
        est_kw_high=given.get("est_kw_high"),
        confidence=given.get("confidence"),
        raised_at=clock.now(),
        due_on=terms.due_after(terms.TRIAGE),
    )
    lead.search = search_text(lead.number, *lead.title.values(), name, lead.place, lead.meter)
    lead.save(force_insert=True)
    record("cases.lead.raise", lead, actor=actor, facts={"source": lead.source})
    return lead


def search_text(*texts: str) -> str:
    """What a search looks in: each text once, folded."""
    return " | ".join(dict.fromkeys(fold(text) for text in texts if text))
