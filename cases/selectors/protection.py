"""What the mark "no restriction applies" asks of every way against its bearer."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import ADVERSE, HARMLESS
from cases.models import Case, Contradiction, Lead
from cases.selectors.registry_box import (
    covered_by,
    protected_of_case,
    protected_of_lead,
    registry_box,
)
from journal.workflow import Gate

SOURCES_NEEDED = 2


def promotion_gates(lead: Lead) -> list[Gate]:
    """A registered, active party or place needs a stated contradiction and a second person."""
    box = registry_box(lead)
    if not box.protected:
        return []
    names = ", ".join(match.operator_name for match in box.matches if match.protected)
    return [
        Gate(
            ok=False,
            text=ngettext(
                "The registry knows a registered, active operator here (%(names)s). Say what "
                "contradicts the entry; another official then confirms.",
                "The registry knows registered, active operators here (%(names)s). Say what "
                "contradicts the entries; another official then confirms.",
                sum(1 for match in box.matches if match.protected),
            )
            % {"names": names},
        )
    ]


def two_sources(lead: Lead, given: Mapping[str, Any]) -> list[Gate]:
    """A proposal brings a contradiction of this lead between two different sources."""
    stated = given.get("stated")
    mine = isinstance(stated, Contradiction) and stated.lead_id == lead.pk
    return [Gate(bool(mine and _differ(stated)), _two_sources_words())]


def confirmation_gates(lead: Lead) -> list[Gate]:
    """The second person confirms what was stated, against whom it was stated."""
    stated = lead.stated
    against = set(stated.against) if stated else set()
    return [
        Gate(stated is not None and _differ(stated), _two_sources_words()),
        Gate(
            protected_of_lead(lead) <= against,
            _(
                "Nobody else came to carry the mark here since the proposal; if somebody did, "
                "decline it and propose anew."
            ),
        ),
    ]


def _differ(stated: Contradiction | None) -> bool:
    """By their files, as the database counts them."""
    if stated is None:
        return False
    return len({one.file_key for one in stated.sources.all()}) == SOURCES_NEEDED


def _two_sources_words() -> str:
    return _("Two different sources that contradict each other are named; one file counts once.")


def covered(lead: Lead, given: Mapping[str, Any]) -> list[Gate]:
    """A case takes up a lead against a bearer of the mark only if two persons opened it so."""
    case = given.get("case")
    fits = isinstance(case, Case) and protected_of_lead(lead) <= covered_by(case)
    return [
        Gate(
            fits,
            _(
                "The registry knows a registered, active operator here. Only a case that a "
                "second person has confirmed against this operator may take the lead up; "
                "propose one."
            ),
        )
    ]


def protection_gate(case: Case) -> list[Gate]:
    """An operator may have been entered, or an entry come into force, after the case began.

    All that the case and its leads name counts: meter, number, place.
    """
    if protected_of_case(case) <= covered_by(case):
        return []
    return [
        Gate(
            ok=False,
            text=_(
                "The party is a registered, active operator: a second person must have "
                "confirmed the case against it"
            ),
        )
    ]


def adverse(case: Case, given: Mapping[str, Any]) -> list[Gate]:
    """Only what finds against somebody is decided with all gates."""
    return [Gate(given.get("outcome") in ADVERSE, _("Choose an outcome of a decision."))]


def harmless(case: Case, given: Mapping[str, Any]) -> list[Gate]:
    """Nobody is found against by closing a case."""
    return [
        Gate(
            given.get("outcome") in HARMLESS,
            _("A case closed without a decision finds against nobody."),
        )
    ]
