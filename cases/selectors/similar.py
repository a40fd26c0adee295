"""Leads and cases that share something with this one: meter, party, name, neighbourhood."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, Lead
from common.geo import metres, neighbours

SHOWN = 20
NEAR_M = 3_000


@dataclass(frozen=True, slots=True)
class Similar:
    """One lead or case, and what it shares with the subject, in words."""

    item: Lead | Case
    why: list[str]

    @property
    def is_case(self) -> bool:
        return isinstance(self.item, Case)


def similar_to(subject: Lead | Case, reader: User) -> list[Similar]:
    """What shares a strong sign first, then what is only near; cases before leads."""
    signs = _signs(subject)
    if not signs:
        return []
    found: list[Similar] = []
    for model in (Case, Lead):
        rows: Any = model.objects.visible_to(reader).filter(signs).distinct()
        if isinstance(subject, model):
            rows = rows.exclude(pk=subject.pk)
        elif isinstance(subject, Case):
            rows = rows.exclude(case=subject)
        else:
            rows = rows.exclude(pk=subject.case_id)
        found += [Similar(row, _shared(subject, row)) for row in rows.order_by("-pk")[:SHOWN]]
    linked = [one for one in found if one.why]
    return sorted(linked, key=lambda one: -len(one.why))[:SHOWN]


def _signs(subject: Lead | Case) -> Q:
    signs = Q()
    if subject.meter:
        signs |= Q(meter=subject.meter)
    if subject.party_bin:
        signs |= Q(party_bin=subject.party_bin)
    if subject.party_folded:
        signs |= Q(party_folded=subject.party_folded)
    if subject.cell:
        signs |= Q(cell__in=neighbours(subject.cell))
    return signs


def _shared(one: Lead | Case, other: Lead | Case) -> list[str]:
    shared = []
    if one.meter and one.meter == other.meter:
        shared.append(_("same meter"))
    if one.party_bin and one.party_bin == other.party_bin:
        shared.append(_("same BIN"))
    elif one.party_folded and one.party_folded == other.party_folded:
        shared.append(_("same name"))
    distance = _metres(one, other)
    if distance is not None and distance <= NEAR_M:
        shared.append(_("%(metres)d m away") % {"metres": round(distance, -1)})
    return shared


def _metres(one: Lead | Case, other: Lead | Case) -> float | None:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return metres((one.lat, one.lon), (other.lat, other.lon))
