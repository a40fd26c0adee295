"""What the registry knows about the place and party of a lead or a case."""

from collections.abc import Iterable

from cases.models import Case, Lead
from common import clock
from registry.selectors import Standing, Whereabouts, protected_among, protected_numbers, standing


def registry_box(subject: Lead | Case) -> Standing:
    """The registry's matches by meter, number, name and distance, as of today."""
    return standing(
        meter=subject.meter,
        bin=subject.party_bin,
        name=subject.party_name,
        lat=subject.lat,
        lon=subject.lon,
        on=clock.today(),
    )


def covered_by(case: Case) -> frozenset[str]:
    """Numbers of the operators against whom one official proposed and another confirmed it.

    A case that two persons opened against one operator says nothing about another, nor about
    who takes the meter or the place over later: what counts is against whom it was stated.
    """
    confirmed = list(case.leads.by_two_persons().select_related("stated"))
    named = frozenset(number for one in confirmed if one.stated for number in one.stated.against)
    # Confirmed before statements were kept: those who carry the mark there today.
    older = [lead for lead in confirmed if lead.stated is None]
    return named.union(*_numbers(older).values()) if older else named


def protected_of_lead(lead: Lead) -> frozenset[str]:
    """Numbers of the bearers of the mark whom the lead concerns."""
    return _numbers([lead]).get(lead.pk, frozenset())


def protected_of_case(case: Case) -> frozenset[str]:
    """The same for a case and everything that its leads name."""
    own = _numbers([case]).get(case.pk, frozenset())
    return own.union(*_numbers(case.leads.all()).values())


def marked_among(subjects: Iterable[Lead] | Iterable[Case]) -> set[int]:
    """Keys of the leads, or of the cases, that concern a bearer of the mark; four queries."""
    return protected_among(map(_whereabouts, subjects), clock.today())


def _numbers(subjects: Iterable[Lead] | Iterable[Case]) -> dict[int, frozenset[str]]:
    return protected_numbers(map(_whereabouts, subjects), clock.today())


def _whereabouts(subject: Lead | Case) -> Whereabouts:
    return Whereabouts(
        subject.pk, subject.meter, subject.party_bin, lat=subject.lat, lon=subject.lon
    )
