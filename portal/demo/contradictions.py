"""Two sources that contradict each other, for demo proposals against a registered operator."""

from datetime import timedelta
from decimal import Decimal

from cases.actions import SourceWords
from cases.choices import FigureUnit, SourceKind
from cases.models import Lead
from cases.selectors.registry_box import registry_box
from common import clock
from portal.demo.names import texts

SEEN_SHARE = Decimal("1.6")  # of the declared power, as the demo's feeder shows it


def two_sources(lead: Lead) -> tuple[SourceWords, ...]:
    """The registry's declared power and a feeder's peak; nothing where nobody is protected."""
    entry = next((one for one in registry_box(lead).matches if one.protected), None)
    if entry is None:
        return ()
    words = texts("cases")["contradiction"]
    declared = Decimal(str(entry.declared_kw))
    seen = clock.today() - timedelta(days=2)
    return (
        SourceWords(
            kind=SourceKind.REGISTRY, reference=entry.registration_number, item=entry.site_name,
            dated_on=seen, says=words["declared"], figure=declared, unit=FigureUnit.KW,
        ),
        SourceWords(
            kind=SourceKind.FEEDER, reference=f"demo_fider_{lead.number}.csv", dated_on=seen,
            says=words["feeder"], figure=declared * SEEN_SHARE, unit=FigureUnit.KW,
        ),
    )  # fmt: skip
