"""Who stands behind an operator, and how it is reached: dated, and mostly of persons."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pyarrow.compute as pc
from django.utils.translation import gettext_lazy as _

from common.errors import RowProblem
from intake.catalogue import Kind, Target, declare
from intake.formats.columns import Column
from intake.formats.judging import Read
from intake.formats.readers import BIN, YES_NO, choice, decimal
from registry.choices import ContactKind, Part
from registry.imports.shared import (
    BIN_COLUMN,
    OPERATOR,
    SOURCE,
    SOURCE_COLUMN,
    TERM_COLUMNS,
    WORDS,
    in_order,
)
from registry.models import Contact, Principal
from registry.policies import may_import, may_see_iin

BEGINS, ENDS = TERM_COLUMNS
MOST_SHARE = 100  # percent


def may_see_people(user: Any) -> bool:
    """The command on the server itself, and who reads persons' numbers."""
    return user is None or may_see_iin(user)


def share_of_an_owner(read: Read) -> Iterable[RowProblem]:
    """A manager holds no share as such."""
    shares = pc.is_valid(read.values["share"])
    managers = pc.equal(read.values["part"], Part.MANAGER.value)
    return read.told(pc.fill_null(pc.and_(shares, managers), False), "share", "share_of_a_manager")  # noqa: FBT003 - what an absent part becomes


PRINCIPALS = declare(
    Kind(
        slug="principals",
        title=_("managers and owners"),
        lead=_("Who manages or owns an operator, and since when; a share in percent of an owner."),
        columns=(
            BIN_COLUMN,
            Column("part", ("роль", "рөлі"), choice(Part.values), required=True),
            Column("name", ("имя", "фио", "аты-жөні"), required=True, longest=300),
            Column("number", ("иин/бин лица", "тұлғаның жсн/бсн"), replace(BIN, empty="")),
            Column(
                "share", ("доля, %", "үлесі, %"),
                decimal("%", digits=6, places=3, most=MOST_SHARE),
            ),
            replace(BEGINS, required=True),
            ENDS,
            SOURCE_COLUMN,
        ),
        targets=(
            OPERATOR,
            Target(
                model=Principal,
                key={
                    "operator": OPERATOR, "part": "part", "name": "name",
                    "valid_from": "valid_from",
                },
                fields={"number": "number", "share": "share", "valid_to": "valid_to"},
                along={"source": SOURCE},
            ),
        ),
        together=(in_order("valid_from", "valid_to"), share_of_an_owner),
        label="operator_bin",
        allowed=may_import,
        sees=may_see_people,
        words={**WORDS, "share_of_a_manager": _("Only an owner holds a share.")},
        sample=(
            (
                "991340001015", "owner", "Демо-Холдинг", "991340002340", "60", "2025-03-15", "",
                "вымышленный образец",
            ),
            (
                "991340001015", "manager", "Демобаев Пример", "", "", "2025-03-15", "2026-01-31",
                "вымышленный образец",
            ),
        ),
    )
)  # fmt: skip

CONTACTS = declare(
    Kind(
        slug="contacts",
        title=_("contacts"),
        lead=_("How an operator is reached; say “no” where a contact is the company's own."),
        columns=(
            BIN_COLUMN,
            Column(
                "kind", ("вид связи", "байланыс түрі"), choice(ContactKind.values), required=True
            ),
            Column("value", ("контакт", "байланыс"), required=True, longest=200),
            Column("is_personal", ("личный", "жеке"), replace(YES_NO, empty=True)),
            replace(BEGINS, required=True),
            ENDS,
            SOURCE_COLUMN,
        ),
        targets=(
            OPERATOR,
            Target(
                model=Contact,
                key={
                    "operator": OPERATOR, "kind": "kind", "value": "value",
                    "valid_from": "valid_from",
                },
                fields={"is_personal": "is_personal", "valid_to": "valid_to"},
                along={"source": SOURCE},
            ),
        ),
        together=(in_order("valid_from", "valid_to"),),
        label="operator_bin",
        allowed=may_import,
        sees=may_see_people,
        words=WORDS,
        sample=(
            (
                "991340001015", "email", "office@kokzhal.example", "no", "2025-03-15", "",
                "вымышленный образец",
            ),
        ),
    )
)  # fmt: skip
