"""Profiles as plain rows, and a meter told on one card."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Sum

from grid.choices import RunState
from grid.models import Meter, MeterProfile, ProfileRun
from grid.profiles.profile import MINING_LIKE
from grid.wording import describe_reason


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A meter's profile on a day with what is known of the meter; power in kW."""

    code: str
    supplier: str
    customer_name: str
    customer_bin: str
    tariff_group: str
    activity: str
    contract_kw: float | None
    feeder: str
    kato: str
    lat: float | None
    lon: float | None
    score: float
    pattern: str
    est_kw: float
    coverage: float
    peak_kw: float
    load_factor: float
    reasons: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class MeterCard:
    """What the grid knows of one meter, for the pages of the floors above."""

    code: str
    supplier_code: str
    supplier_name: str
    customer_name: str
    customer_bin: str
    tariff_group: str
    activity: str
    contract_kw: float | None
    feeder: str
    kato: str
    lat: float | None
    lon: float | None
    first_day: date | None
    last_day: date | None
    score: float | None
    pattern: str
    est_kw: float | None
    peak_kw: float | None
    until: date | None
    computed_at: datetime | None
    url: str


ABOUT = (
    "customer_name",
    "customer_bin",
    "tariff_group",
    "activity",
    "contract_kw",
    "feeder",
    "kato",
    "lat",
    "lon",
)
FIGURES = ("score", "pattern", "est_kw", "coverage", "peak_kw", "load_factor", "reasons")


def profile_count(day: date) -> int:
    """How many meters have a profile of the window that ends with a day."""
    return MeterProfile.objects.on(day).count()


def profiles_on(day: date) -> Iterator[ProfileRow]:
    """Every meter's profile of the window that ends with a day, by meter code."""
    rows = MeterProfile.objects.on(day).select_related("meter__supplier").order_by("meter__code")
    for row in rows.iterator(chunk_size=2000):
        meter = row.meter
        yield ProfileRow(
            code=meter.code,
            supplier=meter.supplier.code,
            **{name: getattr(meter, name) for name in ABOUT},
            **{name: getattr(row, name) for name in FIGURES},
        )


def last_profiled_day() -> date | None:
    """The last day whose profiles are computed."""
    run = last_profile_run()
    return run.until if run else None


def meter_card(code: str) -> MeterCard | None:
    """What is known of a meter code; None when no supplier reports it."""
    meter = Meter.objects.select_related("supplier").filter(code=code).first()
    if meter is None:
        return None
    last = meter.profiles.order_by("-until").first()
    return MeterCard(
        code=meter.code,
        supplier_code=meter.supplier.code,
        supplier_name=meter.supplier.name,
        **{name: getattr(meter, name) for name in (*ABOUT, "first_day", "last_day")},
        score=last.score if last else None,
        pattern=last.pattern if last else "none",
        est_kw=last.est_kw if last else None,
        peak_kw=last.peak_kw if last else None,
        until=last.until if last else None,
        computed_at=last.computed_at if last else None,
        url=meter.get_absolute_url(),
    )


def describe_reasons(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """Reasons of a profile as sentences in the active language."""
    return [describe_reason(reason["code"], reason["params"]) for reason in reasons]


def last_profile_run() -> ProfileRun | None:
    """The newest run that is done."""
    return ProfileRun.objects.filter(state=RunState.DONE).order_by("-until").first()


def mining_like_on(day: date) -> tuple[int, float]:
    """How many meters look like mining on a day, and their estimated kW together."""
    like = MeterProfile.objects.on(day).filter(score__gte=MINING_LIKE)
    found = like.aggregate(count=Count("pk"), kw=Sum("est_kw"))
    return found["count"], found["kw"] or 0.0
