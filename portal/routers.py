"""Two connections to one database: the application's for all work, the owner's to migrate."""

from typing import Any


class OneDatabase:
    """Reads and writes go through the application role; only the owner changes tables."""

    def db_for_read(self, _model: Any, **_hints: Any) -> str:
        return "default"

    def db_for_write(self, _model: Any, **_hints: Any) -> str:
        return "default"

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, _app: str, **_hints: Any) -> bool:
        return db == "owner"
