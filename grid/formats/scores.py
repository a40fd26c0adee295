"""The file of scores: a row a meter, the reasons in words."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

from grid.profiles.profile import Profile

COLUMNS = ("meter", "score", "pattern", "est_kw", "coverage", "reasons")


def write_scores(
    path: Path, rows: Iterable[tuple[str, Profile]], words: Callable[[Profile], list[str]]
) -> int:
    """Write ``meter,score,pattern,est_kw,coverage,reasons``; returns the number of rows.

    The file appears whole or not at all.
    """
    count = 0
    unfinished = path.with_name(path.name + ".unfinished")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for meter, found in rows:
            est_kw = found.est_kw if found.pattern != "none" else 0.0
            writer.writerow([
                meter, f"{found.score:.4f}", found.pattern, f"{est_kw:.3f}",
                f"{found.coverage:.4f}", " ".join(words(found)),
            ])  # fmt: skip
            count += 1
    unfinished.replace(path)
    return count
