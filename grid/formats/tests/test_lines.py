"""Machine code takes lines apart as Python's own reader does, or leaves them alone."""

import csv
import io

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grid.formats.lines import KINDS, METER, NUMBER, SHORTEST_LINE, TIME, Order, cells_of

LONG = "M" * SHORTEST_LINE  # so short a file is otherwise shorter than its rows may be
METERS = st.sampled_from(["A", "AB", "ABC", "Счётчик 7", "A B", LONG])
TIMES = st.sampled_from(["2026-10-01T00:00+05:00", "2026-10-01T01:00+05:00", "01.10.2026 2:00"])
NUMBERS = st.one_of(
    st.floats(0, 1e12, allow_subnormal=False).map(lambda x: f"{x:.3f}"),
    st.floats(1e-3, 1e9).map(lambda x: np.format_float_positional(x, unique=True, trim="0")),
    st.integers(0, 10**20).map(str),
    st.decimals(0, 10**6, places=20).map(lambda x: f"{x:f}"),
)
ORDERS = st.permutations(KINDS).map(tuple)


def written(rows: list[tuple[str, str, str]], order: Order, delimiter: str, end: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerows([[row[kind] for kind in order] for row in rows])
    return out.getvalue().encode()


@given(
    rows=st.lists(st.tuples(METERS, TIMES, NUMBERS), min_size=1, max_size=60), order=ORDERS,
    delimiter=st.sampled_from(",;\t"), end=st.sampled_from(["\n", "\r\n"]), quoted=st.booleans(),
    cut=st.booleans(),
)  # fmt: skip
def test_plain_lines_are_read_to_the_last_bit(
    rows: list[tuple[str, str, str]], order: Order, delimiter: str, end: str, quoted: bool,
    cut: bool,
) -> None:  # fmt: skip
    rows = [*rows, (LONG, "2026-10-01T00:00+05:00", "1")]
    content = written(rows, order, delimiter, end)
    if quoted:
        content = content.replace(b"A B", b'"A B"')
    cells = cells_of(content[: -len(end)] if cut else content, delimiter, order)
    assert cells is not None
    assert cells.meters.to_pylist() == [row[METER] for row in rows]
    assert cells.times.to_pylist() == [row[TIME] for row in rows]
    assert cells.numbers.tolist() == [float(row[NUMBER]) for row in rows]


ALPHABET = st.sampled_from([*'AB0129.,-e+"\r\n; \t', "2026-10-01T00:00Z", "Ж", "\x00", '"A",'])


@given(st.lists(ALPHABET, max_size=40).map("".join))
@example('A,"B\nC",1\n')
@example('"A""B",t,1\n')
@example("A,t,\n")
@example("A,t,1.\n")
@example("A,t,.5\n")
@example("A,t,1e5\n")
@example("A,t,-1\n")
@example("A,t,1\r2\n")
@example("A,t,1\n\n")
@example('A,"t"x,1\n')
def test_whatever_stands_there_is_read_as_python_reads_it_or_not_at_all(text: str) -> None:
    line = f"{LONG},2026-10-01T00:00+05:00,1\n"
    content = line + text + ("" if text.endswith("\n") or not text else "\n") + line
    cells = cells_of(content.encode(), ",", KINDS)
    if cells is None:
        return
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert cells.meters.to_pylist() == [row[METER] for row in rows]
    assert cells.times.to_pylist() == [row[TIME] for row in rows]
    assert cells.numbers.tolist() == [float(row[NUMBER]) for row in rows]


@pytest.mark.parametrize(
    "content", [b"\xff\xfe,2026-10-01T00:00+05:00,1\n", b"A" * 50, b"A" * 50 + b",", b"\n" * 90]
)
def test_what_is_no_text_and_no_line_is_left_alone(content: bytes) -> None:
    assert cells_of(content, ",", KINDS) is None
