"""Profiles of stored readings: Arrow tables in, Arrow tables of profiles out.

``profiled`` is the one function that every engine runs on every part of the lake.
"""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from grid.profiles import features as f
from grid.profiles import verdict as v
from grid.profiles.profile import Degrees, Profile, Profiles, Readings, profiles
from grid.profiles.reasons import ORDER

MS_A_MINUTE = 60_000
PROFILED = pa.schema(
    [
        ("meter", pa.string()),
        ("verdict", pa.list_(pa.float64(), v.VERDICT)),
        ("weights", pa.list_(pa.float64(), len(ORDER))),
        ("features", pa.list_(pa.float32(), f.COUNT)),
        ("figures", pa.list_(pa.float64(), f.FIGURES)),
    ]
)


def readings_of(table: pa.Table) -> tuple[pa.Array, Readings]:
    """Meter codes and readings of a table in order (columns of ``STORED``; batch not needed)."""
    codes = pc.run_end_encode(table["meter"].combine_chunks())
    ends = codes.run_ends.to_numpy().astype(np.int64)
    edges = np.concatenate([np.zeros(1, dtype=np.int64), ends])
    starts = pc.cast(table["start"].combine_chunks(), pa.timestamp("ms", tz="UTC"))
    minutes = table["minutes"].to_numpy().astype(np.int64)
    each = np.minimum.reduceat(minutes, edges[:-1]) if ends.size else minutes
    kwh = table["kwh"].to_numpy()
    return codes.values, Readings(
        edges, starts.view(pa.int64()).to_numpy(), np.ascontiguousarray(kwh), each, MS_A_MINUTE
    )


def profiled(
    table: pa.Table, zone: ZoneInfo, degrees: Degrees | None = None, *, latest: bool = False
) -> pa.Table:
    """The profile of every meter of a table in order, in schema ``PROFILED``."""
    if not len(table):
        return PROFILED.empty_table()
    codes, readings = readings_of(table)
    found = profiles(readings, zone, degrees, latest=latest)
    columns = [_lists(getattr(found, field.name), field.type) for field in list(PROFILED)[1:]]
    return pa.table([codes.cast(pa.string()), *columns], schema=PROFILED)


def _lists(values: NDArray[np.floating], kind: pa.DataType) -> pa.Array:
    return pa.FixedSizeListArray.from_arrays(pa.array(values.ravel()), type=kind)


def told(table: pa.Table, *, latest: bool = False) -> Iterator[tuple[str, Profile]]:
    """Each meter's code and profile with its reasons, of a table in schema ``PROFILED``."""
    verdict, weights, features, figures = (
        _rows(table[name].combine_chunks()) for name in PROFILED.names[1:]
    )
    found = Profiles(verdict, weights, features, figures, latest)
    for at, code in enumerate(table["meter"].to_pylist()):
        yield code, found.one(at)


def _rows(lists: pa.Array) -> NDArray[Any]:
    width = lists.type.list_size
    rows: NDArray[Any] = lists.flatten().to_numpy(zero_copy_only=False).reshape(-1, width)
    return rows
