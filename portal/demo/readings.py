"""Writes the suppliers' files: hourly kWh of every meter, by the documented generator."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from common import asic
from common.clock import GRID_ZONE, grid_days
from grid.profiles.synthetic import Farm, legal_load, mining_load
from portal.demo.names import draw
from portal.demo.world import SUPPLIERS, Load, MeterPlan, SupplierPlan, World

DAYS = 60
HOURS_A_DAY = 24
DAILY = (2, 1, 0)  # the newest days come in files of their own
DEVICES = ("Antminer S19j Pro", "Antminer S19 XP", "Antminer S21", "Whatsminer M50", "Avalon A1366")
OVERHEAD = (1.05, 1.15)
METERING_ERROR = 0.004
GAPS = 0.002  # share of the hours that no meter delivers

Kw = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SentFile:
    """A supplier's file and the grid day on whose morning it is sent."""

    supplier: SupplierPlan
    path: Path
    first: date
    last: date


def write_files(
    world: World, last_day: date, checked: Sequence[date], folder: Path
) -> Iterator[SentFile]:
    """One Parquet file for each supplier and span of days.

    A supplier sends weeks at once at first, then day by day; no file reaches beyond the next
    of the ``checked`` days, so that a check finds what had come by then.
    """
    first_day = last_day - timedelta(days=DAYS - 1)
    cuts = {*DAILY, *((last_day - day).days for day in checked)}
    for supplier in SUPPLIERS:
        meters = [meter for meter in world.meters if meter.supplier == supplier]
        start, _end = grid_days(first_day, last_day)
        curves = [kwh_of(meter.load, start, DAYS * HOURS_A_DAY) for meter in meters]
        for first, last in _spans(
            first_day, last_day, {max(cut, supplier.late_days) for cut in cuts}
        ):
            name = f"{supplier.code}_{first:%Y%m%d}_{last:%Y%m%d}.parquet"
            hours = slice(*((day - first_day).days * HOURS_A_DAY for day in (first, last)))
            hours = slice(hours.start, hours.stop + HOURS_A_DAY)
            pq.write_table(_table(meters, curves, start, hours), folder / name)
            yield SentFile(supplier, folder / name, first, last)


def _spans(first: date, last: date, cuts: Collection[int]) -> Iterator[tuple[date, date]]:
    for cut in sorted(cuts, reverse=True):
        until = last - timedelta(days=cut)
        yield first, until
        first = until + timedelta(days=1)


def kwh_of(load: Load, start: datetime, hours: int) -> Kw:
    """Energy of each hour; a few hours are missing (NaN)."""
    dice = np.random.default_rng(load.seed)
    kw = np.zeros(hours)
    if load.pattern:
        kw += _farm(load, start, hours, dice)
    if load.legal:
        kw += legal_load(load.legal, load.legal_kw, start, hours, seed=load.seed, zone=GRID_ZONE)
    kw *= 1 + dice.normal(0, METERING_ERROR, hours)
    kw[dice.random(hours) < GAPS] = np.nan
    return np.round(kw, 3)


def _farm(load: Load, start: datetime, hours: int, dice: np.random.Generator) -> Kw:
    model = DEVICES[load.seed % len(DEVICES)]
    overhead = float(dice.uniform(*OVERHEAD))
    device = asic.find(model)
    if device is None:
        raise KeyError(model)
    farm = Farm(
        model,
        max(1, round(load.farm_kw / (device.power_kw * overhead))),
        load.pattern,
        overhead,
        onset=load.onset * HOURS_A_DAY,
    )
    return mining_load(farm, start, hours, seed=load.seed, zone=GRID_ZONE)


def _table(
    meters: Sequence[MeterPlan], curves: Sequence[Kw], start: datetime, hours: slice
) -> pa.Table:
    count = hours.stop - hours.start
    begun = np.datetime64(start.replace(tzinfo=None), "s") + np.timedelta64(hours.start, "h")
    starts = np.tile(begun + np.arange(count) * np.timedelta64(1, "h"), len(meters))
    kwh = np.concatenate([curve[hours] for curve in curves])
    have = ~np.isnan(kwh)
    columns: dict[str, pa.Array] = {
        "meter": _repeated([meter.code for meter in meters], count, have),
        "start": pa.array(starts[have], pa.timestamp("s", tz="UTC")),
        "kwh": pa.array(kwh[have]),
    }
    for name, values in _facts(meters).items():
        columns[name] = _repeated(values, count, have)
    return pa.table(columns)


def _facts(meters: Sequence[MeterPlan]) -> dict[str, list[str] | list[float]]:
    return {
        "customer_bin": [meter.bin for meter in meters],
        "customer_name": [meter.customer for meter in meters],
        "tariff_group": [meter.tariff_group for meter in meters],
        "contract_kw": [meter.contract_kw or _contract(meter) for meter in meters],
        "feeder": [meter.feeder for meter in meters],
        "kato": [meter.place.kato for meter in meters],
        "lat": [meter.place.lat for meter in meters],
        "lon": [meter.place.lon for meter in meters],
    }


def _contract(meter: MeterPlan) -> float:
    """An undeclared farm has a contract for something smaller."""
    return float(round(meter.load.farm_kw * draw(meter.code).uniform(0.3, 1.1)))


def _repeated(
    values: list[str] | list[float], times: int, have: NDArray[np.bool_]
) -> pa.DictionaryArray:
    index = np.repeat(np.arange(len(values), dtype=np.int32), times)[have]
    return pa.DictionaryArray.from_arrays(pa.array(index), pa.array(values))
