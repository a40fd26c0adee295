"""The process that decodes a workbook: ``python -m intake.formats.decoder FILE``.

It writes Arrow batches of text to its standard output, the header alone first. It starts for
every workbook, so it imports nothing that it does not need.
"""

import resource
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import pyarrow as pa
import python_calamine

MOST_MEMORY = 3 << 30  # bytes of address space; a million rows of fifteen columns need half
DAMAGED, TOO_LARGE = 3, 4
ROWS = 10_000  # a batch


def decode(path: str) -> int:
    """Write the first sheet of ``path`` to standard output: the header, then blocks of rows."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        sheet = python_calamine.load_workbook(path).get_sheet_by_index(0)
    except MemoryError:
        return TOO_LARGE
    except (python_calamine.CalamineError, OSError, IndexError):
        return DAMAGED
    first, left = sheet.start or (0, 0)
    width = left + sheet.width
    schema = pa.schema(
        [(str(n), pa.string()) for n in range(width)],
        metadata={"rows": str(max(first + sheet.height - 1, 0))},
    )
    with pa.ipc.new_stream(sys.stdout.buffer, schema) as writer:
        for records in _in_chunks(sheet.iter_rows()):
            columns = [pa.array(_as_texts(c), pa.string()) for c in zip(*records, strict=True)]
            empty = [pa.array([""] * len(records))] * left
            writer.write_batch(pa.record_batch([*empty, *columns], schema=schema))
    return 0


def _in_chunks(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    """First the header alone, then blocks; rows before the first filled one count too."""
    if header := list(islice(rows, 1)):
        yield header
    while chunk := list(islice(rows, ROWS)):
        yield chunk


def _as_texts(cells: Sequence[object]) -> list[str]:
    return [cell if type(cell) is str else _as_text(cell) for cell in cells]


def _as_text(cell: object) -> str:
    """A cell as a person would type it: 12.0 is "12", midnight of a day is the day."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat() if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    sys.exit(decode(sys.argv[1]))
