"""A reading file as checked readings: meter, UTC start, kWh, and what the file says of meters.

Every row is checked by column at once (Arrow, NumPy); only wrong values are looked at one by one.
Memory stays bounded by the block, whatever the size of the file.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from common.ahead import ahead
from common.identifiers import BadIdentifier, check_bin
from common.regions import is_valid_kato
from grid.formats import values
from grid.formats.layout import ABOUT_THE_METER, NEEDED, Layout, Unit, read_layout
from grid.formats.plain import CODED, OLDEST_START, Plain, latest_start
from grid.formats.problems import Problems
from grid.formats.sources import Block, Part, Source, blocks, open_source, text_block, text_parts
from grid.profiles.curve import KwhPerInterval, usual_step

LONGEST_METER = 64
LONGEST_NAME = 500
MOST_KW = 1_000_000.0  # a gigawatt through one meter is a slip of the unit
OLDEST = np.datetime64(OLDEST_START, "ms")
RANGES = {"lat": (40.0, 56.0), "lon": (46.0, 88.0), "contract_kw": (0.0, MOST_KW)}
READING = pa.schema(
    [("meter", CODED), ("start", values.UTC_MS), ("kwh", pa.float64()), ("row", pa.int64())]
)


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a file: whose clock, which unit (of a wide file), which step in minutes.

    ``foreign`` tells which of some meters are another supplier's. ``loose`` passes over columns
    that are not known, for files that were made for other ends.
    """

    zone: ZoneInfo | None = None
    unit: Unit | None = None
    step_minutes: int | None = None
    aliases: bool = False
    now: datetime | None = None
    meter_facts: bool = True
    foreign: Callable[[list[str]], set[str]] | None = None
    loose: bool = False


@dataclass(slots=True)
class Found:
    """What was found while reading: fills up as the blocks are taken."""

    rows: int = 0
    good: int = 0
    step_minutes: int = 60
    meters: dict[str, dict[str, object]] = field(default_factory=dict)
    first: np.datetime64 | None = None
    last: np.datetime64 | None = None
    notices: list[str] = field(default_factory=list)


