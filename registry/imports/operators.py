"""Operators alone: their names in three languages, legal form and address."""

from dataclasses import replace

import pyarrow as pa
from django.utils.translation import gettext_lazy as _

from common.identifiers import kind_of
from common.names import search_form, split_legal_form
from intake.catalogue import Kind, Target, declare
from intake.formats.columns import Column
from intake.formats.judging import Computed
from intake.formats.readers import KATO_CODE
from registry.imports.shared import BIN_COLUMN, KATO_COLUMN, shortened
from registry.models import Operator
from registry.models.operators import SEARCH_LENGTH
from registry.policies import may_import, may_see_registry

NAMES = ("name", "name_kk", "name_ru", "name_en")

OPERATORS = declare(
    Kind(
        slug="operators",
        title=_("operators"),
        lead=_("Who mines: one row is one operator; registrations come in a file of their own."),
        columns=(
            BIN_COLUMN,
            Column("name", ("наименование", "оператор", "атауы"), required=True, longest=300),
            Column("name_kk", ("наименование на казахском", "қазақша атауы"), longest=300),
            Column("name_ru", ("наименование на русском", "орысша атауы"), longest=300),
            Column("name_en", ("наименование на английском", "ағылшынша атауы"), longest=300),
            Column("legal_form", ("правовая форма", "құқықтық нысаны"), longest=60),
            Column("address", ("адрес", "мекенжай", "мекенжайы")),
            replace(KATO_COLUMN, required=False, read=replace(KATO_CODE, empty="")),
        ),
        targets=(
            Target(
                model=Operator,
                key={"bin": "operator_bin"},
                fields={
                    **{name: name for name in NAMES},
                    "legal_form": "legal_form", "address": "address", "kato": "kato",
                },
                fresh={"kind": "bin_kind", "search": "search"},
            ),
        ),
        computed=(
            Computed(
                "legal_form",
                ("legal_form", "name"),
                lambda form, name: form or split_legal_form(name)[1],
                pa.string(),
            ),
            Computed("bin_kind", ("operator_bin",), kind_of, pa.string(), to_write=True),
            Computed(
                "search", NAMES, shortened(SEARCH_LENGTH, search_form), pa.string(), to_write=True
            ),
        ),
        allowed=may_import,
        sees=may_see_registry,
        sample=(
            (
                "991340001015", "ТОО «Көкжал Хэшрейт»", "«Көкжал Хэшрейт» ЖШС",
                "ТОО «Көкжал Хэшрейт»", "Kokzhal Hashrate LLP", "ТОО",
                "Глубоковский район, трасса 12", "634000000",
            ),
            ("991335004568", "ИП Пример", "", "", "", "ИП", "", ""),
        ),
    )
)  # fmt: skip
