"""How well the load profile finds planted mining loads, and what it takes for mining wrongly.

    python -m benchmarks.detection [FOLDER] [--seed N] [--json]

FOLDER holds hourly Parquet readings (``meter,start,kwh`` and a class in ``tariff_group``, or
``meter_id,ts,kwh``), and perhaps ``labels.csv`` (``meter_id,is_mining,hard``): then the set is
scored as it is. Otherwise farms of every pattern are added to its meters. Without a folder the
meters are invented too. Mining load is synthetic: figures rank, they promise no field accuracy.
"""

import argparse
import csv
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from common import asic
from grid.profiles.curve import Kw, LoadCurve
from grid.profiles.profile import MINING_LIKE, WINDOW_DAYS, Profile, profile
from grid.profiles.synthetic import LEGAL_KINDS, PATTERNS, Farm, legal_load, mining_load

ZONE = ZoneInfo("UTC")
HOURS = WINDOW_DAYS * 24
SHARES = (0.0, 0.2, 0.4, 0.6, 0.8)  # of ordinary load that hides the farm
START = datetime(2024, 1, 1, tzinfo=UTC)
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Base:
    """A meter's months without mining: class, name, hourly kW."""

    name: str
    kind: str
    start: datetime
    kw: Array

    def months(self) -> Iterator[Array]:
        for begin in range(0, self.kw.size - HOURS + 1, HOURS):
            yield self.kw[begin : begin + HOURS]


def read_bases(path: Path) -> list[Base]:
    """Meters of a Parquet file in long form."""
    table = pq.read_table(path)
    names = {"meter_id": "meter", "ts": "start"}
    table = table.rename_columns([names.get(c, c) for c in table.column_names])
    meter = table["meter"].combine_chunks()
    if isinstance(meter, pa.DictionaryArray):
        table = table.set_column(
            table.column_names.index("meter"), "meter", meter.dictionary_decode()
        )
    table = table.sort_by([("meter", "ascending"), ("start", "ascending")])
    meters = table["meter"].to_numpy()
    edges = np.flatnonzero(np.concatenate([[True], meters[1:] != meters[:-1], [True]]))
    starts = table["start"].to_numpy().astype("datetime64[s]").astype(np.int64)
    kwh = table["kwh"].to_numpy().astype(float)
    kinds = table["tariff_group"] if "tariff_group" in table.column_names else None
    return [
        Base(
            str(meters[begin]), str(kinds[int(begin)]) if kinds is not None else "meter",
            datetime.fromtimestamp(int(starts[begin]), UTC), kwh[begin:end],
        )
        for begin, end in pairwise(edges)
    ]  # fmt: skip


def invent_bases(seed: int) -> list[Base]:
    """Ten invented meters of each lawful kind, a year each."""
    draw = np.random.default_rng(seed)
    return [
        Base(f"{kind}-{i}", kind, START, legal_load(
            kind, float(draw.lognormal(3, 1)), START, 12 * HOURS, seed=seed * 1000 + i, zone=ZONE,
        ))
        for kind in LEGAL_KINDS for i in range(10)
    ]  # fmt: skip


def judge(kw: Array, start: datetime = START) -> Profile:
    return profile(LoadCurve(start, 60, Kw(kw)), ZONE)


def false_hits(bases: list[Base]) -> dict[str, Any]:
    """Months and meters without mining that score as mining, by class."""
    months: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    meters: dict[str, set[str]] = defaultdict(set)
    for base in bases:
        for month in base.months():
            hit = judge(month, base.start).score >= MINING_LIKE
            months[base.kind][0] += hit
            months[base.kind][1] += 1
            if hit:
                meters[base.kind].add(base.name)
    return {
        kind: {"months_hit": hit, "months": total, "meters_hit": sorted(meters[kind])}
        for kind, (hit, total) in sorted(months.items())
    }


