"""What the registry knows about the place and party of a lead or a case."""

from cases.models import Case, Lead
from common import clock

try:
    from registry.selectors import Standing, standing
except ImportError:
    from dataclasses import dataclass, field
    from typing import Any

    @dataclass
    class Standing:
        matches: list = field(default_factory=list)
        protected: bool = False

    def standing(**_k: Any) -> Standing:
        return Standing()


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
