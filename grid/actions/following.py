"""Loads are held against the calendar of orders and outages; an event is written by two."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import transaction

from changes.guarded import Values, save_row
from common.clock import day_of, grid_days
from grid.models import GridEvent, Meter, MeterProfile
from grid.profiles.curve import Kw, LoadCurve
from grid.profiles.followed import followed
from grid.profiles.verdict import MINING_LIKE
from grid.selectors.calendar import EVIDENCE, Events, events_of
from grid.selectors.curves import load_curve
from journal.actions import record

if TYPE_CHECKING:
    from django.db import models

LOOKED_BACK = 84  # days, as much as a profile looks back
LEAST_EVENTS = 3
ALIVE_EVERY = 100  # profiles; a curve is read in some milliseconds
MOST = 0.5  # more than this share of them
DAYS_AROUND = timedelta(days=7)  # what is usual lies on both sides of an event


@transaction.atomic
def write_event(row: "models.Model", values: Values, actor: Any) -> "models.Model":
    """Writes an approved event; a verified one whose content changes waits to be verified."""
    settled = {"verified": False, **values}
    written = save_row(row, settled, actor)
    facts = {name: str(value) for name, value in settled.items()}
    record("grid.event.write", written, actor=actor, facts=facts)
    return written


def hold_against_calendar(*, until: date, alive: Callable[[], None] = lambda: None) -> int:
    """Tells, beside the reasons of profiles like mining, which orders and outages they followed.

    Of weight 0: the model was grown without it. Idempotent; returns how many profiles changed.
    Every engine's profiles come this way, after they are stored. ``alive`` is called now and then.
    """
    start, end = grid_days(until - timedelta(days=LOOKED_BACK - 1), until)
    events = Events.between(start, end)
    changed = 0
    rows = MeterProfile.objects.on(until).filter(score__gte=MINING_LIKE)
    for at, profile in enumerate(rows.select_related("meter__supplier").iterator(chunk_size=500)):
        if at % ALIVE_EVERY == 0:
            alive()
        known = [one for one in profile.reasons if one["code"] not in EVIDENCE.values()]
        told = [*known, *_evidence(profile.meter, events, until)]
        if told != profile.reasons:
            MeterProfile.objects.filter(pk=profile.pk).update(reasons=told)
            changed += 1
    return changed


def _evidence(meter: Meter, events: Events, until: date) -> Iterator[dict[str, Any]]:
    """A reason for each kind of event that the meter's load followed most of the time."""
    mine = events_of(meter, events)
    by_kind = {kind: [one for one in mine if one.kind == kind] for kind in EVIDENCE}
    if not any(len(some) >= LEAST_EVENTS for some in by_kind.values()):
        return
    first = day_of(min(one.begins_at for one in mine)) - DAYS_AROUND
    earliest = until - timedelta(days=LOOKED_BACK - 1)
    found = load_curve(meter.code, max(first, earliest), until)
    if found is None:
        return
    kw = np.array([np.nan if one is None else one for one in found.kw])
    curve = LoadCurve(found.start, found.step_minutes, Kw(kw))
    for kind, some in by_kind.items():
        others = [(one.begins_at, one.ends_at) for one in mine if one.kind != kind]
        result = followed(curve, [(one.begins_at, one.ends_at) for one in some], others)
        if result.of >= LEAST_EVENTS and result.fell > MOST * result.of:
            yield _reason(EVIDENCE[kind], some, result.fell, result.of, result.kw)


def _reason(code: str, events: list[GridEvent], fell: int, of: int, kw: float) -> dict[str, Any]:
    unverified = sum(not one.verified for one in events)
    params = {"fell": fell, "of": of, "kw": round(kw, 1), "unverified": unverified}
    return {"code": code, "params": params, "weight": 0.0}
