"""What each measured process reads, writes and tells; the standard library only."""

import csv
import gzip
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, str]
Guess = tuple[str, str, float, str]  # tip, entry ("" none), score, verdict ("" a peer has none)
Ask = Callable[[Sequence[Row]], list[Guess]]
MIB = 1 << 20


def rows_of(path: Path) -> Iterator[Row]:
    """The records of a CSV file, gzipped or not."""
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def peak_mib() -> float:
    """The most memory that this process has held, MiB.

    ``ru_maxrss`` would count what the parent held before the process became another program.
    """
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return float("nan")
    kib = next(line.split()[1] for line in lines if line.startswith("VmHWM"))
    return int(kib) * 1024 / MIB


def timed(run: Callable[[], Any]) -> tuple[Any, float]:
    """What a call gives, and its seconds."""
    begun = time.perf_counter()
    result = run()
    return result, time.perf_counter() - begun


def tell(
    out: Path, build_s: float, tips: int, seconds: Sequence[float], guesses: Sequence[Guess],
    **more: object,
) -> None:  # fmt: skip
    """Write the guesses for the judge, and print what was measured as one JSON object."""
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(guesses)
    speeds = sorted(tips / one for one in seconds)
    told = {
        "build_s": round(build_s, 2), "tips": tips,
        "tips_per_s": round(statistics.median(speeds), 1),
        "tips_per_s_range": [round(speeds[0], 1), round(speeds[-1], 1)],
        "peak_mib": round(peak_mib()), **more,
    }  # fmt: skip
    json.dump(told, sys.stdout)
