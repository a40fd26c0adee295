"""Where the lake lies: a folder now; any file system that Arrow knows, by the same calls."""

import errno
import os
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyarrow.fs as pafs

PREFIX = "month="
UNKNOWN_REGION = "00"
ASIDE = "aside"


class Lake:
    """A lake at a folder path, a ``file://`` address or an object store's (``s3://bucket/path``).

    Names of files are relative to it. ``aside`` is a local folder for what is being written.
    """

    def __init__(self, url: str, aside: Path | None = None) -> None:
        self.url = url
        parts = urlsplit(url)
        self.local = parts.scheme in {"", "file"}
        if self.local:
            self.root = unquote(parts.path) if parts.scheme == "file" else url
            self.fs: pafs.FileSystem = pafs.LocalFileSystem()
            self.aside = aside or Path(self.root) / ASIDE
        else:
            self.fs, self.root = pafs.FileSystem.from_uri(url)
            if aside is None:
                raise ValueError("a lake in an object store needs a local folder to write in")
            self.aside = aside

    def path(self, name: str) -> str:
        """The path of a file of the lake on its file system."""
        return f"{self.root}/{name}"

    def working_folder(self, name: str = "") -> Path:
        """A fresh local folder for one work; removed by ``forget`` or, later, by ``sweep``.

        A work with a ``name`` is done by one at a time: what a killed one left is removed.
        """
        folder = self.aside / (name or uuid.uuid4().hex)
        self.forget(folder)
        folder.mkdir(parents=True)
        return folder

    @staticmethod
    def forget(folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)

    def publish(self, written: Path, name: str) -> None:
        """Move a finished file into the lake; when this returns it is there whole, on disk."""
        flush(written)
        if not self.local:
            pafs.copy_files(
                str(written), self.path(name), source_filesystem=pafs.LocalFileSystem(),
                destination_filesystem=self.fs,
            )  # fmt: skip
            written.unlink()
            return
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        written.replace(target)
        for folder in (target.parent, target.parent.parent, Path(self.root)):
            flush(folder)

    def withdraw(self, names: Iterable[str]) -> None:
        """Take files out again that nobody names yet; what cannot be deleted now is swept later."""
        with suppress(OSError):
            self.delete(names)

    def delete(self, names: Iterable[str]) -> None:
        for name in names:
            if self.fs.get_file_info(self.path(name)).type != pafs.FileType.NotFound:
                self.fs.delete_file(self.path(name))

    def names(self) -> Iterator[tuple[str, float]]:
        """Every published file's name and age in seconds."""
        selector = pafs.FileSelector(self.root, recursive=True, allow_not_found=True)
        for info in self.fs.get_file_info(selector):
            name = info.path[len(self.root) :].lstrip("/")
            if info.type == pafs.FileType.File and name.startswith(PREFIX):
                yield name, time.time() - info.mtime.timestamp()

    def sweep(self, known: set[str], older_than: float) -> list[str]:
        """Delete published files that the catalogue does not know, and forgotten working folders.

        Only what is older than so many seconds: a running import publishes before it is known.
        """
        orphans = [name for name, age in self.names() if name not in known and age > older_than]
        self.delete(orphans)
        if self.aside.is_dir():
            for folder in self.aside.iterdir():
                if time.time() - folder.stat().st_mtime > older_than:
                    self.forget(folder)
        return orphans


def lacks_room(error: BaseException) -> bool:
    """Whether something was not written because a disk, a quota or a file's limit is full."""
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def flush(path: Path) -> None:
    """Have the system write a file's or folder's content to the disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def new_name(month: str, region: str, supplier: int, batch: int) -> str:
    """A name that no other file has had: month and region, supplier, batch, chance."""
    own = f"{supplier}-{batch}-{uuid.uuid4().hex[:12]}.parquet"
    return f"{PREFIX}{month}/region={region}/{own}"
