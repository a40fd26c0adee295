"""Compiles a package's loops to machine code, and keeps the result between starts.

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


def digest(files: Iterable[Path]) -> str:
    """What the files hold, in short: another content gives another digest."""
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


class Compiler:
    """The decorators of one package, whose ``files`` hold loops that call each other."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._folder = _folder(sorted(files))

    def outer(self, function: F) -> F:
        """``function`` as machine code that runs without the interpreter's lock."""
        return self._compiled(function, nogil=True)

    def inner(self, function: F) -> F:
        """The same for what only compiled functions call: no bridge from Python is made for it.

        Such a bridge takes tuples of arrays apart, and would cost half of the compiling.
        """
        return self._compiled(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)

    def inlined(self, function: F) -> F:
        """The same, woven into its callers: worth it for a few lines run for each byte."""
        return self._compiled(function, inline="always")

    def _compiled(self, function: F, **options: Any) -> F:
        settings: Any = config
        before = settings.CACHE_DIR
        settings.CACHE_DIR = self._folder
        try:
            made: Any = njit(cache=True, error_model="numpy", **options)(function)
        finally:
            settings.CACHE_DIR = before
        return made  # type: ignore[no-any-return]  # a dispatcher, called as the function is


def _folder(files: list[Path]) -> str:
    """Beside the sources as Python's own bytecode is, or where state lies if that is not ours."""
    sources = files[0].parent
    name = f"loops-{digest(files)[:16]}"
    var = Path(os.environ.get("VAR_DIR") or sources.parents[1] / "var")
    for base in (sources / "__pycache__", var / "compiled", Path(tempfile.gettempdir())):
        folder = base / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return str(folder)
    return tempfile.mkdtemp(prefix="loops-")
