"""Declared sites beside what their meters showed: the base of every comparison of power."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from grid.selectors import Curve, Peak, load_curve
from registry.selectors import DeclaredMeter


@dataclass(frozen=True)
class DeclaredSite:
    """One site of a registration in force; ``declared_kw`` is the whole site's power."""

    key: str
    name: str
    registration: str
    operator_name: str
    operator_bin: str
    kato: str
    declared_kw: float
    meters: tuple[str, ...]


@dataclass(frozen=True)
class MeteredPeak:
    """The most that several meters drew in the same interval; kW and the interval's start."""

    kw: float
    at: datetime | None
    meters: tuple[str, ...]


def sites_in_force(declared: Iterable[DeclaredMeter]) -> list[DeclaredSite]:
    """Sites with a registration in force and a declared power, in the order of their keys."""
    by_site: dict[str, list[DeclaredMeter]] = {}
    for row in declared:
        if row.in_force and row.declared_kw:
            by_site.setdefault(f"{row.registration_number}/{row.site_id}", []).append(row)
    return [_site(key, rows) for key, rows in sorted(by_site.items())]


def _site(key: str, rows: list[DeclaredMeter]) -> DeclaredSite:
    first = rows[0]
    return DeclaredSite(
        key=key,
        name=first.site_name,
        registration=first.registration_number,
        operator_name=first.operator_name,
        operator_bin=first.operator_bin,
        kato=first.kato,
        declared_kw=float(first.declared_kw),
        meters=tuple(sorted(row.meter for row in rows)),
    )


def metered_peak(day: date, peaks: Mapping[str, Peak]) -> MeteredPeak:
    """The common peak of the meters on a grid day.

    Single peaks may fall in different hours, so their sum can be too much; the curves laid over
    each other give the true one. Meters with different intervals are compared hour by hour.
    """
    codes = tuple(sorted(peaks))
    if len(codes) == 1:
        peak = peaks[codes[0]]
        return MeteredPeak(peak.kw, peak.at, codes)
    total: dict[datetime, float] = {}
    for code in codes:
        for hour, kw in hourly_means(load_curve(code, day, day)).items():
            total[hour] = total.get(hour, 0.0) + kw
    at = max(total, key=lambda hour: total[hour], default=None)
    return MeteredPeak(total[at] if at is not None else 0.0, at, codes)


def hourly_means(curve: Curve | None) -> dict[datetime, float]:
    """Mean kW of each hour that has a reading, by the hour's start; empty without a curve."""
    if curve is None:
        return {}
    sums: dict[datetime, list[float]] = {}
    step = timedelta(minutes=curve.step_minutes)
    for i, kw in enumerate(curve.kw):
        if kw is not None:
            moment = (curve.start + i * step).replace(minute=0, second=0, microsecond=0)
            sums.setdefault(moment, []).append(kw)
    return {hour: sum(values) / len(values) for hour, values in sums.items()}
