"""The portal's matcher, asked as the command `match` asks it."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.matchers.measuring import Ask, Guess, Row
from registry.matching import Index, Party
from registry.matching.likeness import names_alike


def _parties(rows: Iterable[Row], key: str) -> Iterator[Party]:
    for row in rows:
        place = (float(row["lat"]), float(row["lon"])) if row["lat"] else (None, None)
        yield Party(row[key], (row["name"],), row["bin"], row["address"], *place)


def build(rows: Iterable[Row], _folder: Path) -> Ask:
    """The index; compiling, where nothing compiled is kept yet, counts as building."""
    index = Index.build(_parties(rows, "registration"))
    index.best([Party("", ("Қуат",))])

    def ask(tips: Sequence[Row]) -> list[Guess]:
        keys = [tip["id"] for tip in tips]
        found = index.best(_parties(tips, "id"))
        return [
            (key, one.key, one.score, one.verdict) for key, one in zip(keys, found, strict=True)
        ]

    return ask


def score_pairs(rows: Iterable[Row]) -> list[float]:
    """The likeness of each pair, as `match --pairs` scores it."""
    return [names_alike(row["a"], row["b"], row["schema"]) for row in rows]
