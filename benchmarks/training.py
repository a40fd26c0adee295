"""Grows the model of the load profile: `python -m benchmarks.training FOLDER [--meters N]`.

FOLDER holds ``real_series.npz`` and ``weather.csv.gz``; every fourth base of a class is held back
for ``benchmarks/detection.py``. Needs LightGBM (``requirements-bench.txt``), which the portal
itself does not. Writes ``grid/profiles/mining.npz``; nothing of FOLDER goes into the repository
but what the trees learnt. The same folder, seed and versions give the same trees.
"""

import argparse
import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from benchmarks.planted import Drawn, World, draw_meter, read_world
from grid.profiles import features as f
from grid.profiles.estimate import NAMES, with_figures
from grid.profiles.profile import Degrees, Readings, clock_shifts
from grid.profiles.trees import FILE, LEAF, Forest

MINING, ALIKE = 0.35, 0.30
WEATHER_KNOWN = 0.6
UTC_ZONE = ZoneInfo("UTC")
GROWTH: dict[str, Any] = {
    "num_leaves": 24, "learning_rate": 0.05, "min_data_in_leaf": 20, "bagging_fraction": 0.7,
    "bagging_freq": 1, "max_bin": 127, "num_threads": 2, "seed": 1, "deterministic": True,
    "force_row_wise": True, "verbose": -1,
}  # fmt: skip
TREES = 400
TOLD_SHARE = 0.2  # of mining that scores are shifted to: doubtful loads are looked at


def readings_of(drawn: Drawn) -> Readings:
    """One drawn meter as readings; hours that it did not deliver are left out."""
    known = np.isfinite(drawn.kw)
    first = int(drawn.start.timestamp()) // 3600
    return Readings(
        edges=np.array([0, int(known.sum())]),
        starts=60 * (first + np.arange(drawn.kw.size))[known], kwh=drawn.kw[known],
        minutes=np.array([60]), tick=1,
    )  # fmt: skip


def degrees_of(drawn: Drawn) -> Degrees:
    """Its weather by day; drawn meters begin at midnight UTC."""
    daily = drawn.degrees.reshape(-1, 24).mean(axis=1)
    return Degrees(int(drawn.start.timestamp()) // 86_400, daily.astype(np.float32))


def rows(world: World, count: int, seed: int) -> tuple[NDArray[np.float32], ...]:
    """Features with figures, whether it mines, and log kW of the farm over the mean load."""
    draw = np.random.default_rng(seed)
    shifts = clock_shifts(UTC_ZONE)
    x, figures = np.empty(f.COUNT, dtype=np.float32), np.empty(f.FIGURES)
    found, mines, size = [], [], []
    for _ in range(count):
        drawn = draw_meter(world, draw, mining=MINING, alike=ALIKE)
        readings, degrees = readings_of(drawn), degrees_of(drawn)
        known = draw.random() < WEATHER_KNOWN
        warmth = degrees.values if known else np.empty(0, dtype=np.float32)
        clock = np.array([1, 60, degrees.first])
        if f.measure(readings.starts, readings.kwh, clock, shifts, warmth, x, figures):
            found.append(with_figures(x, figures))
            mines.append(drawn.mining)
            size.append(np.log(max(drawn.true_kw, 1e-3) / figures[f.WHOLE_MEAN]))
    return np.array(found), np.array(mines, dtype=np.float32), np.array(size, dtype=np.float32)


def forest_of(booster: lgb.Booster) -> Forest:
    """A grown forest, node by node; limits rounded so that float32 values fall as before."""
    nodes: list[tuple[int, float, int, bool, float]] = []
    roots = []
    for tree in booster.dump_model()["tree_info"]:
        roots.append(len(nodes))
        nodes.append((LEAF, 0.0, 0, False, 0.0))
        _lay(tree["tree_structure"], roots[-1], nodes)
    feature, limit, left, unknown_left, value = zip(*nodes, strict=True)
    return Forest(
        np.array(roots, dtype=np.int32), np.array(feature, dtype=np.int16),
        np.array([_float32_below(v) for v in limit], dtype=np.float32),
        np.array(left, dtype=np.int32), np.array(unknown_left), np.array(value, dtype=np.float32),
    )  # fmt: skip


def _float32_below(limit: float) -> np.float32:
    near = np.float32(min(limit, float(np.finfo(np.float32).max)))
    return near if float(near) <= limit else np.nextafter(near, np.float32(-np.inf))


def _lay(tree: dict[str, Any], at: int, nodes: list[Any]) -> tuple[float, float]:
    """Put a tree into the list; returns the weight and mean of its leaves."""
    if "split_feature" not in tree:
        weight, value = float(tree.get("leaf_count", 1)), float(tree["leaf_value"])
        nodes[at] = (LEAF, 0.0, 0, False, value)
        return weight, value
    left = len(nodes)
    nodes += [None, None]
    one, a = _lay(tree["left_child"], left, nodes)
    two, b = _lay(tree["right_child"], left + 1, nodes)
    mean = (one * a + two * b) / (one + two)
    as_zero = tree["missing_type"] == "None"
    unknown_left = tree["threshold"] >= 0 if as_zero else tree["default_left"]
    nodes[at] = (tree["split_feature"], tree["threshold"], left, bool(unknown_left), mean)
    return one + two, mean


def grow(
    x: NDArray[np.float32], mines: NDArray[np.float32], size: NDArray[np.float32]
) -> tuple[lgb.Booster, lgb.Booster]:
    """The forest of the score and, on the meters that mine, that of the estimate."""
    score = lgb.train(
        {**GROWTH, "objective": "binary", "feature_fraction": 0.4, "lambda_l2": 5.0},
        lgb.Dataset(x[:, : f.COUNT], mines), TREES,
    )  # fmt: skip
    farms = mines > 0
    estimate = lgb.train(
        {**GROWTH, "objective": "huber", "alpha": 0.1, "feature_fraction": 0.5},
        lgb.Dataset(x[farms], size[farms]), TREES,
    )  # fmt: skip
    return score, estimate


def keep(path: Path, score: Forest, estimate: Forest, trained_share: float) -> None:
    """Write the model; nodes are float32, so that the file stays small."""
    shift = np.log(TOLD_SHARE / (1 - TOLD_SHARE)) - np.log(trained_share / (1 - trained_share))
    arrays: dict[str, Any] = {"names": np.array(NAMES), "shift": np.float64(shift)}
    for kind, forest in (("score", score), ("estimate", estimate)):
        arrays |= {f"{kind}_{field}": getattr(forest, field) for field in Forest._fields}
    np.savez_compressed(path, **arrays)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--meters", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    started = time.monotonic()
    world = read_world(options.folder, held_back=False)
    x, mines, size = rows(world, options.meters, options.seed)
    print(
        f"{len(x)} meters drawn from {len(world.bases)} bases, {time.monotonic() - started:.0f} s"
    )
    score, estimate = grow(x, mines, size)
    keep(options.out, forest_of(score), forest_of(estimate), float(mines.mean()))
    size_kb = options.out.stat().st_size // 1024
    print(f"{options.out}: {size_kb} kB, {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
