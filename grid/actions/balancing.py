"""Balances of feeders: what went in against what the meters counted."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef

from changes.guarded import Values, save_row
from common import clock
from common.periods import days_of
from grid.models import FeederBalance, FeederTotal, LossNorm
from grid.selectors.feeders import Metered, due_periods, metered_in, periods_with_totals
from journal.actions import record

FIGURES = (
    "last_day", "entered_kwh", "metered_kwh", "meters", "coverage", "norm", "computed_at",
)  # fmt: skip
TO_THE_WATT_HOUR = Decimal("0.001")


def balance_feeders(*, all_periods: bool = False) -> list[str]:
    """Compute the balances that are due, or all of the last 400 days; returns the periods.

    All of them anew is what catches corrected readings, undone imports and moved meters alike.
    """
    periods = periods_with_totals() if all_periods else due_periods()
    feeders = sum(_balance(period) for period in periods)
    with transaction.atomic():
        gone = _drop_orphans() if all_periods else 0
        if periods or gone:
            facts = {"periods": len(periods), "balances": feeders, "dropped": gone}
            record("grid.feeders.balance", None, actor=None, facts=facts)
    return periods


@transaction.atomic
def _balance(period: str) -> int:
    metered = metered_in(period)
    totals = list(FeederTotal.objects.filter(period=period).select_related("feeder"))
    norms = _norms(days_of(period)[0])
    rows = [
        _row(one, metered.get((one.feeder.supplier_id, one.feeder.code)), norms.get(one.feeder_id))
        for one in totals
    ]
    FeederBalance.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["feeder", "period"], update_fields=FIGURES
    )
    return len(rows)


@transaction.atomic
def write_norm(row: models.Model, values: Values, actor: Any) -> models.Model:
    """Writes an approved norm; a verified one whose content changes waits to be vouched for."""
    settled = {"verified": False, **values}
    written = save_row(row, settled, actor)
    facts = {name: str(value) for name, value in settled.items()}
    record("grid.norm.write", written, actor=actor, facts=facts)
    return written


def _drop_orphans() -> int:
    """A balance whose total is gone says nothing any more."""
    total = FeederTotal.objects.filter(feeder=OuterRef("feeder"), period=OuterRef("period"))
    return FeederBalance.objects.exclude(Exists(total)).delete()[0]


def _norms(day: date) -> dict[int, LossNorm]:
    """The norm in force on a day, by feeder."""
    rows = LossNorm.objects.filter(valid_from__lte=day).order_by("feeder", "valid_from")
    return {row.feeder_id: row for row in rows}


def _row(total: FeederTotal, found: Metered | None, norm: LossNorm | None) -> FeederBalance:
    found = found or Metered()
    return FeederBalance(
        feeder=total.feeder, period=total.period, last_day=total.days[1], norm=norm,
        entered_kwh=total.kwh, metered_kwh=Decimal(found.kwh).quantize(TO_THE_WATT_HOUR),
        meters=found.meters, coverage=found.coverage, computed_at=clock.now(),
    )  # fmt: skip
