"""Compiles the matcher's loops to machine code, and keeps the result between starts.

numba renews a kept function only when its own file changed, not when one that it calls did;
so what is kept lies in a folder named after the contents of all files that hold loops.
"""

import os
import tempfile
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from numba import config, njit

F = TypeVar("F", bound=Callable[..., object])
SOURCES = Path(__file__).parent
LOOPS = ("compiled", "shapes", "letters", "neighbours", "features", "search")


def _digest(files: Iterable[Path]) -> str:
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _folder() -> str:
    """Beside the sources as Python's own bytecode is, or where state lies if that is not ours."""
    name = _digest(SOURCES / f"{loop}.py" for loop in LOOPS)[:16]
    var = Path(os.environ.get("VAR_DIR") or SOURCES.parents[1] / "var")
    for base in (SOURCES / "__pycache__", var / "compiled", Path(tempfile.gettempdir())):
        folder = base / f"loops-{name}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return str(folder)
    return tempfile.mkdtemp(prefix="loops-")


# What a result depends on: every source of the matcher, not its loops alone.
COMMON = SOURCES.parents[1] / "common"
SOURCES_DIGEST = _digest(
    sorted([*SOURCES.glob("*.py"), *COMMON.glob("*.py"), *COMMON.glob("*.csv")])
)
FOLDER = _folder()


def compiled(function: F) -> F:
    """``function`` as machine code that runs without the interpreter's lock."""
    return _compiled(function, nogil=True)


def inner(function: F) -> F:
    """The same for what only compiled functions call: no bridge from Python is made for it.

    Such a bridge takes tuples of arrays apart, and would cost half of the compiling.
    """
    return _compiled(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def _compiled(function: F, **options: Any) -> F:
    settings: Any = config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = FOLDER
    try:
        made: Any = njit(cache=True, error_model="numpy", **options)(function)
    finally:
        settings.CACHE_DIR = before
    return made  # type: ignore[no-any-return]  # a dispatcher, called as the function is
