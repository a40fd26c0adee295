"""The matcher's loops as machine code, and what a result of the matcher depends on."""

from pathlib import Path

from common.compiled import Compiler, digest

SOURCES = Path(__file__).parent
LOOPS = ("compiled", "shapes", "letters", "neighbours", "features", "search")
_loops = Compiler(SOURCES / f"{loop}.py" for loop in LOOPS)
compiled, inner = _loops.outer, _loops.inner

# What a result depends on: every source of the matcher, not its loops alone.
COMMON = SOURCES.parents[1] / "common"
SOURCES_DIGEST = digest(
    sorted([*SOURCES.glob("*.py"), *COMMON.glob("*.py"), *COMMON.glob("*.csv")])
)
