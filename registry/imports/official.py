"""The competent body's published lists, kept as they stood on their day."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from intake.catalogue import Kind, Target, declare
from intake.formats.columns import Column
from intake.formats.readers import BIN, DAY, choice
from registry import choices
from registry.imports.shared import TERM_COLUMNS, in_order
from registry.models import ListedEntry, OfficialList
from registry.policies import may_import, may_see_registry

LIST = Target(
    model=OfficialList,
    key={"kind": "list", "day": "day"},
    fresh={"body": "body", "reference": "reference"},
)

LISTS = declare(
    Kind(
        slug="official-lists",
        title=_("official lists"),
        lead=_("A published list on its day, line by line. A list once taken in does not change."),
        columns=(
            Column("list", ("перечень", "тізім"), choice(choices.Kind.values), required=True),
            Column("day", ("по состоянию на", "күні"), DAY, required=True),
            Column("body", ("орган", "уполномоченный орган"), required=True, longest=200),
            Column("reference", ("публикация", "жарияланым"), required=True, longest=300),
            Column("number", ("номер", "нөмірі"), required=True, longest=60),
            Column("operator_bin", ("бин", "бин/иин", "бсн", "бсн/жсн"), replace(BIN, empty="")),
            Column("operator_name", ("наименование", "атауы"), required=True, longest=300),
            *TERM_COLUMNS,
            Column("remark", ("примечание", "ескерту"), longest=300),
        ),
        targets=(
            LIST,
            Target(
                model=ListedEntry,
                key={"official_list": LIST, "number": "number"},
                fields={
                    "operator_bin": "operator_bin", "operator_name": "operator_name",
                    "valid_from": "valid_from", "valid_to": "valid_to", "remark": "remark",
                },
                fixed="list_is_closed",
            ),
        ),
        together=(in_order("valid_from", "valid_to"),),
        label="number",
        allowed=may_import,
        sees=may_see_registry,
        words={
            "list_is_closed": _(
                "The list of this day is taken in already and says otherwise: “%(before)s”."
            ),
        },
        sample=(
            (
                "licence_1", "2026-09-01", "Пример органа", "вымышленный образец", "I-0101",
                "991340001015", "ТОО «Көкжал Хэшрейт»", "2025-03-15", "2028-03-14", "",
            ),
        ),
    )
)  # fmt: skip
