"""Devices, contracts, fee returns and published lists of the demo, brought in as files."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from io import StringIO

from accounts.models import User
from intake.actions import apply_batch, check_file
from portal.demo.moments import Moments
from portal.demo.people import ADMIN, Cast
from portal.demo.stories import Story
from portal.demo.world import OperatorPlan, World
from registry.choices import SupplyKind

SOURCE = "Демо-источник, данные вымышлены"
DAYS_AGO = 33  # after the newer list of registrations has come in
MODELS = (("Antminer S19j Pro", 3068), ("Antminer S19", 3250), ("Demo Miner Z", 0))
SHARE = 0.94  # of the declared power, in devices; the rest is fans, losses and cooling
OVER_SHARE = 1.12
RATE_KZT, HOURS = 2, 2190  # invented for the demo; hours of a quarter
QUARTERS, FILED_AFTER = 3, 45  # quarters; days after a quarter's end
LISTS = (("2025", 180), ("2026", 32))  # publication and days ago
ON_LISTS = ("active", "suspended", "revoked")
Row = Sequence[object]


def records(world: World, moments: Moments, cast: Cast) -> Story:
    """Everything that the registry knows of an operator beside its entry and its sites."""
    yield moments.ago(DAYS_AGO, 10, 15)
    bring("equipment", _devices(world), cast[ADMIN])
    bring("supply-contracts", _contracts(world), cast[ADMIN])
    yield moments.ago(DAYS_AGO - 1, 16)
    bring("fee-returns", _returns(world, moments.ago(DAYS_AGO - 1).date()), cast[ADMIN])
    bring("principals", _principals(world), cast[ADMIN])
    bring("contacts", _contacts(world), cast[ADMIN])
    bring("official-lists", _lists(world, moments), cast[ADMIN])


def bring(kind: str, rows: Iterable[Row], actor: User) -> None:
    """A file of the kind, checked and applied by the person."""
    written = StringIO()
    csv.writer(written).writerows(rows)
    content = written.getvalue().encode()
    batch = check_file(kind=kind, name=f"demo_{kind}.csv", content=content, actor=actor)
    apply_batch(batch=batch, actor=actor)


def _devices(world: World) -> Iterator[Row]:
    """One lot a site; every seventh is of a model that no catalogue knows."""
    yield (
        "registration", "site_name", "lot", "described", "count", "customs_declaration",
        "valid_from", "source",
    )  # fmt: skip
    for place, site in enumerate(world.sites):
        name, watts = MODELS[2 if place % 7 == 0 else place % 2]
        share = OVER_SHARE if site.operator.number in world.over else SHARE
        count = max(1, round(site.declared_kw * share * 1000 / (watts or 3000)))
        yield (
            site.operator.number, site.name, f"Д-{place:03d}", name, count,
            f"ДЕМО-{place:05d}", site.operator.valid_from or "", SOURCE,
        )  # fmt: skip


def _contracts(world: World) -> Iterator[Row]:
    """A contract an operator that was granted something; some say no price."""
    yield (
        "operator_bin", "number", "kind", "supplier_name", "kw", "kzt_per_kwh", "valid_from",
        "source",
    )  # fmt: skip
    for place, operator in enumerate(granted(world)):
        kind = SupplyKind.values[place % len(SupplyKind.values)]
        price = "" if place % 3 == 0 else 18 + place % 9
        power = _declared(world, operator)
        yield (
            operator.bin, f"ДЕМО-Д-{place:03d}", kind, "Демо-Энергосбыт", power, price,
            operator.valid_from, SOURCE,
        )  # fmt: skip


def _returns(world: World, today: date) -> Iterator[Row]:
    """The last quarters whose returns are due; of every fifth operator no payment is known."""
    yield (
        "operator_bin", "year", "quarter", "kwh", "rate_kzt", "due_kzt", "paid_kzt", "filed_on",
        "source",
    )  # fmt: skip
    for place, operator in enumerate(granted(world)):
        kwh = round(sum(s.kw for s in world.sites if s.operator == operator)) * HOURS
        for end in quarter_ends(today - timedelta(days=FILED_AFTER)):
            if operator.valid_from is None or operator.valid_from > end:
                continue
            due = kwh * RATE_KZT
            paid = "" if place % 5 == 0 else due
            filed = end + timedelta(days=FILED_AFTER)
            yield (
                operator.bin, end.year, end.month // 3, kwh, RATE_KZT, due, paid, filed, SOURCE,
            )  # fmt: skip


def _principals(world: World) -> Iterator[Row]:
    """A manager each, and an owner of the whole for every third."""
    yield "operator_bin", "part", "name", "number", "share", "valid_from", "source"
    for place, operator in enumerate(granted(world)):
        since = operator.valid_from
        yield operator.bin, "manager", f"Демобаев Басшы-{place}", "", "", since, SOURCE
        if place % 3 == 0:
            yield operator.bin, "owner", f"Демо-Холдинг {place}", "", 100, since, SOURCE


def _contacts(world: World) -> Iterator[Row]:
    """The company's own address, and a telephone number of the manager; neither leads anywhere."""
    yield "operator_bin", "kind", "value", "is_personal", "valid_from", "source"
    for place, operator in enumerate(granted(world)):
        own, since = f"office{place}@operator.example", operator.valid_from
        yield operator.bin, "email", own, "no", since, SOURCE
        yield operator.bin, "phone", f"+7 000 000 {place:04d}", "yes", since, SOURCE


def quarter_ends(before: date) -> Iterator[date]:
    """The last days of the quarters that ended by that day, newest first."""
    first = date(before.year, 3 * ((before.month - 1) // 3) + 1, 1)
    for _ in range(QUARTERS):
        end = first - timedelta(days=1)
        yield end
        first = date(end.year, end.month - 2, 1)


def _lists(world: World, moments: Moments) -> Iterator[Row]:
    """Two lists of each kind: from the newer one the revoked are gone."""
    yield (
        "list", "day", "body", "reference", "number", "operator_bin", "operator_name",
        "valid_from", "valid_to",
    )  # fmt: skip
    for serial, (year, ago) in enumerate(LISTS):
        day = moments.ago(ago).date()
        for one in granted(world):
            gone = serial == 1 and one.status not in ON_LISTS[:2]
            if gone or one.status not in ON_LISTS or not one.valid_from or one.valid_from > day:
                continue
            yield (
                one.kind, day, "Демо-орган", f"Демо-публикация {year}", one.number, one.bin,
                one.name, one.valid_from, one.valid_to or "",
            )  # fmt: skip


def granted(world: World) -> list[OperatorPlan]:
    """Operators to whom something was granted."""
    return [one for one in world.operators if one.valid_from is not None]


def _declared(world: World, operator: OperatorPlan) -> int:
    return sum(site.declared_kw for site in world.sites if site.operator == operator) or 1
