"""What registers show, turned into the energy between two successive readings of a meter.

A register only grows. One that goes back was reset, has run over or belongs to another meter:
what went through meanwhile is known to nobody, so that interval stays a gap.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from grid.choices import ChangeKind
from grid.lake.order import CODED, coded, meter_edges, milliseconds

MINUTE_MS, HOUR_MS = 60_000, 3_600_000
MOST_KW = 1_000_000.0  # more through one meter is another register
MOMENT = pa.timestamp("ms", tz="UTC")
ENERGIES = pa.schema(
    [("meter", CODED), ("start", MOMENT), ("kwh", pa.float64()), ("row", pa.int64())]
)
DECIMALS = 6  # of a difference in kWh; beyond is what binary fractions add
OF_REGISTER = 0.001
TOO_MANY, OF_PAIRS = 3, 0.1  # more resets, and more of all intervals: these were no registers
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Change:
    """A register that does not go on from the one before it.

    ``moment`` is that of the first reading after, in milliseconds since 1970; registers in kWh
    as shown, without the transformers' ratio; ``serial`` is the new meter's number where told.
    """

    meter: str
    moment: int
    kind: ChangeKind
    before: float
    after: float
    serial: str = ""

    @property
    def at(self) -> datetime:
        """The moment, aware, in UTC."""
        return datetime.fromtimestamp(self.moment / 1000, UTC)


@dataclass(slots=True)
class Registers:
    """Makes energies of a file's register readings, whole meters at a time.

    ``step`` in minutes. A register begins again after ``most`` kWh; None where nobody says how
    many digits it has. ``left_out`` counts the other intervals without energy: those longer than
    the step, those in which the ratio changed, and leaps there and back.
    """

    step: int
    most: float | None = None
    changes: list[Change] = field(default_factory=list)
    left_out: int = 0
    pairs: int = 0

    @property
    def unlikely(self) -> bool:
        """Whether so many went back that these are no registers."""
        resets = sum(change.kind == ChangeKind.RESET for change in self.changes)
        return resets > max(TOO_MANY, OF_PAIRS * self.pairs)

    def energies(self, table: pa.Table) -> pa.Table:
        """kWh from each reading to the next of its meter, at the beginning of that interval.

        ``table`` is in order and holds each moment of a meter once: meter, start (the moment),
        kwh (the register), ratio, serial, row.
        """
        if len(table) <= 1:
            return ENERGIES.empty_table()
        pair = _Pairs(table, self.step)
        rolled = self._ran_over(pair)
        broken = (pair.back & ~rolled) | pair.exchanged | pair.beyond
        self.pairs += int(pair.same.sum())
        self._note(table, pair, np.flatnonzero(broken))
        if self.unlikely:
            return ENERGIES.empty_table()
        leapt = _there_and_back(pair, np.flatnonzero(pair.back & ~rolled & ~pair.exchanged))
        whole = pair.usual & ~broken & ~leapt
        self.left_out += int((pair.same & ~broken & ~whole).sum())
        at = np.flatnonzero(whole)
        rise = pair.rise[at] + np.where(rolled[at], self.most or 0.0, 0.0)
        columns = [
            coded(table["meter"]).take(pa.array(at)).cast(CODED),
            pa.array(pair.moments[at].view("datetime64[ms]"), MOMENT),
            pa.array(np.round(rise, DECIMALS) * pair.ratio[at]),
            pa.array(table["row"].to_numpy()[at + 1]),
        ]
        return pa.Table.from_arrays(columns, schema=ENERGIES)

    def _ran_over(self, pair: "_Pairs") -> Mask:
        """Registers that began anew: what went through is like this meter's other intervals.

        Or it is so little of the register that a reset just there would be a strange chance.
        """
        if self.most is None:
            return np.zeros(len(pair.rise), dtype=bool)
        plain = pair.usual & ~pair.back & ~pair.exchanged & ~pair.beyond
        greatest = np.zeros(len(pair.edges) - 1)
        np.maximum.at(greatest, pair.meter[plain], pair.rise[plain])
        turned = pair.rise + self.most
        bound = np.maximum(2 * greatest[pair.meter], self.most * OF_REGISTER)
        fits = (turned >= 0) & (turned <= bound)
        before, after = pair.register[:-1], pair.register[1:]
        return pair.back & ~pair.exchanged & fits & (before < self.most) & (after < self.most)

    def _note(self, table: pa.Table, pair: "_Pairs", broken: Iterable[int]) -> None:
        for at in map(int, broken):
            other = pair.exchanged[at] or pair.beyond[at]
            self.changes.append(Change(
                table["meter"][at].as_py(), int(pair.moments[at + 1]),
                ChangeKind.EXCHANGE if other else ChangeKind.RESET,
                float(pair.register[at]), float(pair.register[at + 1]),
                table["serial"][at + 1].as_py() if pair.exchanged[at] else "",
            ))  # fmt: skip


class _Pairs:
    """Each row of a table in order beside the next: ``rise`` in kWh as shown, and what it is.

    ``same``: both are of one meter; ``usual``: they also stand one step apart, with one ratio.
    """

    def __init__(self, table: pa.Table, step: int) -> None:
        self.edges = meter_edges(coded(table["meter"]))
        numbers = np.repeat(np.arange(len(self.edges) - 1), np.diff(self.edges))
        self.moments = milliseconds(table)
        self.register: NDArray[np.float64] = table["kwh"].to_numpy()
        ratio: NDArray[np.float64] = table["ratio"].to_numpy()
        serial = coded(table["serial"])
        known = np.array([bool(name) for name in serial.dictionary.to_pylist()], dtype=bool)
        number = serial.indices.to_numpy()
        self.meter, self.ratio = numbers[:-1], ratio[1:]
        self.rise: NDArray[np.float64] = np.diff(self.register)
        apart = np.diff(self.moments)
        self.same: Mask = np.diff(numbers) == 0
        told = known[number[:-1]] & known[number[1:]]
        self.exchanged: Mask = self.same & told & (np.diff(number) != 0)
        self.back: Mask = self.same & (self.rise < 0)
        self.beyond: Mask = self.same & (self.rise * self.ratio > MOST_KW * apart / HOUR_MS)
        self.usual: Mask = self.same & (apart == step * MINUTE_MS) & (np.diff(ratio) == 0)


def _there_and_back(pair: _Pairs, back: Iterable[int]) -> Mask:
    """Rises that only undo a fall, or that a fall undoes: one wrong reading is no consumption."""
    leapt = np.zeros(len(pair.rise), dtype=bool)
    for at in map(int, back):
        first, end = pair.edges[pair.meter[at]], pair.edges[pair.meter[at] + 1]
        high, low = pair.register[at], pair.register[at + 1]
        again = np.flatnonzero(pair.register[at + 1 : end] >= high)
        if again.size:
            leapt[at + int(again[0])] |= pair.rise[at + int(again[0])] >= (high - low) / 2
        below = np.flatnonzero(pair.register[first : at + 1] <= low)
        if below.size:
            leapt[first + below[-1]] |= pair.rise[first + below[-1]] >= (high - low) / 2
    return leapt
