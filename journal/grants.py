"""What the application's database role may do; used by migrations."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import migrations


def _as_application(statement: str) -> Callable[[Any, Any], None]:
    def run(_apps: Any, schema_editor: Any) -> None:
        role = settings.APPLICATION_ROLE
        if role != schema_editor.connection.settings_dict["USER"]:
            schema_editor.execute(statement.format(role=schema_editor.quote_name(role)))

    return run


def let_application_work() -> migrations.RunPython:
    """The application reads and writes rows of all tables, present and to come; owns none."""
    return migrations.RunPython(
        _as_application(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};"
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};"
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
            " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};"
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}"
        ),
        migrations.RunPython.noop,
    )


def keep_append_only(*tables: str) -> migrations.RunPython:
    """The application may add rows to these tables and read them, and nothing else."""
    names = ", ".join(tables)
    return migrations.RunPython(
        _as_application(f"REVOKE UPDATE, DELETE, TRUNCATE ON {names} FROM {{role}}"),
        _as_application(f"GRANT UPDATE, DELETE ON {names} TO {{role}}"),
    )
