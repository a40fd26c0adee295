"""More goes into a feeder than its meters count and its technical norm allows."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from crosschecks.catalogue import Hit, check, watched
from crosschecks.choices import Severity
from grid.selectors import FeederGap, gaps_until

LOOKED_BACK = timedelta(days=62)  # totals of a month come in weeks after its end
LARGE_KW, MIDDLE_KW = 1000, 100


@check(
    "unmetered-feeder-load",
    every="day",
    thresholds={"assumed_norm": 0.08, "min_kw": 10, "min_coverage": 0.98},
    title=_("Energy of a feeder that no meter counts"),
    looks_for=_(
        "Feeders into which more energy went in their newest whole month than their meters "
        "counted and the technical loss norm allows: perhaps a connection without a meter. Months "
        "with missing readings are left out. It says nothing of whose the load is."
    ),
    reason=_(
        "%(entered_kwh).0f kWh went into the feeder, its meters counted %(metered_kwh).0f kWh: "
        "a loss of %(lost_percent).1f %%, the norm is %(norm_percent).1f %%"
    ),
    notes={
        "no_norm": _("No loss norm of this feeder is known; one is assumed"),
        "norm_unverified": _("The loss norm of this feeder is not verified"),
    },
    names={
        "assumed_norm": _("loss norm where none is known, share"),
        "min_kw": _("mean power beyond the norm, from, kW"),
        "min_coverage": _("share of readings present, from"),
    },
    sources=("readings", "feeder totals"),
)
def find_unmetered_feeder_load(
    day: date, assumed_norm: float, min_kw: float, min_coverage: float
) -> Iterator[Hit]:
    """Entered kWh × (1 − norm) exceeds the metered kWh by ``min_kw`` on the mean of the month.

    Judged is each feeder's newest whole month that ended in the 62 days up to ``day``, by the
    norm of that month or ``assumed_norm`` (a share). A month whose meters have less than
    ``min_coverage`` of their readings is quiet: what was not sent is not lost.
    """
    for gap in watched(gaps_until(day, day - LOOKED_BACK), 0):
        norm = assumed_norm if gap.norm is None else gap.norm
        beyond = (gap.entered_kwh * (1 - norm) - gap.metered_kwh) / gap.hours
        if gap.coverage >= min_coverage and beyond >= min_kw:
            yield _hit(gap, norm, beyond)


def _hit(gap: FeederGap, norm: float, beyond_kw: float) -> Hit:
    lost_kwh = gap.entered_kwh - gap.metered_kwh
    return Hit(
        subject=f"feeder:{gap.supplier}/{gap.code}",
        label=gap.code,
        severity=_severity(beyond_kw),
        facts={
            "feeder": gap.code,
            "period": gap.period,
            "entered_kwh": gap.entered_kwh,
            "metered_kwh": gap.metered_kwh,
            "lost_percent": lost_kwh / gap.entered_kwh * 100,
            "norm_percent": norm * 100,
            "meters": gap.meters,
            "coverage": gap.coverage,
        },
        notes=_notes(gap),
        feeds=[gap.supplier],
        place=gap.code,
        kato=gap.kato,
        est_kw_low=beyond_kw,
        est_kw_high=lost_kwh / gap.hours,
    )


def _notes(gap: FeederGap) -> list[str]:
    if gap.norm is None:
        return ["no_norm"]
    return [] if gap.norm_verified else ["norm_unverified"]


def _severity(kw: float) -> Severity:
    if kw >= LARGE_KW:
        return Severity.HIGH
    return Severity.MEDIUM if kw >= MIDDLE_KW else Severity.LOW
