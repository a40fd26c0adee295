"""Registers only grow: energy is the difference of two readings, and what is not known is a gap."""

from collections.abc import Sequence
from random import Random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.lake.order import in_order
from grid.lake.registers import Change, Registers

HOUR = 3_600_000
Row = tuple[str, int, float]  # meter, hour, register

hourly_rises = st.lists(st.integers(0, 5000).map(lambda n: n / 1000), min_size=1, max_size=40)


def shown(
    rows: Sequence[Row], ratio: float = 1.0, serials: Sequence[str] | None = None
) -> pa.Table:
    size = len(rows)
    moments = np.array([row[1] * HOUR for row in rows], dtype="datetime64[ms]")
    return in_order(pa.table({
        "meter": pa.array([row[0] for row in rows], pa.string()),
        "start": pa.array(moments, pa.timestamp("ms", tz="UTC")),
        "kwh": pa.array([row[2] for row in rows], pa.float64()),
        "row": pa.array(range(2, size + 2), pa.int64()),
        "ratio": pa.array([ratio] * size, pa.float64()),
        "serial": pa.array(serials or [""] * size, pa.string()),
    }))  # fmt: skip


def energies(rows: Sequence[Row], **more: object) -> dict[tuple[str, int], float]:
    """kWh by meter and hour."""
    table = Registers(60).energies(shown(rows, **more))  # type: ignore[arg-type]  # columns by name
    return by_hour(table)


def by_hour(table: pa.Table) -> dict[tuple[str, int], float]:
    hours = (table["start"].cast(pa.int64()).to_numpy() // HOUR).tolist()
    return dict(
        zip(
            zip(table["meter"].to_pylist(), hours, strict=True),
            table["kwh"].to_pylist(),
            strict=True,
        )
    )


def register(meter: str, rises: Sequence[float], first: float = 0.0) -> list[Row]:
    marks = first + np.concatenate([[0.0], np.cumsum(rises)])
    return [(meter, hour, round(float(mark), 3)) for hour, mark in enumerate(marks)]


@given(hourly_rises, st.integers(0, 10**8), st.sampled_from([1.0, 20.0, 160.0]))
def test_the_sum_of_energies_is_last_less_first_times_the_ratio(
    rises: list[float], first: int, ratio: float
) -> None:
    rows = register("M", rises, first)
    found = energies(rows, ratio=ratio)
    assert len(found) == len(rises)
    assert sum(found.values()) == pytest.approx((rows[-1][2] - rows[0][2]) * ratio, abs=1e-3)


@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.integers(0, 60), st.floats(0, 1e9)),
        unique_by=lambda row: row[:2], min_size=1, max_size=60,
    ),
    st.sampled_from([None, 1e4, 1e6]),
)  # fmt: skip
def test_no_energy_is_ever_negative_and_none_is_beyond_what_a_meter_carries(
    rows: list[Row], most: float | None
) -> None:
    plain = register("Z", [1.0] * 600)  # among many that rise
    found = by_hour(Registers(60, most).energies(shown([*rows, *plain])))
    assert len(found) >= 600
    assert all(0 <= kwh <= 1e6 for kwh in found.values())


@given(hourly_rises, hourly_rises, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    one: list[float], other: list[float], chance: Random
) -> None:
    rows = [*register("A", one), *register("B", other, 500.0)]
    mixed = list(rows)
    chance.shuffle(mixed)
    assert energies(mixed) == energies(rows)


@given(hourly_rises, hourly_rises)
def test_a_reset_leaves_out_one_interval_and_no_other(
    before: list[float], after: list[float]
) -> None:
    old = register("M", before, 54_000.0)
    rows = [*old, *((m, len(old) + h, mark) for m, h, mark in register("M", after))]
    registers = Registers(60)
    found = by_hour(registers.energies(shown(rows)))
    assert set(range(len(rows) - 1)) - {hour for _, hour in found} == {len(old) - 1}
    (change,) = registers.changes
    assert change == Change("M", len(old) * HOUR, "reset", old[-1][2], 0.0)  # type: ignore[arg-type]  # a row of three


