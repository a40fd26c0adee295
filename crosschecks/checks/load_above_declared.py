"""A registered site's meters show more power than the site declared."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from crosschecks.catalogue import Hit, check, watched
from crosschecks.choices import Severity
from crosschecks.selectors.sites import DeclaredSite, MeteredPeak, metered_peak, sites_in_force
from grid.selectors import meter_card, peaks_on
from registry.selectors import declared_meters

MUCH, VERY_MUCH = 1.5, 2.0


@check(
    "load-above-declared",
    every="day",
    thresholds={"tolerance": 1.15},
    title=_("Load above the declared power"),
    looks_for=_(
        "Sites of registrations in force whose meters together drew more power than the site "
        "declared, by more than the tolerance. One peak is a thing to ask about, not an offence."
    ),
    reason=_("Peak %(peak_kw).0f kW, declared %(declared_kw).0f kW, tolerance ×%(tolerance).2f"),
    notes={
        "declared": _("Registration %(registration)s declares %(declared_kw).0f kW for %(site)s")
    },
    names={"tolerance": _("peak over declared power, more than (times)")},
)
def find_load_above_declared(day: date, tolerance: float) -> Iterator[Hit]:
    """A site's meters at one moment show more kW than declared times ``tolerance``.

    Peaks of several meters are first added up, which is the most they can be; only where that
    sum is too much are the curves laid over each other for the true common peak. Meters
    without readings count as nothing, so what is found is at least what was drawn.
    """
    peaks = peaks_on(day)
    sites = sites_in_force(declared_meters(day).values())
    for site in watched(sites, len(sites)):
        limit = site.declared_kw * tolerance
        known = {code: peaks[code] for code in site.meters if code in peaks}
        if sum(peak.kw for peak in known.values()) <= limit:
            continue
        peak = metered_peak(day, known)
        if peak.kw > limit:
            yield _hit(site, peak, tolerance)


def _hit(site: DeclaredSite, peak: MeteredPeak, tolerance: float) -> Hit:
    cards = [card for card in map(meter_card, peak.meters) if card is not None]
    place = cards[0] if cards else None
    return Hit(
        subject=f"site:{site.key}",
        label=f"{site.operator_name}, {site.name}",
        severity=_severity(peak.kw / site.declared_kw),
        facts={
            "peak_kw": peak.kw,
            "peak_at": peak.at.isoformat() if peak.at else None,
            "declared_kw": site.declared_kw,
            "tolerance": tolerance,
            "registration": site.registration,
            "site": site.name,
        },
        notes=["declared"],
        meters=peak.meters,
        feeds=sorted({card.supplier_code for card in cards}),
        registration=site.registration,
        party_name=site.operator_name,
        party_bin=site.operator_bin,
        place=site.name,
        kato=site.kato,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        declared_kw=site.declared_kw,
        est_kw_low=peak.kw - site.declared_kw,
        est_kw_high=peak.kw - site.declared_kw,
    )


def _severity(ratio: float) -> Severity:
    if ratio >= VERY_MUCH:
        return Severity.HIGH
    return Severity.MEDIUM if ratio >= MUCH else Severity.LOW
