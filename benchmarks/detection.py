"""How well the load profile finds planted mining loads, beside plainer ways to look for them.

    python -m benchmarks.detection [FOLDER] [--meters N] [--seed N] [--json]

FOLDER with ``labels.csv`` (``meter_id,is_mining,hard,share``) and ``readings.parquet``: that set,
as it is. FOLDER with ``real_series.npz``: meters are drawn from the bases that training never
saw. Without a folder the bases are invented. Peers that are not installed are left out
(``requirements-bench.txt``). Mining load is synthetic: figures rank ways to look, they
promise no accuracy in the field.
"""

import argparse
import csv
import importlib.util
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks.planted import PATTERNS, UTC_ZONE, Drawn, draw_meter, read_world
from grid.profiles import features as f
from grid.profiles import verdict as v
from grid.profiles.profile import Degrees, Readings, profiles

MINING, ALIKE = 0.03, 0.08
SHARES = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0))
PLAIN = (
    "load_factor", "day_spread", "night_day", "weekend", "band_best", "up1_share", "up1_sharp",
    "weather",
)  # fmt: skip
Array = NDArray[np.float64]


@dataclass
class Looked:
    """What is known and what was found of a set of meters."""

    score: Array
    est_kw: Array
    named: list[str]
    features: NDArray[np.float32]
    truth: list[Drawn]

    @property
    def mining(self) -> NDArray[np.bool_]:
        return np.array([m.mining for m in self.truth])


def look(meters: Iterator[tuple[Readings, Degrees | None, Drawn]]) -> Looked:
    """Profile the meters one by one, as they are drawn."""
    verdicts, features, truth = [], [], []
    for readings, degrees, drawn in meters:
        found = profiles(readings, UTC_ZONE, degrees)
        verdicts.append(found.verdict[0])
        features.append(found.features[0])
        truth.append(drawn)
    verdict = np.array(verdicts)
    named = [v.PATTERNS[int(row[v.PATTERN])] for row in verdict]
    return Looked(verdict[:, v.SCORE], verdict[:, v.EST_KW], named, np.array(features), truth)


def drawn_meters(
    folder: Path | None, count: int, seed: int
) -> Iterator[tuple[Readings, Degrees | None, Drawn]]:
    """Meters of bases kept from training; half of them with their weather."""
    world, draw = read_world(folder, held_back=True), np.random.default_rng(seed)
    for _ in range(count):
        drawn = draw_meter(world, draw, mining=MINING, alike=ALIKE)
        degrees = drawn.degrees.reshape(-1, 24).mean(axis=1).astype(np.float32)
        first = int(drawn.start.timestamp()) // 86_400
        known = np.isfinite(drawn.kw)
        hours = (first * 24 + np.arange(drawn.kw.size))[known]
        readings = Readings(
            np.array([0, hours.size]), hours * 60, drawn.kw[known], np.array([60]), 1
        )
        yield readings, Degrees(first, degrees) if draw.random() < 0.5 else None, drawn


def labelled_meters(folder: Path) -> Iterator[tuple[Readings, Degrees | None, Drawn]]:
    """The meters of a set with labels, sorted by meter and time, with its weather if there is."""
    with (folder / "labels.csv").open() as file:
        labels = {row["meter_id"]: row for row in csv.DictReader(file)}
    table = pq.read_table(folder / "readings.parquet", columns=["meter_id", "ts", "kwh"])
    meters = table["meter_id"].to_numpy()
    minutes = table["ts"].to_numpy().astype("datetime64[m]").astype(np.int64)
    kwh = table["kwh"].to_numpy()
    degrees = _weather(folder / "weather.parquet")
    edges = np.flatnonzero(np.concatenate([[True], meters[1:] != meters[:-1], [True]]))
    for a, b in pairwise(edges):
        row = labels[str(meters[a])]
        drawn = Drawn(
            kwh[a:b], None, None, mining=row["is_mining"] == "1", kind=row.get("hard") or "plain",  # type: ignore[arg-type]  # not drawn
            pattern="evening_dodging" if row.get("evade") == "1" else "flat",
            hidden=1 - float(row.get("share") or 0),
        )  # fmt: skip
        yield (
            Readings(np.array([0, b - a]), minutes[a:b], kwh[a:b], np.array([60]), 1),
            degrees,
            drawn,
        )


def _weather(path: Path) -> Degrees | None:
    if not path.exists():
        return None
    table = pq.read_table(path)
    day = table["ts"].to_numpy().astype("datetime64[D]").astype(np.int64)
    total = np.bincount(day - day[0], table["temp"].to_numpy()) / np.bincount(day - day[0])
    return Degrees(int(day[0]), total.astype(np.float32))


def ranked(mining: NDArray[np.bool_], score: Array) -> dict[str, float]:
    """Average precision and P@k, k being the number that mine; both NaN when none does."""
    if not mining.any():
        return {"ap": float("nan"), "p_at_k": float("nan")}
    hit = mining[np.argsort(-score, kind="stable")]
    precision = np.cumsum(hit) / np.arange(1, hit.size + 1)
    k = int(hit.sum())
    return {
        "ap": round(float(precision[hit].mean()), 3),
        "p_at_k": round(float(precision[k - 1]), 3),
    }


def error_of(looked: Looked, among: NDArray[np.bool_]) -> float | None:
    """Median relative error of est_kw on the found ones (score 0.5 or more)."""
    found = among & (looked.score >= v.MINING_LIKE)
    true = np.array([m.true_kw for m in looked.truth])
    found &= true > 0
    if not found.any():
        return None
    return round(float(np.median(np.abs(looked.est_kw[found] / true[found] - 1))), 3)


