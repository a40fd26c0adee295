"""What must hold before the portal may serve: the application's role owns nothing."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import Error, Tags, register
from django.db import DatabaseError, connections

RIGHTS = """
    SELECT rolsuper, rolbypassrls,
           EXISTS (SELECT 1 FROM pg_tables
                   WHERE tablename = 'journal_event' AND tableowner = current_user)
    FROM pg_roles WHERE rolname = current_user
"""


@register(Tags.database)
def application_role_is_harmless(databases: Sequence[str] | None, **_more: Any) -> list[Error]:
    """Whoever serves pages may not be able to switch the journal's triggers off."""
    if "default" not in (databases or ()):
        return []
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute(RIGHTS)
            superuser, bypasses, owns = cursor.fetchone()
    except DatabaseError as error:
        return [Error(f"The database does not answer: {error}", id="portal.E002")]
    if not (superuser or bypasses or owns):
        return []
    return [
        Error(
            "The application's database role is a superuser, bypasses row security or owns tables.",
            hint="Give DATABASE_URL a plain role, and the owner's to DATABASE_OWNER_URL.",
            id="portal.E001",
        )
    ]
