"""How well and how fast parties are matched, beside other matchers on the same data in one run.

    python -m benchmarks.matching [FOLDER] [--entries 100000] [--entries 1000000] [--rounds 3]
        [--peers-python PATH] [--only NAME] [--seed N] [--json]

FOLDER holds registry.csv.gz, tips.csv.gz, truth.csv.gz (id,registration) and pairs.csv
(set,schema,a,b,label); without one, 10,000 tips are invented. A register larger than the folder's
is made by extending it (``matchers/invented.py``). Every matcher runs in a process of its own, so
its peak memory is its own, and in rounds that alternate, so a busy machine slows all alike: the
ratios count. Ours is judged at its one threshold; a peer at the threshold that suits it best on
this very set, which flatters it. The peers come from requirements-bench.txt.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.matchers import invented
from benchmarks.matchers.measuring import rows_of
from registry.matching import POSSIBLE

ROOT = Path(__file__).parents[1]
Told = dict[str, Any]
PEERS = ("tfidf", "cdist", "logic_v2")
PAIR_PEERS = ("token_sort", "logic_v2")
SAID = {"ours": "this matcher", "tfidf": "TF-IDF + sparse_dot_topn", "cdist": "rapidfuzz cdist",
        "logic_v2": "nomenklatura LogicV2", "token_sort": "rapidfuzz token_sort"}  # fmt: skip
# Slow peers are asked fewer tips; their F1 is then that of the fewer.
FEWER = {"cdist": {100_000: 2_000, 1_000_000: 300}, "logic_v2": {100_000: 1_000}}
TOO_LARGE = {"logic_v2": 100_000}  # entries above which a peer is left out: it takes hours
RIVAL = "tfidf"  # the quickest peer of that quality
GOALS: Told = {"f1": {100_000: 0.88, 1_000_000: 0.80}, "same": 0.995, "times": 2.0, "mib": 1536}


def started(python: str, arguments: list[str]) -> Told:
    """One measured process; what it told."""
    command = [python, "-m", "benchmarks.matchers.run", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["?"]
        return {"failed": last[0]}
    told: Told = json.loads(done.stdout)
    return told


def quality(guesses: list[list[str]], truth: dict[str, str], least: float) -> Told:
    """Precision, recall and F1 of the guesses at or above a score."""
    kept = [row for row in guesses if row[1] and float(row[2]) >= least]
    right = sum(truth[row[0]] == row[1] for row in kept)
    there = sum(bool(truth[row[0]]) for row in guesses)
    precision, recall = right / max(len(kept), 1), right / max(there, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-12)
    return {"precision": precision, "recall": recall, "f1": f1, "at": least}


def judged(out: Path, truth: dict[str, str], threshold: float | None) -> Told:
    """A matcher's quality: at its threshold, or where none is given at the best of all."""
    guesses = [line.split(",") for line in out.read_text(encoding="utf-8").splitlines()]
    steps = [threshold] if threshold is not None else [at / 100 for at in range(20, 101)]
    best = max((quality(guesses, truth, at) for at in steps), key=lambda one: one["f1"])
    there = [row for row in guesses if truth[row[0]]]
    best["recall_at_1"] = sum(truth[row[0]] == row[1] for row in there) / max(len(there), 1)
    same = [row for row in guesses if row[3] == "same"]
    if same:
        right = sum(truth[row[0]] == row[1] for row in same)
        best.update(same=len(same), same_precision=right / len(same))
    return best


def measured(name: str, python: str, folder: Path, work: Path, options: Told) -> Told:
    """Rounds of one matcher are told together: the median of speeds, the highest memory."""
    out = work / f"{name}.csv"
    arguments = [name, str(folder), str(out), "--rounds", "1"]
    told = started(python, [*arguments, "--tips", str(options["tips"])])
    return told if "failed" in told else {**told, "out": out}


