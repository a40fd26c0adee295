"""Where the embedded servers keep their files and under which addresses they answer."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

DATABASE = "portal"
OWNER = "portal_owner"
APPLICATION = "portal_app"
SUPERUSER = "postgres"


class CannotStart(RuntimeError):
    """A server cannot be started here; the message says what to do."""


@dataclass(frozen=True)
class Addresses:
    """URLs of the embedded servers; unix sockets, so no port is taken."""

    database_url: str
    owner_url: str
    redis_url: str


@dataclass(frozen=True)
class Places:
    """The folders of one VAR_DIR."""

    var: Path
    sockets: Path

    @classmethod
    def of(cls, var_dir: Path | str) -> Self:
        """The places of a VAR_DIR; the socket folder's name follows from it."""
        var = Path(var_dir).resolve()
        # Socket paths are limited to about 100 bytes, so they cannot live under VAR_DIR. The user
        # is part of the name: root and an ordinary user may both have run the same checkout.
        name = hashlib.sha256(f"{os.getuid()}:{var}".encode()).hexdigest()[:12]
        return cls(var, _short_folder() / f"portal-{name}")

    @property
    def postgres(self) -> Path:
        return self.var / "postgres"

    @property
    def valkey(self) -> Path:
        return self.var / "valkey"

    @property
    def log(self) -> Path:
        return self.var / "log" / "servers.log"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    def lock(self, name: str) -> Path:
        """Path of the lock file `name`."""
        return self.var / "locks" / f"{name}.lock"

    def database_url(self, role: str, database: str = DATABASE) -> str:
        """Connection URI of a role."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets))}"

    def prepare(self) -> None:
        """Make the folders; refuse a socket folder that somebody else could reach.

        Raises CannotStart when the socket folder belongs to another user.
        """
        for folder in (self.var, self.log.parent, self.lock("any").parent):
            folder.mkdir(parents=True, exist_ok=True)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        found = self.sockets.lstat()
        private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
        if not private or found.st_uid != os.getuid():
            raise CannotStart(f"{self.sockets} is not a private folder of yours; remove it.")


def embedded() -> bool:
    """Whether the embedded servers are wanted: no database is configured, directly or by file."""
    return not {"DATABASE_URL", "DATABASE_URL_FILE"} & set(os.environ)


def addresses(var_dir: Path | str) -> Addresses:
    """The addresses of a VAR_DIR's servers, running or not."""
    places = Places.of(var_dir)
    return Addresses(
        database_url=places.database_url(APPLICATION),
        owner_url=places.database_url(OWNER),
        redis_url=f"unix://{places.valkey_socket}?db=0",
    )


def _short_folder() -> Path:
    # TMPDIR differs between shells, the address must not.
    common = Path("/tmp")  # noqa: S108 -- only a private sub-folder of it is used, see prepare()
    return common if os.access(common, os.W_OK) else Path(tempfile.gettempdir())
