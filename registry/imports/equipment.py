"""Mining devices: the catalogue of models, and the lots that stand at sites."""

from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
from django.utils.translation import gettext_lazy as _

from common import asic
from intake.catalogue import Kind, Target, declare
from intake.formats.columns import BadValue, Column, Reader
from intake.formats.judging import Computed
from intake.formats.readers import DAY, choice, decimal, whole
from registry.choices import Cooling
from registry.imports.shared import (
    NUMBER_COLUMN,
    REGISTRATION,
    SITE,
    SITE_COLUMN,
    SOURCE,
    SOURCE_COLUMN,
    TERM_COLUMNS,
    WORDS,
    in_order,
)
from registry.models import Equipment, EquipmentModel
from registry.policies import may_import, may_see_registry

OLDEST, NEWEST = 2009, 2100
USUAL_TOLERANCE = Decimal(5)  # percent, the table's own default
MOST_W = 100_000  # one device of a hundred kilowatts is a slip of the unit


def _model_name(text: str) -> str:
    if not asic.key(text):
        raise BadValue("model_without_letters")
    return text


CATALOGUE_COLUMNS = (
    Column("manufacturer", ("производитель", "өндіруші"), required=True, longest=60),
    Column("model", ("модель",), Reader(pa.string(), _model_name), required=True, longest=100),
    Column("year", ("год", "жыл"), whole("", least=OLDEST, most=NEWEST)),
    Column("hashrate_ths", ("хешрейт, th/s", "хэшрейт, th/s"), decimal("TH/s", digits=9, places=2)),
    Column(
        "power_w", ("мощность, вт", "қуаты, вт"), whole("W", least=1, most=MOST_W), required=True
    ),
    Column(
        "tolerance", ("допуск, %", "ауытқу, %"),
        replace(decimal("%", digits=4, places=1, most=50, zero=True), empty=USUAL_TOLERANCE),
    ),
    Column(
        "cooling", ("охлаждение", "салқындату"),
        replace(choice(Cooling.values), empty=str(Cooling.AIR)),
    ),
    SOURCE_COLUMN,
)  # fmt: skip

MODELS = declare(
    Kind(
        slug="equipment-models",
        title=_("equipment models"),
        lead=_("The catalogue of devices with their rated power."),
        columns=CATALOGUE_COLUMNS,
        targets=(
            Target(
                model=EquipmentModel,
                key={"key": "model_key"},
                fields={
                    "manufacturer": "manufacturer", "name": "model", "year": "year",
                    "hashrate_ths": "hashrate_ths", "power_w": "power_w",
                    "tolerance": "tolerance", "cooling": "cooling",
                },
                along={"source": SOURCE},
            ),
        ),
        computed=(
            Computed("model_key", ("model",), lambda name: asic.key(name)[:60], pa.string()),
        ),
        label="model",
        allowed=may_import,
        sees=may_see_registry,
        words={"model_without_letters": _("A model's name has Latin letters or digits.")},
        sample=(
            ("Пример", "Demo Miner X1", "2024", "100", "3000", "5", "air", "вымышленный образец"),
        ),
    )
)  # fmt: skip

MODEL = Target(model=EquipmentModel, key={"key": "model_key"}, looked_up=True)

EQUIPMENT = declare(
    Kind(
        slug="equipment",
        title=_("equipment"),
        lead=_("So many devices of a model at a site; one lot of one customs declaration."),
        columns=(
            NUMBER_COLUMN,
            SITE_COLUMN,
            Column("lot", ("партия", "номер партии", "топтама"), required=True, longest=60),
            Column("described", ("оборудование", "модель", "жабдық"), required=True, longest=200),
            Column("count", ("количество", "саны"), whole("", least=1), required=True),
            Column(
                "rated_w", ("мощность одного, вт", "біреуінің қуаты, вт"),
                whole("W", least=1, most=MOST_W),
            ),
            Column("serials", ("серийные номера", "сериялық нөмірлер"), longest=10_000),
            Column(
                "customs_declaration", ("таможенная декларация", "кеден декларациясы"), longest=60
            ),
            Column("customs_date", ("дата декларации", "декларация күні"), DAY),
            *TERM_COLUMNS,
            SOURCE_COLUMN,
        ),
        targets=(
            REGISTRATION,
            SITE,
            MODEL,
            Target(
                model=Equipment,
                key={"site": SITE, "lot": "lot"},
                fields={
                    "described": "described", "count": "count", "rated_w": "rated_w",
                    "serials": "serials", "customs_declaration": "customs_declaration",
                    "customs_date": "customs_date", "valid_from": "valid_from",
                    "valid_to": "valid_to",
                },
                along={"model": MODEL, "source": SOURCE},
            ),
        ),
        together=(in_order("valid_from", "valid_to"),),
        computed=(
            Computed("model_key", ("described",), lambda text: asic.key(text)[:60], pa.string()),
        ),
        label="lot",
        allowed=may_import,
        sees=may_see_registry,
        words=WORDS,
        sample=(
            (
                "I-0101", "Тобылғы-1", "L-1", "Demo Miner X1", "400", "3000", "SN-1; SN-2", "",
                "", "2025-03-15", "", "вымышленный образец",
            ),
        ),
    )
)  # fmt: skip