def compared(folder: Path, entries: int, pythons: dict[str, str], rounds: int) -> list[Told]:
    """All matchers on one folder, round by round."""
    truth = {row["id"]: row["registration"] for row in rows_of(folder / "truth.csv.gz")}
    rows: list[Told] = []
    with tempfile.TemporaryDirectory(prefix="matching-") as work:
        runs: dict[str, list[Told]] = {name: [] for name in pythons}
        for turn in range(rounds):
            for name, python in pythons.items():
                fewer = _fewer(name, entries)
                if (turn and fewer) or entries > TOO_LARGE.get(name, entries):
                    continue  # once is enough of what takes minutes
                told = measured(name, python, folder, Path(work), {"tips": fewer})
                print(f"  {SAID[name]}: {_short(told)}", file=sys.stderr)
                runs[name].append(told)
        for name, some in runs.items():
            good = [one for one in some if "failed" not in one]
            if good:
                threshold = POSSIBLE if name == "ours" else None
                rows.append(_row(name, good, judged(good[-1]["out"], truth, threshold)))
    return rows


def _fewer(name: str, entries: int) -> int:
    return next((n for size, n in FEWER.get(name, {}).items() if entries <= size), 0)


def _short(told: Told) -> str:
    if "failed" in told:
        return f"FAILED: {told['failed']}"
    return f"{told['tips_per_s']} tips/s, built in {told['build_s']} s, {told['peak_mib']} MiB"


def _row(name: str, runs: list[Told], found: Told) -> Told:
    speeds = [run["tips_per_s"] for run in runs]
    return {
        "matcher": name, "tips": runs[0]["tips"], "rounds": len(runs),
        "tips_per_s": statistics.median(speeds), "tips_per_s_range": [min(speeds), max(speeds)],
        "build_s": statistics.median(run["build_s"] for run in runs),
        "peak_mib": max(run["peak_mib"] for run in runs),
        **{key: round(value, 4) for key, value in found.items()},
    }  # fmt: skip


def with_ratios(rows: list[Told], entries: int) -> Told:
    """The rows with our speed and memory as multiples of each peer's, and the goals."""
    ours = next(row for row in rows if row["matcher"] == "ours")
    for row in rows:
        row["ours_times_faster"] = round(ours["tips_per_s"] / row["tips_per_s"], 2)
        row["ours_share_of_memory"] = round(ours["peak_mib"] / row["peak_mib"], 2)
    rival = next((row for row in rows if row["matcher"] == RIVAL), None)
    least = next((f1 for size, f1 in GOALS["f1"].items() if entries <= size), 0.0)
    goals = {
        f"F1 at least {least}": ours["f1"] >= least,
        f"precision of same at least {GOALS['same']}": ours.get("same_precision", 1.0)
        >= GOALS["same"],
        f"peak memory at most {GOALS['mib']} MiB": ours["peak_mib"] <= GOALS["mib"],
    }
    if rival:
        goals[f"at least {GOALS['times']} times the tips/s of {SAID[RIVAL]}"] = (
            rival["ours_times_faster"] >= GOALS["times"]
        )
    return {"entries": entries, "matchers": rows, "goals": goals}


def area(scores: list[float], labels: list[bool]) -> float:
    """The area under the ROC curve: how often a true pair stands above a false one."""
    ranked = sorted(zip(scores, labels, strict=True))
    above, passed, true = 0.0, 0, sum(labels)
    for _score, tied in groupby(ranked, key=lambda one: one[0]):
        some = [label for _, label in tied]
        above += sum(some) * (passed + (len(some) - sum(some)) / 2)
        passed += len(some) - sum(some)
    return above / max(true * (len(labels) - true), 1)


def pairs_compared(folder: Path, pythons: dict[str, str]) -> list[Told]:
    """The AUC of each scorer on each set of labelled pairs."""
    rows = list(rows_of(folder / "pairs.csv"))
    found = []
    with tempfile.TemporaryDirectory(prefix="pairs-") as work:
        for name in ("ours", *PAIR_PEERS):
            if name not in pythons:
                continue
            out = Path(work) / f"{name}.json"
            told = started(pythons[name], [name, str(folder), str(out), "--pairs"])
            if "failed" in told:
                print(f"  {SAID[name]}: FAILED: {told['failed']}", file=sys.stderr)
                continue
            scores = json.loads(out.read_text())
            row: Told = {"matcher": name, **told}
            for kind in dict.fromkeys(one["set"] for one in rows):
                some = [(s, r["label"] == "1") for s, r in zip(scores, rows, strict=True)
                        if r["set"] == kind]  # fmt: skip
                row[kind] = round(area([s for s, _ in some], [label for _, label in some]), 4)
            found.append(row)
    return found


