"""Which orders and outages concern a meter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from common.clock import today
from grid.choices import WHOLE_COUNTRY, EventKind
from grid.models import GridEvent, Meter, MeterFeeder
from grid.selectors.peers import REGION_DIGITS

EVIDENCE = {
    EventKind.CURTAILMENT: "followed_curtailment",
    EventKind.INTERNET: "followed_internet",
}
"""The reason's code by kind of event. In a supply outage every load falls: it tells nothing."""


@dataclass(frozen=True, slots=True)
class Events:
    """Events of a time, read once for many meters, and where meters hang that moved."""

    rows: Sequence[GridEvent]
    hangs_on: dict[int, str]

    @classmethod
    def between(cls, start: datetime, end: datetime) -> Self:
        """All events that overlap [start, end)."""
        rows = list(GridEvent.objects.touching(start, end).select_related("feeder"))
        if not any(row.feeder_id for row in rows):
            return cls(rows, {})
        moves = MeterFeeder.objects.filter(valid_from__lte=today()).order_by("valid_from")
        return cls(rows, dict(moves.values_list("meter_id", "feeder_code")))


def events_of(meter: Meter, events: Events) -> list[GridEvent]:
    """Those in the meter's region, in the whole country, or on the feeder it hangs on now."""
    region = meter.kato[:REGION_DIGITS]
    feeder = (meter.supplier_id, events.hangs_on.get(meter.pk, meter.feeder))
    return [
        row
        for row in events.rows
        if (row.feeder is not None and (row.feeder.supplier_id, row.feeder.code) == feeder)
        or {region, WHOLE_COUNTRY}.intersection(row.regions.split(","))
    ]
