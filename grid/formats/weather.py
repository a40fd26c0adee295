"""An outdoor temperature series beside the readings: ``start,temp`` or ``ts,temp``, hourly."""

from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from common.errors import BadFile
from grid.formats import values
from grid.formats.problems import Problems
from grid.formats.sources import blocks, open_source
from grid.profiles.profile import Degrees, clock_shifts

HOUR_MS = 3_600_000
HOURS_A_DAY = 24
MINUTES_AN_HOUR = 60


class Weather:
    """Degrees C by whole UTC hour."""

    def __init__(self, hours: NDArray[np.int64], degrees: NDArray[np.float64]) -> None:
        self.first = int(hours.min())
        self.degrees = np.full(int(hours.max()) - self.first + 1, np.nan)
        self.degrees[hours - self.first] = degrees

    def by_day(self, zone: ZoneInfo) -> Degrees:
        """The mean of each local day of which at least half is known; NaN of the others."""
        hours = self.first + np.arange(self.degrees.size)
        shifts, offsets = clock_shifts(zone)
        local = hours + offsets[np.searchsorted(shifts, hours, side="right") - 1] // MINUTES_AN_HOUR
        day = local // HOURS_A_DAY
        first, known = int(day[0]), np.isfinite(self.degrees)
        count = np.bincount(day[known] - first, minlength=int(day[-1]) - first + 1)
        total = np.bincount((day - first)[known], self.degrees[known], minlength=count.size)
        enough = count * 2 >= HOURS_A_DAY
        mean = np.where(enough, total / np.maximum(count, 1), np.nan)
        return Degrees(first, mean.astype(np.float32))


def read_weather(path: Path) -> Weather:
    """A weather file (CSV, Parquet or XLSX). Raises BadFile naming what is wrong."""
    problems = Problems()
    source = open_source(path, problems)
    names = {name.strip().lower(): name for name in source.columns}
    start = names.get("start") or names.get("ts")
    if start is None or "temp" not in names:
        raise problems.stop("start, temp", ", ".join(source.columns), "missing_columns")
    hours, degrees = [], []
    for block in blocks(source, problems):
        time = values.times(block.table[start], block.rows, "start", problems, ZoneInfo("UTC"))
        temp, has_temp = values.numbers(
            block.table[names["temp"]], block.rows, "temp", problems, unit="°C", needed=False
        )
        good = time.known & has_temp
        hours.append(time.moments[good].astype(np.int64) // HOUR_MS)
        degrees.append(temp[good])
    if problems.count:
        raise BadFile(problems.kept)
    if not hours or not sum(h.size for h in hours):
        raise problems.stop("", path.name, "empty_file")
    return Weather(np.concatenate(hours), np.concatenate(degrees))