class ReadingFile:
    """A reading file. Iterate ``tables()`` once; afterwards ``found`` and ``problems`` are full."""

    def __init__(self, path: Path, how: Reading, problems: Problems) -> None:
        self.how = how
        self.problems = problems
        self.found = Found()
        self.source: Source = open_source(path, problems)
        self.layout: Layout = read_layout(
            self.source, problems, unit=how.unit, aliases=how.aliases, loose=how.loose
        )
        self._own: dict[str, bool] = {}
        self._mine: set[str] = set()
        self._twice: dict[tuple[str, int], int] = {}
        self._step = how.step_minutes

    def tables(self) -> Iterator[pa.Table]:
        """Good readings (schema ``READING``), block by block."""
        careful = map(self._careful, blocks(self.source, self.problems))
        for table in self._quickly() if self._may_be_quick else careful:
            if table is not None:
                self.found.good += len(table)
                self._note_span(table)
                yield table
        if self.found.rows == 0:
            raise self.problems.stop("", self.source.path.name, "empty_file")

    def _careful(self, whole: Block) -> pa.Table | None:
        """The good readings of a block, with every wrong value told; None of blank lines."""
        block = _without_blank_rows(whole)
        if not len(block.rows):
            return None
        self.found.rows += len(block.rows)
        return self._wide(block) if self.layout.wide else self._long(block)

    @property
    def _may_be_quick(self) -> bool:
        """Whether the file holds meter, start and kWh as text, and nothing else."""
        return self.source.kind == "csv" and set(self.layout.columns) == set(NEEDED) and (
            len(self.source.columns) == len(NEEDED)
        )  # fmt: skip

    def _quickly(self) -> Iterator[pa.Table | None]:
        """Parts that are plainly right by many at once, the others carefully."""
        parts = text_parts(self.source, self.problems)
        for part in parts:
            yield self._careful(text_block(self.source, part, self.problems))
            if self._step is not None:
                break
        plain = Plain(
            self.source, [self.layout.columns[name] for name in NEEDED],
            lambda texts: values.plain_times(texts, self.how.zone),
            self.step_minutes, latest_start(self.how.now), MOST_KW * self.step_minutes / 60,
        )  # fmt: skip
        for part, table in ahead(lambda part: (part, plain.read(part)), parts):
            found = None if table is None else self._plain(plain, part, table)
            if found is None:
                found = self._careful(text_block(self.source, part, self.problems))
            yield found

    def _plain(self, plain: Plain, part: Part, table: pa.Table) -> pa.Table | None:
        judged = plain.judged(table)
        if judged is None or not self._all_own(judged.names):
            return None
        self.found.rows += len(table)
        rows = np.arange(part.first_row, part.first_row + len(table))
        start = pa.array(judged.starts.view("datetime64[ms]"), values.UTC_MS)
        kwh = table[self.layout.columns["kwh"]]
        return pa.Table.from_arrays([judged.meters, start, kwh, pa.array(rows)], schema=READING)

    def _long(self, block: Block) -> pa.Table:
        name, rows, problems = self.layout.columns, block.rows, self.problems
        meter, has_meter = values.texts(
            block.table[name["meter"]], rows, "meter", LONGEST_METER, problems
        )
        moment, has_time, twice = values.times(
            block.table[name["start"]], rows, "start", problems, self.how.zone
        )
        kwh, has_kwh = values.numbers(
            block.table[name["kwh"]], rows, "kwh", problems, unit="kWh", comma=self._comma
        )
        self._second_of_two(meter, moment, twice)
        good = has_meter & has_time & has_kwh & self._own_meters(meter, rows, has_meter)
        self._learn_step(meter, moment, good)
        good &= self._sound_times(rows, moment, has_time)
        good &= self._sound_energy(rows, "kwh", kwh, has_kwh)
        if self.how.meter_facts:
            good &= self._facts(block, meter, has_meter)
        return self._table(meter, moment, kwh, rows, good)

    def _wide(self, block: Block) -> pa.Table:
        rows, problems = block.rows, self.problems
        moment, has_time, twice = values.times(
            block.table[self.layout.columns["start"]], rows, "start", problems, self.how.zone
        )
        self._second_of_two(pa.array([""] * len(rows)), moment, twice)
        self._learn_step(pa.array([""] * len(rows)), moment, has_time)
        has_time &= self._sound_times(rows, moment, has_time)
        factor = self.step_minutes / 60 if self.how.unit == "kw" else 1.0
        parts = []
        for name in self._own_columns():
            given, has_value = values.numbers(
                block.table[name], rows, name, problems, unit=self.how.unit or "kWh",
                comma=self._comma, needed=False,
            )  # fmt: skip
            kwh = given * factor
            good = has_time & has_value & self._sound_energy(rows, name, kwh, has_value)
            self.found.meters.setdefault(name, {})
            parts.append(self._table(pa.array([name] * len(rows)), moment, kwh, rows, good))
        return pa.concat_tables(parts)

    def _own_meters(self, meter: pa.Array, rows: values.Rows, known: values.Mask) -> values.Mask:
        """Which rows are of meters that no other supplier reports."""
        if self.how.foreign is None:
            return known
        keys = pc.dictionary_encode(meter)
        names = keys.dictionary.to_pylist()
        new = [name for name in names if name and name not in self._own]
        foreign = self.how.foreign(new) if new else set()
        self._own.update({name: name not in foreign for name in new})
        own = np.array([self._own.get(name, True) for name in names], dtype=bool)
        mask: values.Mask = own[keys.indices.to_numpy(zero_copy_only=False)]
        values.report(self.problems, rows, "meter", meter, known & ~mask, "other_supplier")
        return mask

    def _all_own(self, names: list[str]) -> bool:
        """Whether no meter is another supplier's."""
        if self.how.foreign is None:
            return True
        if new := list(set(names) - self._mine):
            foreign = self.how.foreign(new)
            self._mine.update(name for name in new if name not in foreign)
            return not foreign
        return True

    def _own_columns(self) -> list[str]:
        names = list(self.layout.meters)
        if self.how.foreign is not None and not self._own:
            foreign = self.how.foreign(names)
            self._own = {name: name not in foreign for name in names}
            for name in foreign:
                self.problems.add(1, name, name, "other_supplier")
        return [name for name in names if self._own.get(name, True)]

    @property
    def step_minutes(self) -> int:
        return self._step or 60

    @property
    def _comma(self) -> bool:
        return self.source.delimiter != ","

    def _learn_step(
        self, meter: pa.Array, moment: NDArray[np.datetime64], good: values.Mask
    ) -> None:
        """The interval of the file, from the first block: the usual distance within a meter."""
        if self._step is None and good.any():
            minutes = moment.astype("datetime64[m]").astype(np.int64)
            codes = pc.dictionary_encode(meter).indices.to_numpy(zero_copy_only=False)
            order = np.lexsort((minutes[good], codes[good]))
            codes, minutes = codes[good][order], minutes[good][order]
            gaps = np.diff(minutes)[np.diff(codes) == 0]
            gaps = gaps[gaps > 0]
            self._step = usual_step(np.concatenate([[0], np.cumsum(gaps)]))
        self.found.step_minutes = self.step_minutes

    def _second_of_two(
        self, meter: pa.Array, moment: NDArray[np.datetime64], twice: values.Mask
    ) -> None:
        """When the clocks went back an hour came twice: its second reading is the later hour."""
        for at in np.flatnonzero(twice):
            key = (meter[int(at)].as_py(), int(moment[at].astype(np.int64)))
            seen = self._twice.get(key, 0)
            self._twice[key] = seen + 1
            if seen == 1:
                moment[at] += np.timedelta64(1, "h")

    def _sound_times(
        self, rows: values.Rows, moment: NDArray[np.datetime64], known: values.Mask
    ) -> values.Mask:
        minutes = moment.astype("datetime64[s]").astype(np.int64) / 60
        off = known & (minutes % self.step_minutes != 0)
        old = known & (moment < OLDEST)
        late = np.zeros(len(rows), dtype=bool)
        if self.how.now is not None:
            limit = np.datetime64(int((self.how.now + timedelta(hours=1)).timestamp() * 1000), "ms")
            late = known & (moment > limit)
        step, unsound = self.step_minutes, off | old | late
        if not unsound.any():
            return np.ones(len(rows), dtype=bool)
        texts = pc.strftime(pa.array(moment, values.UTC_MS), "%Y-%m-%dT%H:%MZ")
        values.report(self.problems, rows, "start", texts, off, "off_grid", minutes=step)
        values.report(self.problems, rows, "start", texts, old, "too_old")
        values.report(self.problems, rows, "start", texts, late, "future")
        sound: values.Mask = ~unsound
        return sound

    def _sound_energy(
        self, rows: values.Rows, name: str, kwh: NDArray[np.float64], known: values.Mask
    ) -> values.Mask:
        most = MOST_KW * self.step_minutes / 60
        low, high = known & (kwh < 0), known & (kwh > most)
        given = pa.array(kwh)
        values.report(self.problems, rows, name, given, low, "negative")
        values.report(self.problems, rows, name, given, high, "absurd", limit=f"{most:g}")
        sound: values.Mask = ~(low | high)
        return sound

    def _table(
        self, meter: pa.Array, moment: NDArray[np.datetime64], kwh: NDArray[np.float64],
        rows: values.Rows, good: values.Mask,
    ) -> pa.Table:  # fmt: skip
        columns = [
            pc.dictionary_encode(meter),
            pa.array(moment, values.UTC_MS),
            pa.array(KwhPerInterval(kwh)),
            pa.array(rows),
        ]
        table = pa.Table.from_arrays(columns, schema=READING)
        return table if good.all() else table.filter(pa.array(good))

    def _note_span(self, table: pa.Table) -> None:
        if len(table):
            span = pc.min_max(table["start"])
            first, last = (np.datetime64(span[k].value, "ms") for k in ("min", "max"))
            self.found.first = min(self.found.first or first, first)
            self.found.last = max(self.found.last or last, last)

    def _facts(self, block: Block, meter: pa.Array, has_meter: values.Mask) -> values.Mask:
        """Check and remember what the file says of each meter; the last said counts.

        A fact repeats in thousands of rows, so each distinct value is checked once.
        """
        good = np.ones(len(block.rows), dtype=bool)
        here = [c for c in ABOUT_THE_METER if c in self.layout.columns]
        texts = {}
        for column in here:
            given = block.table[self.layout.columns[column]]
            text = pc.fill_null(pc.utf8_trim_whitespace(values.as_text(given)), "")
            keys = pc.dictionary_encode(text)
            wrong = [_wrong_fact(column, v, comma=self._comma) for v in keys.dictionary.to_pylist()]
            codes = keys.indices.to_numpy(zero_copy_only=False)
            for at, what in enumerate(wrong):
                if what:
                    code, params = what
                    bad = codes == at
                    good &= ~bad
                    values.report(self.problems, block.rows, column, text, bad, code, **params)
            texts[column] = text
        self._remember(meter, texts, has_meter & good)
        return good

    def _remember(self, meter: pa.Array, texts: dict[str, pa.Array], good: values.Mask) -> None:
        names = pa.Table.from_arrays([meter, *texts.values()], ["meter", *texts])
        names = names.filter(pa.array(good)).group_by("meter", use_threads=False)
        last = names.aggregate([(column, "last") for column in texts])
        for row in last.to_pylist():
            facts = {c: _fact(c, row[f"{c}_last"], comma=self._comma) for c in texts}
            known = self.found.meters.setdefault(row["meter"], {})
            known.update({k: v for k, v in facts.items() if v not in {None, ""}})


