"""The matcher's CSV files: parties in, matches out, and an output that survives a kill."""

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import IO

from common.errors import BadFile, RowProblem
from registry.matching.parties import Party

TIPS = ("id", "name", "bin", "address", "lat", "lon")
REGISTER = ("registration", "name", "bin", "address", "lat", "lon")
MATCHES = ("id", "registration", "score", "verdict", "reasons")
PAIRS = ("a", "b", "schema")
Row = dict[str, str]
LIMITS = {"lat": 90.0, "lon": 180.0}
NEEDED = 2  # columns without which a file is not of its kind
KEPT = 1_000  # problems that are told one by one; the rest is only counted
SAVED_EVERY = 2_000  # rows


class Rows:
    """The records of a CSV file as dictionaries, one at a time, with the problems met so far."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.path = path
        self.columns = columns
        self.header: list[str] = []
        self.problems: list[RowProblem] = []
        self.rejected = 0
        self.read = 0

    def refuse(self, row: int, column: str, value: str, code: str, **params: object) -> None:
        """Note what is wrong with a value."""
        self.rejected += 1
        if len(self.problems) < KEPT:
            self.problems.append(RowProblem(row, column, value[:80], code, params))

    def __iter__(self) -> Iterator[Row]:
        """Raises ``BadFile`` if this is no CSV file in UTF-8 with the columns."""
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            try:
                yield from self._records(file)
            except UnicodeDecodeError as error:
                raise self._bad("encoding") from error
            except csv.Error as error:
                raise self._bad("bad_quotes") from error

    def _records(self, file: IO[str]) -> Iterator[Row]:
        first = file.readline()
        delimiter = ";" if first.count(";") > first.count(",") else ","
        names = next(csv.reader([first], delimiter=delimiter), [])
        self.header = [name.strip().lower() for name in names]
        missing = [name for name in self.columns[:NEEDED] if name not in self.header]
        if missing:
            raise BadFile([RowProblem(1, missing[0], "", "missing_column", {})])
        for record in csv.reader(file, delimiter=delimiter):
            if record:
                self.read += 1
                yield dict(zip(self.header, record, strict=False))

    def _bad(self, code: str) -> BadFile:
        return BadFile([RowProblem(self.read + 2, "", "", code, {})])


def parties(rows: Rows) -> Iterator[Party]:
    """The parties of a file; those without a key are refused, a bad coordinate is left out."""
    key_column = rows.columns[0]
    for record in rows:
        line = rows.read + 1
        key = record.get(key_column, "").strip()
        if not key:
            rows.refuse(line, key_column, "", "empty_cell")
            continue
        lat, lon = (_degrees(rows, line, name, record.get(name, "")) for name in LIMITS)
        if lat is None or lon is None:
            lat = lon = None
        name = record.get("name", "")
        yield Party(
            key, (name,) if name else (), record.get("bin", ""), record.get("address", ""), lat, lon
        )


def _degrees(rows: Rows, line: int, column: str, text: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = float("nan")
    if abs(value) <= LIMITS[column]:
        return value
    limit = LIMITS[column]
    rows.refuse(line, column, text, "not_within", lowest=-limit, highest=limit, unit="°")
    return None


class Output:
    """A CSV file written beside its place, saved every few thousand rows, put there when whole.

    ``fingerprint`` says what the rows are made from. A second run with the same one goes on
    behind the last saved row; ``done`` tells how many rows of input that was.
    """

    def __init__(self, path: Path, fingerprint: Mapping[str, object]) -> None:
        self.path = path
        self.part = path.with_name(f"{path.name}.part")
        self.state = path.with_name(f"{path.name}.part.json")
        self.fingerprint = dict(fingerprint)
        self.done = 0
        self._size = 0
        self._resume()

    def _resume(self) -> None:
        try:
            saved = json.loads(self.state.read_text())
            whole = self.part.stat().st_size >= saved["size"]
        except (OSError, ValueError, KeyError):
            return
        if whole and saved["fingerprint"] == self.fingerprint:
            self.done, self._size = saved["done"], saved["size"]

    def write(
        self, header: Sequence[str], rows: Iterable[Sequence[object]], tell: Callable[[int], object]
    ) -> None:
        """Write the header, unless it was, and the rows; then put the file in its place."""
        with self.part.open("r+b" if self._size else "wb") as file:
            file.seek(self._size)
            file.truncate()
            if not self._size:
                self._save(file, [header], 0)
            rest = iter(rows)
            while batch := list(islice(rest, SAVED_EVERY)):
                self._save(file, batch, len(batch))
                tell(self.done)
        self.part.replace(self.path)
        self.state.unlink(missing_ok=True)

    def _save(self, file: IO[bytes], rows: Sequence[Sequence[object]], count: int) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        file.write(text.getvalue().encode())
        file.flush()
        os.fsync(file.fileno())
        self.done += count
        self._size = file.tell()
        state = {"fingerprint": self.fingerprint, "done": self.done, "size": self._size}
        aside = self.state.with_name(f"{self.state.name}.new")
        aside.write_text(json.dumps(state))
        aside.replace(self.state)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
