"""Compiles the matcher's loops to machine code, and keeps the result between starts.

numba renews a kept function only when its own file changed, not when one that it calls did;
so what is kept lies in a folder named after all sources of the package together.
"""

import os
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from numba import config, njit

F = TypeVar("F", bound=Callable[..., object])
SOURCES = Path(__file__).parent


SOURCES_DIGEST = sha256(b"".join(p.read_bytes() for p in sorted(SOURCES.glob("*.py")))).hexdigest()


def _folder() -> str:
    var = Path(os.environ.get("VAR_DIR") or SOURCES.parents[1] / "var")
    for base in (var, Path(tempfile.gettempdir())):
        folder = base / "compiled" / SOURCES_DIGEST[:16]
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return str(folder)
    return tempfile.mkdtemp(prefix="compiled-")


FOLDER = _folder()


def compiled(function: F) -> F:
    """``function`` as machine code that runs without the interpreter's lock."""
    settings: Any = config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = FOLDER
    try:
        made: Any = njit(nogil=True, cache=True, error_model="numpy")(function)
    finally:
        settings.CACHE_DIR = before
    return made  # type: ignore[no-any-return]  # a dispatcher, called as the function is
