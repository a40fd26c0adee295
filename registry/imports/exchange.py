"""The exchange pilot: what miners sold on admitted venues, and what pools report."""

from django.utils.translation import gettext_lazy as _

from intake.catalogue import Kind, Target, declare
from intake.formats.columns import Column
from intake.formats.readers import BIN, DAY, decimal
from registry.imports.shared import (
    BIN_COLUMN,
    OPERATOR,
    SOURCE,
    SOURCE_COLUMN,
    TICKER,
    WORDS,
    in_order,
)
from registry.models import Operator, PoolReport, Sale, Venue
from registry.policies import may_import_exchange, may_see_exchange

ASSET_COLUMN = Column("asset", ("актив", "монета"), TICKER, required=True)
UNITS = decimal("", digits=24, places=10, zero=True)

VENUE = Target(model=Venue, key={"code": "venue"}, missing="venue_unknown")

SALES = declare(
    Kind(
        slug="exchange-sales",
        title=_("exchange sales"),
        lead=_("What a miner mined and sold of one asset on one venue in a period."),
        columns=(
            BIN_COLUMN,
            Column("venue", ("биржа", "код биржи", "биржа коды"), required=True, longest=50),
            ASSET_COLUMN,
            Column("period_from", ("период с", "кезең басы"), DAY, required=True),
            Column("period_to", ("период по", "кезең соңы"), DAY, required=True),
            Column("mined", ("добыто", "өндірілген"), UNITS),
            Column("sold", ("продано", "сатылған"), UNITS, required=True),
            Column(
                "value_kzt", ("сумма, тенге", "сомасы, теңге"),
                decimal("KZT", digits=18, places=2, zero=True),
            ),
            SOURCE_COLUMN,
        ),
        targets=(
            OPERATOR,
            VENUE,
            Target(
                model=Sale,
                key={
                    "operator": OPERATOR, "venue": VENUE, "asset": "asset",
                    "period_from": "period_from", "period_to": "period_to",
                },
                fields={"mined": "mined", "sold": "sold", "value_kzt": "value_kzt"},
                along={"source": SOURCE},
            ),
        ),
        together=(in_order("period_from", "period_to"),),
        label="operator_bin",
        allowed=may_import_exchange,
        sees=may_see_exchange,
        words={**WORDS, "venue_unknown": _("No venue of the pilot has this code.")},
        sample=(
            (
                "991340001015", "demo", "BTC", "2026-07-01", "2026-09-30", "12.5", "9.5",
                "410000000", "вымышленный образец",
            ),
        ),
    )
)  # fmt: skip

PAYEE = Target(model=Operator, key={"bin": "number"}, looked_up=True)

POOL_REPORTS = declare(
    Kind(
        slug="pool-reports",
        title=_("pool reports"),
        lead=_("Lines of the pools' reports: who got how much of what on which day."),
        columns=(
            Column("pool", ("пул",), required=True, longest=200),
            Column("number", ("бин/иин", "бин", "иин", "бсн/жсн", "бсн"), BIN, required=True),
            Column("name", ("наименование", "имя", "атауы"), required=True, longest=300),
            Column("licence_number", ("номер лицензии", "лицензия нөмірі"), longest=60),
            Column("licence_date", ("дата лицензии", "лицензия күні"), DAY),
            Column("wallet", ("кошелёк", "кошелек", "әмиян"), required=True, longest=120),
            Column("distributed_on", ("дата распределения", "бөлінген күні"), DAY, required=True),
            ASSET_COLUMN,
            Column("amount", ("количество", "мөлшері"), UNITS, required=True),
            SOURCE_COLUMN,
        ),
        targets=(
            PAYEE,
            Target(
                model=PoolReport,
                key={
                    "pool": "pool", "number": "number", "distributed_on": "distributed_on",
                    "asset": "asset", "wallet": "wallet",
                },
                fields={
                    "name": "name", "licence_number": "licence_number",
                    "licence_date": "licence_date", "amount": "amount",
                },
                along={"operator": PAYEE, "source": SOURCE},
            ),
        ),
        label="number",
        allowed=may_import_exchange,
        sees=may_see_exchange,
        words=WORDS,
        sample=(
            (
                "Демо-пул", "991340001015", "ТОО «Көкжал Хэшрейт»", "I-0101", "2025-03-15",
                "demo-wallet-1", "2026-09-30", "BTC", "0.25", "вымышленный образец",
            ),
        ),
    )
)  # fmt: skip
