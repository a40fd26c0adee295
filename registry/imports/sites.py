"""Sites of known registrations: place, connection point, feeder, declared power."""

import pyarrow as pa
from django.utils.translation import gettext_lazy as _

from intake.catalogue import Kind, Sql, Target, declare
from intake.formats.columns import Column
from intake.formats.judging import Computed
from intake.formats.readers import decimal
from registry.imports.shared import (
    KATO_COLUMN,
    NUMBER_COLUMN,
    PLACE_COLUMNS,
    REGISTRATION,
    SITE_COLUMN,
    WORDS,
    cell_of,
    whole_place,
)
from registry.models import Site
from registry.policies import may_import, may_see_registry

MOST_KW = 1_000_000  # a thousand megawatts in one place is a slip of the unit
FIELDS = ("address", "kato", "lat", "lon", "connection_point", "feeder", "declared_kw")

SITES = declare(
    Kind(
        slug="sites",
        title=_("sites"),
        lead=_("Places of registrations that are there already, with their connection."),
        columns=(
            NUMBER_COLUMN,
            SITE_COLUMN,
            Column("address", ("адрес", "адрес площадки", "мекенжай", "мекенжайы")),
            KATO_COLUMN,
            *PLACE_COLUMNS,
            Column("connection_point", ("точка присоединения", "қосылу нүктесі"), longest=200),
            Column("feeder", ("фидер",), longest=64),
            Column(
                "declared_kw",
                ("заявленная мощность, квт", "мощность, квт", "мәлімделген қуат, квт"),
                decimal("kW", digits=12, places=3, most=MOST_KW),
                required=True,
            ),
        ),
        targets=(
            REGISTRATION,
            Target(
                model=Site,
                key={"registration": REGISTRATION, "name": "site_name"},
                fields={name: name for name in FIELDS},
                fresh={"key": Sql("gen_random_uuid()"), "cell": "cell"},
            ),
        ),
        together=(whole_place,),
        computed=(Computed("cell", ("lat", "lon"), cell_of, pa.string(), to_write=True),),
        label="site_name",
        allowed=may_import,
        sees=may_see_registry,
        words=WORDS,
        sample=(
            (
                "I-0101", "Тобылғы-1", "Глубоковский район, трасса 12", "634000000", "50.1502",
                "82.3211", "ПС 110/10 «Тобылғы», яч. 7", "Ф-7", "12000",
            ),
        ),
    )
)  # fmt: skip
