"""A reading file as checked readings: meter, UTC start, kWh, and what the file says of meters.

Every row is checked by column at once (Arrow, NumPy); only wrong values are looked at one by one.
Memory stays bounded by the block, whatever the size of the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from common.ahead import ahead
from grid.formats import values
from grid.formats.blocks import Block, Source
from grid.formats.facts import facts_of
from grid.formats.interval import bare_day, judged_step
from grid.formats.layout import Layout, Slot, read_layout
from grid.formats.lines import METER, NUMBER, TIME
from grid.formats.meaning import LABELS, Reading, to_kwh
from grid.formats.plain import CODED, NAME, OLDEST_START, Judged, Plain, latest_start
from grid.formats.problems import Problems
from grid.formats.sources import blocks, open_source
from grid.formats.text import Stretch, line_ends, lines_of, stretches, text_block
from grid.profiles.curve import STEPS, KwhPerInterval

LONGEST_METER = 64
MOST_KW = 1_000_000.0  # a gigawatt through one meter is a slip of the unit
MOST_RATIO = 1_000_000.0
OLDEST = np.datetime64(OLDEST_START, "ms")
PLAIN = {"meter": METER, "start": TIME, "value": NUMBER}
A_DAY = 24 * 60
MOST_REGISTER_KWH = 1e12
READING = pa.schema(
    [("meter", CODED), ("start", values.UTC_MS), ("kwh", pa.float64()), ("row", pa.int64())]
)
REGISTER = READING.append(pa.field("ratio", pa.float64())).append(pa.field("serial", pa.string()))


@dataclass(slots=True)
class Found:
    """What was found while reading: fills up as the blocks are taken."""

    rows: int = 0
    good: int = 0
    step_minutes: int = 60
    meters: dict[str, dict[str, object]] = field(default_factory=dict)
    first: np.datetime64 | None = None
    last: np.datetime64 | None = None


class ReadingFile:
    """A reading file. Iterate ``tables()`` once; afterwards ``found`` and ``problems`` are full."""

    def __init__(self, path: Path, how: Reading, problems: Problems) -> None:
        self.how = how
        self.problems = problems
        self.found = Found()
        self.source: Source = open_source(path, problems, how.header_row)
        self.layout: Layout = read_layout(self.source, problems, how)
        self._own: dict[str, bool] = {}
        self._mine: set[str] = set()
        self._twice: dict[tuple[str, int], int] = {}
        self._step = how.step_minutes or (self.layout.slot_minutes if self.layout.slots else None)
        self._learned = False
        self._next_row = self.source.header_row + 1

    def tables(self) -> Iterator[pa.Table]:
        """Good readings (schema ``READING``), block by block.

        Of registers (schema ``REGISTER``) the moment they were read at and what they showed, in
        kWh before the ratio.
        """
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
        if not self._learned:
            self._learn_step(block)
        self.found.rows += len(block.rows)
        read = self._wide if self.layout.wide else self._days if self.layout.slots else self._long
        return read(block)

    @property
    def _may_be_quick(self) -> bool:
        """Whether the file holds meter, start and kWh as text and nothing else, taken as it is."""
        bare = set(self.layout.columns) == set(PLAIN) and len(self.source.columns) == len(PLAIN)
        as_it_is = self.layout.unit == "kwh" and not self.how.ends and self.how.ratio in {None, 1.0}
        return self.source.kind == "csv" and bare and as_it_is and not self.how.register

    def _quickly(self) -> Iterator[pa.Table | None]:
        """The first stretch, which shows the interval, carefully; then those that are plainly
        right by many at once.
        """
        todo = stretches(self.source)
        for stretch in todo:
            yield from self._slowly(stretch)
            if self._learned:
                break
        roles = {self.layout.columns[role]: kind for role, kind in PLAIN.items()}
        first, second, third = (roles[heading] for heading in self.source.columns)
        plain = Plain(
            self.source, (first, second, third),
            lambda texts: values.plain_times(texts, self.how.zone, day_first=self.how.day_first),
            self.step_minutes, latest_start(self.how.now), MOST_KW * self.step_minutes / 60,
        )  # fmt: skip
        for stretch, judged in ahead(lambda stretch: (stretch, plain.judged(stretch)), todo):
            if judged is not None and self._all_plain(judged.meters.dictionary):
                yield self._plain(judged)
            else:
                yield from self._slowly(stretch)

    def _slowly(self, stretch: Stretch) -> Iterator[pa.Table | None]:
        content = lines_of(self.source, stretch)
        yield from map(
            self._careful, text_block(self.source, self._next_row, content, self.problems)
        )
        self._next_row += line_ends(content)

    def _plain(self, judged: Judged) -> pa.Table:
        size = len(judged.starts)
        rows = np.arange(self._next_row, self._next_row + size)
        self._next_row += size
        self.found.rows += size
        start = pa.array(judged.starts.view("datetime64[ms]"), values.UTC_MS)
        return pa.Table.from_arrays(
            [judged.meters, start, pa.array(judged.kwh), pa.array(rows)], schema=READING
        )

    def _long(self, block: Block) -> pa.Table:
        meter, good = self._meter(block)
        times = self._times(block, meter)
        heading = self.layout.columns["value"]
        ratio, has_ratio = self._ratio(block, times)
        kwh, sound = self._energy(block, heading, ratio, needed=True)
        good &= has_ratio & sound & self._sound_times(block.rows, times)
        if self.how.meter_facts:
            good &= self._facts(block, meter, good)
        return self._table(block, meter, times.moments, kwh, good, ratio)

    def _wide(self, block: Block) -> pa.Table:
        size = len(block.rows)
        nobody = pa.array([""] * size)
        times = self._times(block, nobody)
        ratio, _ = self._ratio(block, times)
        good = self._sound_times(block.rows, times)
        parts = []
        for name in self._own_columns():
            kwh, sound = self._energy(block, name, ratio, needed=False)
            self.found.meters.setdefault(name, {})
            meter = pa.array([name] * size)
            parts.append(self._table(block, meter, times.moments, kwh, good & sound, ratio))
        return pa.concat_tables(parts)

    def _days(self, block: Block) -> pa.Table:
        """A row of a meter's day, a column of each interval; an empty one is a gap."""
        meter, good = self._meter(block)
        day = values.trimmed(block.table[self.layout.columns["date"]])
        if self.how.meter_facts:
            good &= self._facts(block, meter, good)
        parts = []
        for slot in self.layout.slots:
            times = self._slot_times(block, day, slot)
            ratio, has_ratio = self._ratio(block, times)
            kwh, sound = self._energy(block, slot.heading, ratio, needed=False)
            sound &= good & has_ratio & self._sound_times(block.rows, times)
            parts.append(self._table(block, meter, times.moments, kwh, sound, ratio))
        return pa.concat_tables(parts)

    def _slot_times(self, block: Block, day: pa.Array, slot: Slot) -> values.Times:
        """The beginnings of one column's intervals. A bad day is told once, with the first."""
        first = slot is self.layout.slots[0]
        times = self._at(block, day, slot.clock or "00:00", self.problems if first else Problems())
        if slot.number:
            self._count_on(block, day, slot, times)
            return times
        if not first:
            there = self._at(block, day, "12:00", Problems()).known
            self._report_slot(block, slot, there & ~times.known, "no_such_time")
        if self._names_ends and not slot.begins:
            times.moments -= np.timedelta64(self.step_minutes, "m")
        return times

    def _at(self, block: Block, day: pa.Array, clock: str, problems: Problems) -> values.Times:
        return values.times(
            values.joined(day, clock), block.rows, self.layout.columns["date"], problems,
            self.how.zone, day_first=self.how.day_first,
        )  # fmt: skip

    def _report_slot(self, block: Block, slot: Slot, bad: values.Mask, code: str) -> None:
        """An interval that was not there matters only where a value stands."""
        given = values.trimmed(block.table[slot.heading])
        filled = pc.not_equal(given, "").to_numpy(zero_copy_only=False)
        zone = self.how.zone.key if self.how.zone else ""
        most = A_DAY // self.step_minutes
        values.report(
            self.problems, block.rows, slot.heading, given, bad & filled, code, zone=zone, most=most
        )

    def _count_on(self, block: Block, day: pa.Array, slot: Slot, times: values.Times) -> None:
        """The n-th interval after midnight, as time passes: a day of 25 hours has a 25th."""
        after = (slot.number - 1) * self.step_minutes
        next_day = self._at(block, day, "24:00", Problems())
        length = (next_day.moments - times.moments).astype("timedelta64[m]").astype(np.int64)
        beyond = times.known & next_day.known & (after >= length)
        self._report_slot(block, slot, beyond, "no_such_interval")
        times.known &= ~beyond
        times.moments += np.timedelta64(after, "m")

    def _meter(self, block: Block) -> tuple[pa.Array, values.Mask]:
        heading = self.layout.columns["meter"]
        meter, known = values.texts(
            block.table[heading], block.rows, heading, LONGEST_METER, self.problems
        )
        return meter, known & self._own_meters(meter, block.rows, known)

    def _times(self, block: Block, meter: pa.Array) -> values.Times:
        """The beginnings of the intervals in UTC, whatever the file's times name."""
        column, heading = self._clock(block)
        times = values.times(
            column, block.rows, heading, self.problems, self.how.zone,
            day_first=self.how.day_first,
        )  # fmt: skip
        self._second_of_two(meter, times)
        ends = self._names_ends & times.local if "end" not in self.layout.columns else times.known
        if ends.any() and not self.how.register:
            times.moments[ends] -= np.timedelta64(self.step_minutes, "m")
        return times

    def _clock(self, block: Block) -> tuple[pa.ChunkedArray | pa.Array, str]:
        """The column of times and its heading; a day and a time of day are put together."""
        columns = self.layout.columns
        for role in ("start", "end"):
            if role in columns:
                return block.table[columns[role]], columns[role]
        day, clock = (values.trimmed(block.table[columns[role]]) for role in ("date", "time"))
        return values.joined(day, clock), f"{columns['date']}, {columns['time']}"

    def _ratio(
        self, block: Block, times: values.Times
    ) -> tuple[NDArray[np.float64] | float, values.Mask]:
        """By what the readings are multiplied: the row's own ratio, or that of the profile."""
        heading = self.layout.columns.get("ratio")
        if heading is None:
            everywhere = np.ones(len(block.rows), dtype=bool)
            usual = self.how.ratio or 1.0
            shown = self.how.register | times.local
            return (1.0 if usual == 1.0 else np.where(shown, usual, 1.0)), everywhere
        ratio, known = values.numbers(
            block.table[heading], block.rows, heading, self.problems, unit="", comma=self._comma
        )
        odd: values.Mask = known & ~((ratio > 0) & (ratio <= MOST_RATIO))
        given = values.trimmed(block.table[heading])
        values.report(self.problems, block.rows, heading, given, odd, "ratio", high=MOST_RATIO)
        return ratio, known & ~odd

    def _energy(
        self, block: Block, heading: str, ratio: NDArray[np.float64] | float, *, needed: bool
    ) -> tuple[NDArray[np.float64], values.Mask]:
        """kWh of the intervals, or what registers showed; and where there is a sound one."""
        unit, rows = self.layout.unit, block.rows
        given, known = values.numbers(
            block.table[heading], rows, heading, self.problems, unit=LABELS[unit],
            comma=self._comma, needed=needed,
        )  # fmt: skip
        factor = to_kwh(unit, self.step_minutes)
        kwh = given * factor if factor != 1.0 else given
        if not (self.how.register or (isinstance(ratio, float) and ratio == 1.0)):
            kwh = kwh * ratio
        most = self._most_kwh
        low, high = known & (kwh < 0), known & (kwh > most)
        shown, limit = pa.array(given), f"{most / factor:g}"
        values.report(self.problems, rows, heading, shown, low, "negative")
        values.report(
            self.problems, rows, heading, shown, high, "absurd", limit=limit, unit=LABELS[unit]
        )
        return kwh, known & ~(low | high)

    @property
    def _most_kwh(self) -> float:
        """More is a slip: of an interval, or of a register of so many digits."""
        if not self.how.register:
            return MOST_KW * self.step_minutes / 60
        return self.register_most or MOST_REGISTER_KWH

    @property
    def register_most(self) -> float | None:
        """After so many kWh a register begins again at 0; None where its digits are not known."""
        factor = to_kwh(self.layout.unit, self.step_minutes)
        return None if self.how.digits is None else 10.0**self.how.digits * factor

    def _facts(self, block: Block, meter: pa.Array, known: values.Mask) -> values.Mask:
        """What the file says of each meter is checked and remembered; the last said counts."""
        good, told = facts_of(block, self.layout, meter, known, self.problems, comma=self._comma)
        for name, facts in told.items():
            self.found.meters.setdefault(name, {}).update(facts)
        return good

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
        heading = self.layout.columns["meter"]
        values.report(self.problems, rows, heading, meter, known & ~mask, "other_supplier")
        return mask

    def _all_plain(self, names: pa.Array) -> bool:
        """Whether all are names of meters as they stand, and none is another supplier's."""
        new = list(set(names.to_pylist()) - self._mine)
        if not all(map(NAME.fullmatch, new)) or (
            new and self.how.foreign and self.how.foreign(new)
        ):
            return False
        self._mine.update(new)
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
    def _names_ends(self) -> bool:
        """Whether a time without offset ends its interval; a register is read at the time."""
        return self.how.ends and not self.how.register

    @property
    def _time_heading(self) -> str:
        columns = self.layout.columns
        return next(columns[role] for role in ("start", "end", "date") if role in columns)

    @property
    def _comma(self) -> bool:
        return self.source.delimiter != ","

    def _learn_step(self, block: Block) -> None:
        """The interval of the file, from the first block with times: the usual distance.

        Raises BadFile for totals of days or months, and for an interval that is none of ours.
        """
        if not self.layout.slots:
            column, heading = self._clock(block)
            if day := bare_day(column):
                raise self.problems.stop(heading, day, "totals")
            meter, minutes = self._moments(block, column)
            if not minutes.size:
                return
            step, usual, wrong = judged_step(meter, minutes)
            if not wrong and self._step and usual in STEPS and usual != self._step:
                wrong = "step_of_profile"
            if wrong:
                raise self.problems.stop(heading, f"{usual} min", wrong, minutes=self._step)
            self._step = self._step or step
        self._learned = True
        self.found.step_minutes = self.step_minutes

    def _moments(
        self, block: Block, column: pa.ChunkedArray | pa.Array
    ) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Codes of meters and minutes since 1970 where there is a time; nothing is told yet."""
        times = values.times(
            column, block.rows, "", Problems(), self.how.zone, day_first=self.how.day_first
        )
        heading = self.layout.columns.get("meter")
        meter = values.trimmed(block.table[heading]) if heading else pa.array([""] * len(column))
        codes = pc.dictionary_encode(meter).indices.to_numpy(zero_copy_only=False)
        minutes = times.moments.astype("datetime64[m]").astype(np.int64)
        return codes[times.known], minutes[times.known]

    def _second_of_two(self, meter: pa.Array, times: values.Times) -> None:
        """When the clocks went back an hour came twice: its second reading is the later hour."""
        for at in np.flatnonzero(times.twice):
            key = (meter[int(at)].as_py(), int(times.moments[at].astype(np.int64)))
            seen = self._twice.get(key, 0)
            self._twice[key] = seen + 1
            if seen == 1:
                times.moments[at] += np.timedelta64(1, "h")

    def _sound_times(self, rows: values.Rows, times: values.Times) -> values.Mask:
        moment, known = times.moments, times.known
        minutes = moment.astype("datetime64[s]").astype(np.int64) / 60
        off = known & (minutes % self.step_minutes != 0)
        old = known & (moment < OLDEST)
        late = np.zeros(len(rows), dtype=bool)
        if self.how.now is not None:
            limit = np.datetime64(int((self.how.now + timedelta(hours=1)).timestamp() * 1000), "ms")
            late = known & (moment > limit)
        unsound = off | old | late
        if unsound.any():
            step, heading = self.step_minutes, self._time_heading
            texts = pc.strftime(pa.array(moment, values.UTC_MS), "%Y-%m-%dT%H:%MZ")
            values.report(self.problems, rows, heading, texts, off, "off_grid", minutes=step)
            values.report(self.problems, rows, heading, texts, old, "too_old")
            values.report(self.problems, rows, heading, texts, late, "future")
        sound: values.Mask = known & ~unsound
        return sound

    def _table(
        self, block: Block, meter: pa.Array, moment: NDArray[np.datetime64],
        kwh: NDArray[np.float64], good: values.Mask, ratio: NDArray[np.float64] | float,
    ) -> pa.Table:  # fmt: skip
        columns = [
            pc.dictionary_encode(meter),
            pa.array(moment, values.UTC_MS),
            pa.array(KwhPerInterval(kwh)),
            pa.array(block.rows),
        ]
        if self.how.register:
            columns += [pa.array(np.full(len(moment), ratio)), self._serial(block)]
        table = pa.Table.from_arrays(columns, schema=REGISTER if self.how.register else READING)
        return table if good.all() else table.filter(pa.array(good))

    def _serial(self, block: Block) -> pa.Array:
        """The number of the meter's device where the file tells it, cut to what can be kept."""
        heading = self.layout.columns.get("serial")
        if heading is None:
            return pa.array([""] * len(block.rows), pa.string())
        return pc.utf8_slice_codeunits(values.trimmed(block.table[heading]), 0, LONGEST_METER)

    def _note_span(self, table: pa.Table) -> None:
        if len(table):
            span = pc.min_max(table["start"])
            first, last = (np.datetime64(span[k].value, "ms") for k in ("min", "max"))
            self.found.first = min(self.found.first or first, first)
            self.found.last = max(self.found.last or last, last)


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
