"""What the page hands to the charts: numbers and words, never colours or markup."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean
from typing import Any, Protocol

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from pages.parts import Bars, Span
from pages.wording import MISSING, kw, language, number, short_date


class Curve(Protocol):
    """Mean power in kW for each `step_minutes` from `start` on; None: nothing metered."""

    start: datetime
    step_minutes: int
    kw: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class DayOfLoad:
    """A row of the table beside the curve."""

    day: date
    low: float | None
    mean: float | None
    high: float | None
    missing: int


@dataclass(frozen=True, slots=True)
class DrawnCurve:
    """A load curve ready for the page: the chart's data, its table, its finding in words."""

    data: dict[str, Any]
    days: list[DayOfLoad]
    finding: str
    first: date | None
    last: date | None


def read_curve(curve: Curve | Mapping[str, Any]) -> tuple[datetime, int, list[float | None]]:
    """The curve from a record or from frozen JSON, its start in local time."""
    if isinstance(curve, Mapping):
        start, step, values = curve["start"], int(curve["step_minutes"]), curve["kw"]
    else:
        start, step, values = curve.start, curve.step_minutes, curve.kw
    if isinstance(start, str):
        start = parse_datetime(start)
    if start is None:
        raise ValueError("A load curve begins at a moment with a date and an hour.")
    return _local(start), step, [None if one is None else float(one) for one in values]


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def draw_curve(
    curve: Curve | Mapping[str, Any] | None, declared_kw: float | None = None, tone: str = "sus",
    spans: Sequence[Span] = (),
) -> DrawnCurve | None:  # fmt: skip
    """The load curve for the page, with ``spans`` shaded; None when there is nothing to draw."""
    if curve is None:
        return None
    start, step, values = read_curve(curve)
    if all(one is None for one in values):
        return None
    if declared_kw is None and isinstance(curve, Mapping):
        declared_kw = curve.get("declared_kw")
    days = _by_day(start, step, values)
    data = {
        "language": language(),
        "start": _clock(start),
        "step": step,
        "kw": values,
        "declared": declared_kw,
        "tone": tone,
        "spans": [
            {"from": _clock(one.begin), "to": _clock(one.end), "word": str(one.word)}
            for one in spans
        ],
        "words": {"meter": _("meter"), "declared": _("declared"), "unit": _("kW")},
    }
    finding = _finding(values, declared_kw)
    return DrawnCurve(data, days, finding, days[0].day, days[-1].day)


def _clock(moment: datetime) -> str:
    return _local(moment).replace(tzinfo=None).isoformat()


def _by_day(start: datetime, step: int, values: list[float | None]) -> list[DayOfLoad]:
    days: dict[date, list[float | None]] = {}
    for index, value in enumerate(values):
        at = start.replace(tzinfo=None) + timedelta(minutes=step * index)
        days.setdefault(at.date(), []).append(value)
    return [_day_of_load(day, one) for day, one in days.items()]


def _day_of_load(day: date, values: list[float | None]) -> DayOfLoad:
    present = [one for one in values if one is not None]
    missing = len(values) - len(present)
    if not present:
        return DayOfLoad(day, None, None, None, missing)
    return DayOfLoad(day, min(present), fmean(present), max(present), missing)


def _finding(values: list[float | None], declared_kw: float | None) -> str:
    present = [one for one in values if one is not None]
    told = _("Load from %(low)s to %(high)s, on average %(mean)s.") % {
        "low": kw(min(present)),
        "high": kw(max(present)),
        "mean": kw(fmean(present)),
    }
    if declared_kw is None:
        return told
    return told + " " + _("Declared: %(declared)s.") % {"declared": kw(declared_kw)}


def period(first: date | None, last: date | None) -> str:
    """`15.11.2026 – 21.11.2026`, or the one day."""
    ends = [short_date(one) for one in dict.fromkeys((first, last)) if one is not None]
    return " – ".join(ends) or MISSING


def draw_bars(
    labels: Sequence[str], rows: Sequence[Bars], unit: str, digits: int = 0
) -> dict[str, Any]:
    """Paired bars for the page, values in `unit`."""
    return {
        "language": language(),
        "labels": [str(label) for label in labels],
        "unit": unit,
        "digits": digits,
        "series": [
            {
                "name": str(row.name),
                "values": list(row.values),
                "tone": row.tone,
                "hollow": row.hollow,
            }
            for row in rows
        ],
    }


def bars_table(
    labels: Sequence[str], rows: Sequence[Bars], digits: int
) -> list[tuple[str, list[str]]]:
    """The same numbers as a table: label, then one told figure a row of bars."""
    return [
        (str(label), [number(row.values[index], digits) for row in rows])
        for index, label in enumerate(labels)
    ]
