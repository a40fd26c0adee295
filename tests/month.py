"""A month of invented readings and the registry that goes with it, for the end-to-end tests."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from common.clock import GRID_ZONE, grid_day, today
from grid.profiles.synthetic import LEGAL_KINDS, Farm, legal_load, mining_load
from registry.tests.factories import invented_bin

HOURS = 24
KATO = "350000000"
PLACE = (49.80, 73.10)


@dataclass(frozen=True)
class Planted:
    """A mining load among the lawful ones, and who pays its bills."""

    meter: str
    farm: Farm
    customer: str
    number: str
    lat: float = PLACE[0]
    lon: float = PLACE[1]


HIDDEN = Planted("N-101", Farm(devices=400), "ТОО «Ақ-Қайың Логистика»", invented_bin(901))
AT_NIGHT = Planted(
    "N-102",
    Farm(devices=300, pattern="night_block"),
    "ТОО «Түнгі цех»",
    invented_bin(902),
    50.30,
    57.20,
)
GREENHOUSE = Planted("N-103", Farm(devices=150), "КХ «Жасыл гүл»", invented_bin(903), 43.25, 68.30)
TOO_MUCH = Planted("N-201", Farm(devices=250), "ТОО «Көк Майнинг»", invented_bin(801), 51.72, 75.32)
WHITE = Planted("N-202", Farm(devices=400), "ТОО «Ақ Майнинг»", invented_bin(802), 52.28, 76.97)
PLANTED = (HIDDEN, AT_NIGHT, GREENHOUSE, TOO_MUCH, WHITE)
UNDECLARED = {HIDDEN.meter, AT_NIGHT.meter, GREENHOUSE.meter}
LAWFUL = 30
# A telecom site is as flat as a farm; within a month of autumn, heating comes and stays like one.
ALIKE = {"telecom", "electric_heating", "heat_pump"}
LOOK_ALIKES = {
    f"N-{n:03d}" for n in range(LAWFUL) if list(LEGAL_KINDS)[n % len(LEGAL_KINDS)] in ALIKE
}


def last_day() -> date:
    return today() - timedelta(days=1)


def days_before(day: date, n: int) -> tuple[date, date]:
    """First and last of the n days that end with a day."""
    return day - timedelta(days=n - 1), day


def month_of_readings(first: date, last: date) -> bytes:
    """Long CSV with offsets: thirty lawful meters and the planted ones."""
    start, end = grid_day(first)[0], grid_day(last)[1]
    hours = int((end - start).total_seconds()) // 3600
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        [
            "meter",
            "start",
            "kwh",
            "customer_name",
            "customer_bin",
            "tariff_group",
            "kato",
            "lat",
            "lon",
        ]
    )
    for n in range(LAWFUL):
        kind = list(LEGAL_KINDS)[n % len(LEGAL_KINDS)]
        kw = legal_load(kind, 40 + 15 * n, start, hours, seed=n, zone=GRID_ZONE)
        about = (f"ТОО «Өндіріс {n}»", invented_bin(n + 1), "industry", KATO, "", "")
        writer.writerows(_lines(f"N-{n:03d}", start, kw, about))
    for n, one in enumerate(PLANTED):
        kw = mining_load(one.farm, start, hours, seed=1000 + n, zone=GRID_ZONE)
        about = (one.customer, one.number, "industry", KATO, str(one.lat), str(one.lon))
        writer.writerows(_lines(one.meter, start, kw, about))
    return text.getvalue().encode()


def _lines(
    meter: str, start: datetime, kw: Iterable[float], about: tuple[str, ...]
) -> Iterable[tuple[str, ...]]:
    for hour, value in enumerate(kw):
        at = (start + timedelta(hours=hour)).astimezone(GRID_ZONE)
        yield (meter, at.isoformat(), f"{max(value, 0):.3f}", *about)


def many_farms(n: int, lawful: int, first: date, last: date) -> bytes:
    """Parquet: n undeclared farms and some lawful meters, each from a handful of curves."""
    start, end = grid_day(first)[0], grid_day(last)[1]
    hours = int((end - start).total_seconds()) // 3600
    # Begun within the readings: of a farm alone on its meter all along nobody can be sure.
    farms = [
        mining_load(
            Farm(devices=50 + 10 * k, onset=10 * HOURS), start, hours, seed=k, zone=GRID_ZONE
        )
        for k in range(8)
    ]
    offices = [legal_load("office", 80.0, start, hours, seed=k, zone=GRID_ZONE) for k in range(8)]
    loads = [farms[k % 8] for k in range(n)] + [offices[k % 8] for k in range(lawful)]
    codes = [f"F-{k:04d}" for k in range(n)] + [f"L-{k:04d}" for k in range(lawful)]
    begin = int(start.astimezone(UTC).timestamp()) * 1000
    at = begin + np.arange(hours, dtype=np.int64) * 3_600_000
    table = pa.table(
        {
            "meter": pa.array(np.repeat(codes, hours)),
            "start": pa.array(np.tile(at, len(codes))).cast(pa.timestamp("ms", tz="UTC")),
            "kwh": np.concatenate(loads).round(3),
        }
    )
    written = io.BytesIO()
    pq.write_table(table, written)
    return written.getvalue()


def registration(one: Planted, declared_kw: float, number: str) -> dict[str, str]:
    """A row of the registrations file for a planted load."""
    return {
        "number": number,
        "kind": "licence_2",
        "operator_bin": one.number,
        "operator_name": one.customer,
        "legal_form": "ТОО",
        "site_name": f"Алаң {number}",
        "site_address": "Экибастуз",
        "kato": KATO,
        "lat": str(one.lat),
        "lon": str(one.lon),
        "declared_kw": f"{declared_kw:g}",
        "meter_codes": one.meter,
        "valid_from": "2025-01-01",
        "valid_to": "2029-12-31",
        "status": "active",
    }


def good_rows() -> list[dict[str, str]]:
    return [
        registration(TOO_MUCH, 500, "L-2025-0801"),
        registration(WHITE, 2000, "L-2025-0802"),
    ]


def bad_rows() -> list[dict[str, str]]:
    """The good rows, spoiled: a lost zero, an unknown place, a unit in the cell."""
    one, other = good_rows()
    one = {**one, "operator_bin": one["operator_bin"][:-1] + "x", "kato": "990000000"}
    return [one, {**other, "declared_kw": "2 MW"}]