def pythons_of(peers_python: str, only: list[str]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The interpreter of each matcher that can run, and what the others lack."""
    lacks: dict[str, list[str]] = started(peers_python, ["missing"])
    if "failed" in lacks:
        lacks = {name: ["an interpreter that starts"] for name in (*PEERS, "token_sort")}
    wanted = [name for name in (*PEERS, "token_sort") if not only or name in only]
    able = {name: peers_python for name in wanted if not lacks[name]}
    return {"ours": sys.executable, **able}, {n: lacks[n] for n in wanted if lacks[n]}


def folder_of(given: Path | None, work: Path, entries: int, seed: int) -> Path:
    """The folder to run on: the given one, an invented one, or one of them extended."""
    base = given
    if base is None:
        base = work / "invented"
        if not base.exists():
            base.mkdir()
            invented.make(base, 100_000, 10_000, seed)
    if entries <= sum(1 for _ in rows_of(base / "registry.csv.gz")):
        return base
    grown = work / f"grown-{entries}"
    grown.mkdir()
    invented.extend(base, grown, entries, seed)
    for name in ("tips.csv.gz", "truth.csv.gz"):
        (grown / name).symlink_to((base / name).resolve())
    return grown


def told(report: Told) -> str:
    lines = []
    for name, lacks in report["missing"].items():
        lines.append(
            f"NOT COMPARED: {SAID[name]} (lacks {', '.join(lacks)}). For it: python3 -m venv"
            " .venv-bench && .venv-bench/bin/pip install -r requirements-bench.txt, then"
            " --peers-python .venv-bench/bin/python"
        )
    for size in report["sizes"]:
        lines.append(f"{size['entries']:,} entries")
        for row in size["matchers"]:
            best = "its own threshold" if row["matcher"] == "ours" else "the best for it here"
            lines.append(
                f"  {SAID[row['matcher']]:26} {row['tips']:6,} tips  F1 {row['f1']:.3f}"
                f" (P {row['precision']:.3f} R {row['recall']:.3f} at {row['at']}, {best})"
                f"  R@1 {row['recall_at_1']:.3f}  {row['tips_per_s']:9,.1f} tips/s"
                f"  build {row['build_s']:.1f} s  peak {row['peak_mib']:,.0f} MiB"
                f"  ours ×{row['ours_times_faster']} as fast, ×{row['ours_share_of_memory']} memory"
            )
            if "same" in row:
                lines.append(
                    f"    of them called the same: {row['same']:,}, right"
                    f" {row['same_precision']:.4f}"
                )
        lines += [f"  {'met' if met else 'MISSED'}: {goal}" for goal, met in size["goals"].items()]
    for row in report["pairs"]:
        areas = "  ".join(f"{k} {v:.3f}" for k, v in row.items() if isinstance(v, float))
        lines.append(f"pairs, AUC  {SAID[row['matcher']]:26} {areas}  {row['us_per_pair']} µs/pair")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--entries", type=int, action="append", help="may be given several times")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers-python", default=sys.executable, metavar="PATH")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="peers to run")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    pythons, lacks = pythons_of(options.peers_python, options.only)
    report: Told = {"missing": lacks, "seed": options.seed, "sizes": []}
    with tempfile.TemporaryDirectory(prefix="matching-data-") as work:
        for entries in options.entries or [100_000]:
            folder = folder_of(options.folder, Path(work), entries, options.seed)
            able = {name: python for name, python in pythons.items() if name != "token_sort"}
            rows = compared(folder, entries, able, options.rounds if entries <= 100_000 else 1)
            report["sizes"].append(with_ratios(rows, entries))
        base = options.folder or Path(work) / "invented"
        report["pairs"] = pairs_compared(base, pythons)
    print(json.dumps(report, indent=1) if options.json else told(report))
    return 0 if all(met for size in report["sizes"] for met in size["goals"].values()) else 1


if __name__ == "__main__":
    sys.exit(main())