def plant(base: Base, pattern: str, share: float, seed: int, *, late: bool) -> tuple[Array, float]:
    """A month of a meter with a farm added; and the farm's kW while it runs."""
    draw = np.random.default_rng(seed)
    months = list(base.months())
    month = months[int(draw.integers(0, len(months)))]
    models = [m.model for m in asic.models()]
    farm = Farm(
        model=str(draw.choice(models)), devices=int(np.exp(draw.uniform(0, 7))) or 1,
        pattern=pattern, overhead=float(draw.uniform(1.05, 1.15)),
        availability=float(draw.uniform(0.95, 0.998)),
        onset=int(draw.integers(192, 400)) if late else 0,
    )  # fmt: skip
    mining = mining_load(farm, base.start, HOURS, seed=seed, zone=ZONE)
    mean = float(month.mean())
    hidden = month / mean * mining.mean() * share / (1 - share) if share and mean > 0 else 0.0
    last = mining[-7 * 24 :]  # what runs at the end: a farm that grew has grown by then
    running = last[last > 0]
    return mining + hidden, float(np.median(running)) if running.size else 0.0


def planted(bases: list[Base], seed: int) -> list[dict[str, Any]]:
    """Found and missed farms by pattern, hidden share, and whether the onset lies in the month."""
    rows = []
    for pattern in PATTERNS:
        for late in (False, True):
            rows += [_planted(bases, pattern, share, seed, late=late) for share in SHARES]
    return rows


def _planted(
    bases: list[Base], pattern: str, share: float, seed: int, *, late: bool
) -> dict[str, Any]:
    found, errors, names = 0, [], Counter[str]()
    for i, base in enumerate(bases):
        kw, truth = plant(base, pattern, share, seed * 100_003 + i, late=late)
        answer = judge(kw, base.start)
        names[answer.pattern] += 1
        if answer.score >= MINING_LIKE:
            found += 1
            errors.append(abs(answer.est_kw - truth) / max(truth, 1e-9))
    return {
        "pattern": pattern, "onset": "within" if late else "before", "hidden": share,
        "planted": len(bases), "found": found, "named": dict(names),
        "est_kw_error": round(float(np.median(errors)), 3) if errors else None,
    }  # fmt: skip


def labelled(folder: Path) -> dict[str, Any]:
    """Average precision and P@k of a set that says which meters mine."""
    with (folder / "labels.csv").open() as file:
        labels = {row["meter_id"]: row for row in csv.DictReader(file)}
    scores = {
        base.name: judge(base.kw, base.start) for base in read_bases(folder / "readings.parquet")
    }
    names = sorted(scores, key=lambda name: -scores[name].score)
    truth = np.array([labels[name]["is_mining"] == "1" for name in names])
    precision = np.cumsum(truth) / np.arange(1, truth.size + 1)
    k = int(truth.sum())
    hits = [name for name in names if scores[name].score >= MINING_LIKE]
    wrong = Counter(
        labels[name].get("hard") or labels[name].get("cls", "") for name in hits
        if labels[name]["is_mining"] != "1"
    )  # fmt: skip
    return {
        "meters": len(names), "mining": k,
        "average_precision": round(float(precision[truth].mean()), 3),
        "precision_at_k": round(float(precision[k - 1]), 3), "above_threshold": len(hits),
        "found": int(sum(labels[name]["is_mining"] == "1" for name in hits)), "false": dict(wrong),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    started = time.monotonic()
    result: dict[str, Any] = {"seed": options.seed}
    if options.folder and (options.folder / "labels.csv").exists():
        result["labelled"] = labelled(options.folder)
    else:
        files = sorted(options.folder.glob("*.parquet")) if options.folder else []
        bases = read_bases(files[0]) if files else invent_bases(options.seed)
        result["false_hits"] = false_hits(bases)
        result["planted"] = planted(bases, options.seed)
    result["seconds"] = round(time.monotonic() - started, 1)
    print(json.dumps(result) if options.json else told(result))


def told(result: dict[str, Any]) -> str:
    lines = []
    if "labelled" in result:
        lines += [f"{key}: {value}" for key, value in result["labelled"].items()]
    for kind, row in result.get("false_hits", {}).items():
        lines.append(
            f"no mining  {kind:18s} {row['months_hit']:4d} of {row['months']:4d} months hit"
            f"  {', '.join(row['meters_hit'])}"
        )
    for row in result.get("planted", []):
        lines.append(
            f"planted  {row['pattern']:16s} onset {row['onset']:6s} hidden {row['hidden']:.1f}:"
            f" {row['found']:3d} of {row['planted']} found, est_kw error {row['est_kw_error']}"
        )
    return "\n".join([*lines, f"{result['seconds']} s"])


if __name__ == "__main__":
    main()