def parts(looked: Looked) -> list[dict[str, Any]]:
    """Figures by pattern and by hidden share: the part's farms among all meters without one."""
    mining, rows = looked.mining, []
    hidden = np.array([m.hidden for m in looked.truth])
    pattern = np.array([m.pattern for m in looked.truth])
    among = [(name, pattern == name) for name in PATTERNS]
    among += [(f"hidden {a:.0%}-{b:.0%}", (hidden >= a) & (hidden < b)) for a, b in SHARES]
    for name, chosen in among:
        some = mining & chosen
        if some.any():
            kept = some | ~mining
            found = float((looked.score[some] >= v.MINING_LIKE).mean())
            rows.append({
                "part": name, "farms": int(some.sum()), "found": round(found, 2),
                **ranked(mining[kept], looked.score[kept]), "est_kw_error": error_of(looked, some),
            })  # fmt: skip
    return rows


def hand_rule(x: NDArray[np.float32]) -> Array:
    """Load factor high, spread low, night as day, weekend as weekday: points, untuned."""
    of = {name: x[:, f.AT[name]].astype(float) for name in PLAIN}
    points: Array = (
        np.clip((of["load_factor"] - 0.5) / 0.35, 0, 1) + np.clip(1 - of["day_spread"] / 0.3, 0, 1)
        + np.clip(1 - np.abs(np.log(np.maximum(of["night_day"], 0.01))), 0, 1)
        + np.clip(1 - 5 * np.abs(np.log(np.maximum(of["weekend"], 0.01))), 0, 1)
    )  # fmt: skip
    return points


def _plain(x: NDArray[np.float32]) -> Array:
    plain: Array = np.nan_to_num(x[:, [f.AT[name] for name in PLAIN]].astype(float))
    return plain


def isolation(looked: Looked) -> Array:
    forest = importlib.import_module("sklearn.ensemble").IsolationForest(random_state=1)
    return -np.asarray(forest.fit(_plain(looked.features)).score_samples(_plain(looked.features)))


def ecod(looked: Looked) -> Array:
    found = importlib.import_module("pyod.models.ecod").ECOD().fit(_plain(looked.features))
    return np.asarray(found.decision_scores_)


def boosted(looked: Looked) -> Array:
    """LightGBM on the plain features with this set's labels, five folds: it has seen its kin."""
    lgb = importlib.import_module("lightgbm")
    x, y = _plain(looked.features), looked.mining
    fold, found = np.random.default_rng(1).integers(0, 5, y.size), np.zeros(y.size)
    for k in range(5):
        data = lgb.Dataset(x[fold != k], y[fold != k].astype(int))
        grown = lgb.train({"objective": "binary", "verbose": -1, "num_threads": 2}, data, 200)
        found[fold == k] = grown.predict(x[fold == k])
    return found


PEERS: dict[str, tuple[str | None, Callable[[Looked], Array]]] = {
    "load factor only": (None, lambda s: s.features[:, f.AT["load_factor"]].astype(float)),
    "hand rule": (None, lambda s: hand_rule(s.features)),
    "IsolationForest": ("sklearn", isolation),
    "ECOD": ("pyod", ecod),
    "LightGBM, plain features, 5-fold": ("lightgbm", boosted),
}


def compared(looked: Looked) -> dict[str, dict[str, float]]:
    rows = {"load profile": ranked(looked.mining, looked.score)}
    for name, (package, peer) in PEERS.items():
        if package is None or importlib.util.find_spec(package):
            rows[name] = ranked(looked.mining, np.nan_to_num(peer(looked)))
    return rows


def false_hits(looked: Looked) -> dict[str, int]:
    """Meters without mining that score as mining, by kind."""
    hits = zip(looked.truth, looked.score, strict=True)
    return dict(Counter(m.kind for m, s in hits if not m.mining and s >= v.MINING_LIKE))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--meters", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    started = time.monotonic()
    given = options.folder is not None and (options.folder / "labels.csv").exists()
    looked = look(
        labelled_meters(options.folder) if given
        else drawn_meters(options.folder, options.meters, options.seed)
    )  # fmt: skip
    result = {
        "meters": len(looked.truth), "mining": int(looked.mining.sum()),
        "est_kw_error": error_of(looked, looked.mining), "methods": compared(looked),
        "parts": parts(looked), "false_hits": false_hits(looked),
        "seconds": round(time.monotonic() - started, 1),
    }  # fmt: skip
    print(json.dumps(result) if options.json else told(result))


def told(result: dict[str, Any]) -> str:
    lines = [f"{result['meters']} meters, {result['mining']} of them mine"]
    lines += [
        f"  {name:34s} AP {row['ap']:.3f}  P@k {row['p_at_k']:.3f}"
        for name, row in result["methods"].items()
    ]
    lines += [
        f"  {row['part']:16s} {row['farms']:4d} farms  AP {row['ap']:.3f}"
        f"  P@k {row['p_at_k']:.3f}  found {row['found']:.2f}  est_kw error {row['est_kw_error']}"
        for row in result["parts"]
    ]
    lines.append(f"median error of est_kw on the found ones: {result['est_kw_error']}")
    lines.append(f"wrongly found: {result['false_hits']}")
    return "\n".join([*lines, f"{result['seconds']} s"])


if __name__ == "__main__":
    main()
