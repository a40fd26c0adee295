"""Supply contracts: where an operator's electricity comes from."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from intake.catalogue import Kind, Target, declare
from intake.formats.columns import Column
from intake.formats.readers import BIN, choice, decimal
from registry.choices import SupplyKind
from registry.imports.shared import (
    BIN_COLUMN,
    NUMBER_COLUMN,
    OPERATOR,
    SITE_COLUMN,
    SOURCE,
    SOURCE_COLUMN,
    TERM_COLUMNS,
    WORDS,
    in_order,
    optional,
)
from registry.models import Registration, Site, SupplyContract
from registry.policies import may_import, may_see_registry

BEGINS, ENDS = TERM_COLUMNS
REGISTRATION = Target(
    model=Registration,
    key={"number": "registration"},
    missing="registration_unknown",
    optional=True,
)
SITE = Target(
    model=Site,
    key={"registration": REGISTRATION, "name": "site_name"},
    missing="site_unknown",
    at="site_name",
    optional=True,
)

CONTRACTS = declare(
    Kind(
        slug="supply-contracts",
        title=_("supply contracts"),
        lead=_("Contracts for power; one without a site serves all sites of its operator."),
        columns=(
            BIN_COLUMN,
            Column("number", ("номер договора", "шарт нөмірі"), required=True, longest=60),
            Column(
                "kind", ("вид поставки", "жеткізу түрі"), choice(SupplyKind.values), required=True
            ),
            optional(NUMBER_COLUMN),
            optional(SITE_COLUMN),
            Column("supplier_name", ("поставщик", "жеткізуші"), longest=300),
            Column(
                "supplier_bin", ("бин поставщика", "жеткізушінің бсн"), replace(BIN, empty="")
            ),
            Column("kw", ("мощность, квт", "қуаты, квт"), decimal("kW", digits=12, places=3)),
            Column(
                "kwh", ("энергия, квт·ч", "энергия, квт*ч", "энергия, квт·сағ"),
                decimal("kWh", digits=16, places=3, zero=True),
            ),
            Column(
                "kzt_per_kwh", ("цена, тенге за квт·ч", "бағасы, теңге"),
                decimal("KZT", digits=9, places=4, zero=True),
            ),
            replace(BEGINS, required=True),
            ENDS,
            SOURCE_COLUMN,
        ),
        targets=(
            OPERATOR,
            REGISTRATION,
            SITE,
            Target(
                model=SupplyContract,
                key={"operator": OPERATOR, "number": "number"},
                fields={
                    "kind": "kind", "supplier_name": "supplier_name",
                    "supplier_bin": "supplier_bin", "kw": "kw", "kwh": "kwh",
                    "kzt_per_kwh": "kzt_per_kwh", "valid_from": "valid_from",
                    "valid_to": "valid_to",
                },
                along={"site": SITE, "source": SOURCE},
            ),
        ),
        together=(in_order("valid_from", "valid_to"),),
        label="number",
        allowed=may_import,
        sees=may_see_registry,
        words=WORDS,
        sample=(
            (
                "991340001015", "Д-17", "grid", "I-0101", "Тобылғы-1", "Пример Энерго",
                "991340002340", "12000", "", "25.5", "2025-03-15", "2028-03-14",
                "вымышленный образец",
            ),
        ),
    )
)  # fmt: skip