def test_the_first_reading_of_a_meter_gives_no_energy() -> None:
    assert energies([("A", 0, 5.0), ("B", 0, 7.0), ("B", 1, 8.5)]) == {("B", 0): 1.5}


def test_energy_over_missing_readings_is_not_spread() -> None:
    registers = Registers(60)
    found = by_hour(
        registers.energies(shown([("A", 0, 1.0), ("A", 1, 2.0), ("A", 4, 8.0), ("A", 5, 9.0)]))
    )
    assert found == {("A", 0): 1.0, ("A", 4): 1.0}
    assert (registers.left_out, registers.changes) == (1, [])


@pytest.mark.parametrize(
    "marks", [[100, 101, 5, 102, 103], [100, 101, 5, 6, 102, 103], [100, 101, 5000, 5001, 102, 103]]
)
def test_a_wrong_reading_there_and_back_is_no_consumption(marks: list[float]) -> None:
    found = energies([("A", hour, float(mark)) for hour, mark in enumerate(marks)])
    assert max(found.values()) == 1.0


def test_another_serial_number_is_another_meter_also_where_its_register_is_higher() -> None:
    rows = [("A", 0, 10.0), ("A", 1, 11.0), ("A", 2, 40.0), ("A", 3, 41.0)]
    registers = Registers(60)
    found = by_hour(registers.energies(shown(rows, serials=["s1", "", "", ""])))
    assert found == {("A", 0): 1.0, ("A", 1): 29.0, ("A", 2): 1.0}
    found = by_hour(registers.energies(shown(rows, serials=["s1", "s1", "s2", "s2"])))
    assert found == {("A", 0): 1.0, ("A", 2): 1.0}
    (change,) = registers.changes
    assert (change.kind, change.before, change.after, change.serial) == ("exchange", 11, 40, "s2")


def test_a_leap_that_no_meter_carries_is_another_register() -> None:
    registers = Registers(60)
    assert by_hour(registers.energies(shown([("A", 0, 1.0), ("A", 1, 9e6)]))) == {}
    assert [change.kind for change in registers.changes] == ["exchange"]


def test_a_register_of_known_digits_runs_over() -> None:
    rows = [("A", 0, 999_998.4), ("A", 1, 999_999.4), ("A", 2, 0.6), ("A", 3, 1.2)]
    found = by_hour(Registers(60, 1e6).energies(shown(rows)))
    assert found == {("A", 0): 1.0, ("A", 1): 1.2, ("A", 2): 0.6}
    registers = Registers(60)
    assert ("A", 1) not in by_hour(registers.energies(shown(rows)))
    assert [change.kind for change in registers.changes] == ["reset"]


def test_a_register_runs_over_also_where_nothing_else_is_known_of_the_meter() -> None:
    found = by_hour(Registers(60, 1e6).energies(shown([("A", 0, 999_999.9), ("A", 1, 0.0)])))
    assert found == {("A", 0): 0.1}


def test_a_reset_is_no_running_over_where_too_much_would_have_passed() -> None:
    rows = [("A", 0, 600_000.0), ("A", 1, 600_001.0), ("A", 2, 0.0), ("A", 3, 1.0)]
    registers = Registers(60, 1e6)
    assert by_hour(registers.energies(shown(rows))) == {("A", 0): 1.0, ("A", 2): 1.0}
    assert len(registers.changes) == 1


def test_an_interval_in_which_the_ratio_changed_is_left_out() -> None:
    table = shown([("A", 0, 1.0), ("A", 1, 2.0), ("A", 2, 3.0)])
    table = table.set_column(4, "ratio", pa.array([20.0, 20.0, 40.0]))
    registers = Registers(60)
    assert by_hour(registers.energies(table)) == {("A", 0): 20.0}
    assert registers.left_out == 1


def test_values_that_fall_as_often_as_they_rise_are_no_registers() -> None:
    registers = Registers(60)
    registers.energies(shown([("A", hour, float(hour % 2)) for hour in range(100)]))
    assert registers.unlikely