def _without_blank_rows(block: Block) -> Block:
    """Lines with nothing in them are no readings and no errors."""
    filled = np.zeros(len(block.rows), dtype=bool)
    for column in block.table.columns:
        if not pa.types.is_string(column.type):
            return block
        filled |= pc.not_equal(pc.fill_null(column, ""), "").to_numpy(zero_copy_only=False)
        if filled.all():
            return block
    return Block(block.rows[filled], block.table.filter(pa.array(filled)))


def _wrong_fact(column: str, text: str, *, comma: bool) -> tuple[str, dict[str, object]] | None:
    """The code and params of what is wrong with a meter's fact; None when it is fine or empty."""
    if text == "":
        return None
    if column == "customer_bin":
        return _wrong_bin(text)
    if column == "kato":
        return None if is_valid_kato(text) else ("kato", {})
    if column in RANGES:
        return _wrong_number(text, RANGES[column], comma=comma)
    return ("too_long", {"limit": LONGEST_NAME}) if len(text) > LONGEST_NAME else None


def _wrong_bin(text: str) -> tuple[str, dict[str, object]] | None:
    try:
        check_bin(text)
    except BadIdentifier as error:
        return "bin", {"repair": error.repair or ""}
    return None


def _wrong_number(
    text: str, bounds: tuple[float, float], *, comma: bool
) -> tuple[str, dict[str, object]] | None:
    try:
        value = float(text.replace(",", ".") if comma else text)
    except ValueError:
        return "not_a_number", {"unit": ""}
    low, high = bounds
    return None if low <= value <= high else ("out_of_range", {"low": low, "high": high})


def _fact(column: str, text: str | None, *, comma: bool) -> object:
    if not text:
        return None
    if column in RANGES:
        return float(text.replace(",", ".") if comma else text)
    return check_bin(text).value if column == "customer_bin" else text
