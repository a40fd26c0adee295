"""A stage for the runner: a small catalogue, and a grid that says what the test wants."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from common import clock
from crosschecks.catalogue import CHECKS, Check, Hit, watched
from crosschecks.choices import Severity
from grid.selectors import Curve

YESTERDAY = clock.today() - timedelta(days=1)


def hit(subject: str = "meter:A", **more: Any) -> Hit:
    """A hit on meter A of supplier `north`, 100 kW declared, 150 kW seen."""
    told: dict[str, Any] = {
        "severity": Severity.MEDIUM,
        "facts": {"peak_kw": 150.0, "declared_kw": 100.0},
        "label": subject,
        "meters": ["A"],
        "feeds": ["north"],
        "kato": "631010000",
        "declared_kw": 100.0,
        "est_kw_low": 40.0,
        "est_kw_high": 60.0,
    }
    return Hit(subject=subject, **(told | more))


@dataclass
class Stage:
    """What the checks see: hits by day, late feeds, complete days."""

    hits: list[Hit] = field(default_factory=list)
    late: dict[str, str] = field(default_factory=dict)
    days: list[date] = field(default_factory=lambda: [YESTERDAY])
    error: Exception | None = None
    before_hit: Callable[[Hit], object] = lambda one: None
    profiled: list[date] = field(default_factory=list)

    def find(self, day: date, **_thresholds: float) -> Iterator[Hit]:
        for one in watched(list(self.hits), len(self.hits)):
            self.before_hit(one)
            yield one
        if self.error is not None:
            raise self.error

    def profile(self, *, until: date, progress: Any = None) -> int:
        self.profiled.append(until)
        return 0

    def curve(self, code: str, first: date, last: date) -> Curve:
        start, end = clock.grid_days(first, last)
        hours = int((end - start) / timedelta(hours=1))
        return Curve(start=start, step_minutes=60, kw=[120.0] * hours)

    def complete_days(self, after: date | None) -> list[date]:
        return [day for day in self.days if after is None or day > after]


@pytest.fixture
def stage(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """The catalogue holds the made-up check, and the grid answers from the stage."""
    acted = Stage()
    made_up = Check(
        slug="made-up",
        every="day",
        thresholds={"tolerance": 1.15},
        title="Made up",
        looks_for="Nothing real.",
        reason="Peak %(peak_kw).0f kW, declared %(declared_kw).0f kW",
        find=acted.find,
    )
    monkeypatch.setattr("crosschecks.actions.running.profile_meters", acted.profile)
    monkeypatch.setattr(
        "crosschecks.actions.running.is_profiled", lambda day: day in acted.profiled
    )
    monkeypatch.setattr("crosschecks.actions.running.late_feeds", lambda day: acted.late)
    monkeypatch.setattr("crosschecks.selectors.due.late_feeds", lambda day: acted.late)
    monkeypatch.setattr("crosschecks.actions.leads.load_curve", acted.curve)
    monkeypatch.setattr("crosschecks.selectors.due.complete_days", acted.complete_days)
    with CHECKS.holding(made_up):
        yield acted


@pytest.fixture
def moment() -> datetime:
    return clock.now()
