"""What the registry knows about the place and party of a lead or a case."""

from cases.models import Case, Lead
from common import clock
from registry.selectors import Standing, standing


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

    A case that two persons opened against one operator says nothing about another.
    """
    confirmed = case.leads.by_two_persons()
    return frozenset().union(*(registry_box(lead).operators for lead in confirmed))
