"""One matcher in a process of its own: builds, asks, writes its guesses, tells its figures.

python -m benchmarks.matchers.run NAME FOLDER OUT [--tips N] [--rounds N]
python -m benchmarks.matchers.run NAME FOLDER OUT --pairs
python -m benchmarks.matchers.run missing
"""

import argparse
import json
import logging
import sys
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.matchers.measuring import rows_of, tell, timed

# What an interpreter must have for each peer; the peers' own module is imported only then.
NEEDS = {
    "tfidf": ("sklearn", "sparse_dot_topn", "rapidfuzz", "anyascii"),
    "cdist": ("numpy", "rapidfuzz", "anyascii"),
    "logic_v2": ("nomenklatura", "followthemoney"),
    "token_sort": ("rapidfuzz", "anyascii"),
}


def missing() -> dict[str, list[str]]:
    """For each peer the packages that this interpreter lacks."""
    return {name: [one for one in needs if find_spec(one) is None] for name, needs in NEEDS.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("name", choices=["ours", *NEEDS, "missing"])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--pairs", action="store_true")
    parser.add_argument("--tips", type=int, default=0, help="ask only the first so many")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    if options.name == "missing":
        json.dump(missing(), sys.stdout)
        return
    matcher = import_module(f"benchmarks.matchers.{options.name}")
    (_pairs if options.pairs else _matches)(matcher, options)


def _matches(matcher: Any, options: argparse.Namespace) -> None:
    tips = list(islice(rows_of(options.folder / "tips.csv.gz"), options.tips or None))
    rows = rows_of(options.folder / "registry.csv.gz")
    ask, build_s = timed(lambda: matcher.build(rows, options.out.parent))
    rounds = [timed(lambda: ask(tips)) for _round in range(options.rounds)]
    tell(options.out, build_s, len(tips), [seconds for _, seconds in rounds], rounds[-1][0])


def _pairs(matcher: Any, options: argparse.Namespace) -> None:
    rows = list(rows_of(options.folder / "pairs.csv"))
    scores, seconds = timed(lambda: matcher.score_pairs(rows))
    options.out.write_text(json.dumps(scores))
    json.dump({"us_per_pair": round(seconds / max(len(rows), 1) * 1e6)}, sys.stdout)


if __name__ == "__main__":
    main()
