"""Compiles a package's loops to machine code, and keeps the result between starts.

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
ROOT = Path(__file__).parents[1]


class Compiler:
    """A decorator: the function as machine code that runs without the interpreter's lock.

    ``sources`` is the folder whose Python files call each other; ``digest`` tells their state.
    """

    def __init__(self, sources: Path) -> None:
        files = sorted(sources.glob("*.py"))
        self.digest = sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
        self.folder = _folder(self.digest[:16])

    def __call__(self, function: F) -> F:
        settings: Any = config
        before = settings.CACHE_DIR
        settings.CACHE_DIR = self.folder
        try:
            made: Any = njit(nogil=True, cache=True, error_model="numpy")(function)
        finally:
            settings.CACHE_DIR = before
        return made  # type: ignore[no-any-return]  # a dispatcher, called as the function is


def _folder(name: str) -> str:
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var")
    for base in (var, Path(tempfile.gettempdir())):
        folder = base / "compiled" / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return str(folder)
    return tempfile.mkdtemp(prefix="compiled-")
