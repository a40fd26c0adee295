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
