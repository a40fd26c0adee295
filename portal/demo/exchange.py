"""The exchange pilot of the demo: an invented venue, what was sold there, what a pool paid."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from portal.demo.moments import Moments
from portal.demo.names import company_numbers, draw
from portal.demo.people import ADMIN, Cast
from portal.demo.records import SOURCE, Row, bring, granted, quarter_ends
from portal.demo.stories import Story
from portal.demo.world import World
from registry.actions.venues import admit_venue

VENUE, POOL = "demo-exchange", "Демо-пул"
DAYS_AGO = 31
ASSET = "BTC"
MINED = (0.2, 6.0)  # units a quarter, invented
SHARES = (0.35, 0.95)  # of the mined that was sold
KZT = 41_000_000  # a unit, invented
STRANGERS = (5000, 5003)  # serial numbers of companies that the registry does not know


def exchange(world: World, moments: Moments, cast: Cast) -> Story:
    """The AIFC admits the venue, the National Bank brings its report, the tax body the pool's."""
    yield moments.ago(DAYS_AGO, 10, 5)
    today = moments.ago(DAYS_AGO).date()
    admit_venue(
        code=VENUE, name="Демо-биржа", admitted_from=today - timedelta(days=700), source=SOURCE,
        actor=cast["aifc.supervisor"],
    )  # fmt: skip
    yield moments.ago(DAYS_AGO, 12, 30)
    bring("exchange-sales", _sales(world, today), cast["bank.supervisor"])
    yield moments.ago(DAYS_AGO, 15, 10)
    bring("pool-reports", _lines(world, today), cast[ADMIN])


def _sales(world: World, today: date) -> Iterator[Row]:
    """Two of three operators report; every sixth report does not say what was mined."""
    yield (
        "operator_bin", "venue", "asset", "period_from", "period_to", "mined", "sold",
        "value_kzt", "source",
    )  # fmt: skip
    dice = draw("exchange:sales")
    for place, operator in enumerate(granted(world)):
        for end in quarter_ends(today):
            mined = round(dice.uniform(*MINED), 4)
            sold = round(mined * dice.uniform(*SHARES), 4)
            if place % 3 == 0 or operator.valid_from is None or operator.valid_from > end:
                continue
            first = date(end.year, end.month - 2, 1)
            yield (
                operator.bin, VENUE, ASSET, first, end, "" if place % 6 == 1 else mined, sold,
                round(sold * KZT), SOURCE,
            )  # fmt: skip


def _lines(world: World, today: date) -> Iterator[Row]:
    """What a pool distributed on the last days of quarters of 2026, some of it to strangers."""
    yield (
        "pool", "number", "name", "licence_number", "licence_date", "wallet", "distributed_on",
        "asset", "amount", "source",
    )  # fmt: skip
    dice = draw("exchange:pools")
    paid = [(one.bin, one.name, one.number, one.valid_from or "") for one in granted(world)[1::4]]
    unknown = enumerate(islice(company_numbers(), *STRANGERS), 1)
    paid += [(number, f"ТОО «Демо-Белгісіз {n}»", "", "") for n, number in unknown]
    for number, name, licence, dated in paid:
        for end in quarter_ends(today):
            yield (
                POOL, number, name, licence, dated, f"demo-wallet-{number[-5:]}", end, ASSET,
                round(dice.uniform(*MINED), 6), SOURCE,
            )  # fmt: skip
