"""A file cut inside its last number is noticed; one that only lacks its last line end is not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from grid.formats.meaning import Reading
from grid.formats.problems import Problems
from grid.formats.readings import ReadingFile

HEADER = "meter,start,kwh\n"


def problems_of(path: Path, content: str) -> list[tuple[int, str, str, str]]:
    path.write_text(content)
    problems = Problems()
    for _ in ReadingFile(path, Reading(now=datetime(2026, 11, 23, tzinfo=UTC)), problems).tables():
        pass
    return [(p.row, p.column, p.value, p.code) for p in problems.kept]


def month(value: str) -> str:
    rows = [f"M{m},2026-09-01T{h:02d}:00Z,{value}" for m in range(3) for h in range(24)]
    return HEADER + "\n".join(rows)


@pytest.mark.parametrize("value", ["12.345", "0.500", "1234", "7.5"])
def test_a_file_without_its_last_line_end_is_whole(tmp_path: Path, value: str) -> None:
    assert problems_of(tmp_path / "a.csv", month(value)) == []


@pytest.mark.parametrize(
    ("value", "lost", "left"),
    [("12.345", 1, "12.34"), ("12.345", 3, "12."), ("12.345", 5, "1"), ("1234", 2, "12")],
)
def test_digits_lost_at_the_end_are_noticed(
    tmp_path: Path, value: str, lost: int, left: str
) -> None:
    found = problems_of(tmp_path / "a.csv", month(value)[:-lost])
    assert found == [(73, "kwh", left, "cut_off")]


def test_numbers_of_any_length_may_end_in_a_short_one(tmp_path: Path) -> None:
    rows = [f"M1,2026-09-01T{h:02d}:00Z,{h}" for h in range(24)]
    assert (
        problems_of(tmp_path / "a.csv", HEADER + "\n".join([*rows, "M2,2026-09-01T00:00Z,7"])) == []
    )


def test_the_same_end_with_its_line_end_is_taken_as_it_is(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "a.csv", month("12.345")[:-2] + "\n") == []
