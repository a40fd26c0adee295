"""The load mathematics as machine code, kept until a file of the package changes."""

from pathlib import Path

from common.compiled import Compiler

_loops = Compiler(Path(__file__).parent.glob("*.py"))
compiled, inner = _loops.outer, _loops.inner
