"""A kind of file for tests: bodies, which the floor below knows; suppliers bring them in."""

from typing import Any

from accounts.choices import AgencyKind, Role
from accounts.models import Agency
from accounts.policies import has_role
from common.sheets import as_csv, as_xlsx
from intake.catalogue import Kind, Sql, Target
from intake.formats.columns import Column
from intake.formats.readers import choice

HEADER = ("code", "kind", "name_kk", "name_ru", "name_en")


def _brings(user: Any) -> bool:
    return user is None or has_role(user, Role.SUPPLIER)


def _sees(user: Any) -> bool:
    return _brings(user) or has_role(user, Role.AUDITOR)


BODIES = Kind(
    slug="test-bodies",
    title="bodies",
    columns=(
        Column("code", ("код",), required=True, longest=50),
        Column("kind", ("вид",), choice(AgencyKind.values), required=True),
        *(Column(name, required=True, longest=200) for name in HEADER[2:]),
    ),
    targets=(
        Target(
            model=Agency,
            key={"code": "code"},
            fields={name: name for name in HEADER[1:]},
            fresh={"is_active": Sql("true")},
        ),
    ),
    allowed=_brings,
    sees=_sees,
    sample=(("example", "partner", "Үлгі", "Пример", "Example"),),
)

OTHERS = Kind(
    slug="test-others",
    title="others",
    columns=BODIES.columns,
    targets=BODIES.targets,
    allowed=lambda user: user is None or has_role(user, Role.SUPERVISOR),
)


def body(n: int = 1, **changed: str) -> dict[str, str]:
    """A good row; ``changed`` spoils it."""
    names = {"name_kk": f"Орган {n} қаз", "name_ru": f"Орган {n}", "name_en": f"Body {n}"}
    return {"code": f"b-{n}", "kind": "partner", **names, **changed}


def csv_of(*rows: dict[str, str]) -> bytes:
    """Rows as CSV."""
    return as_csv(HEADER, [[row[name] for name in HEADER] for row in rows])


def xlsx_of(*rows: dict[str, str]) -> bytes:
    """Rows as a workbook."""
    return as_xlsx(HEADER, [[row[name] for name in HEADER] for row in rows])
