"""Feeders with a balance beyond the norm, a documented look-alike, and a calendar; all invented."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from changes.actions import approve_change
from common.periods import days_of
from grid.actions import Paper, balance_feeders, propose_exemption
from grid.choices import LookAlike
from grid.models import Meter, Supplier
from grid.selectors.feeders import metered_in
from portal.demo.people import ADMIN
from portal.demo.photos import draw_photo
from portal.demo.records import Row, bring
from portal.demo.stage import Stage
from portal.demo.stories import Story
from portal.demo.world import SUPPLIERS, MeterPlan

SOURCE = "Демо-источник, данные вымышлены"
PLAN = SUPPLIERS[0]
METERS_EACH = 4
# Feeder and how much more goes in than its meters count; the norm of both is five percent.
FEEDERS = (("Демо-фидер 1", Decimal("1.03")), ("Демо-фидер 2", Decimal("1.25")))
NORM = "5"
PHOTO = 90
EVENTS = (("curtailment", 12, 18, 4), ("internet", 6, 9, 3))  # kind, days ago, hour, hours
ONE_DAY = timedelta(days=1)


def lines(stage: Stage) -> Story:
    """Told when the readings have come in and the checks have looked."""
    yield stage.moments.now
    quiet = _lawful(stage)
    _feeders(stage, quiet[1:])
    _exemption(stage, quiet[0])
    bring("grid-events", _events(stage), stage.cast[ADMIN])


def _lawful(stage: Stage) -> list[MeterPlan]:
    """Meters of one supplier that no story is about, cold stores first."""
    found = [
        meter
        for meter in stage.world.meters
        if meter.supplier == PLAN and meter.load.legal and not meter.load.pattern
    ]
    return sorted(found, key=lambda meter: (meter.load.legal != "cold_store", meter.code))


def _feeders(stage: Stage, meters: Sequence[MeterPlan]) -> None:
    month = _newest_month(stage.moments.last_day)
    actor = stage.cast[ADMIN]
    first = days_of(month)[0]
    places = [("meter", "valid_from", "feeder")]
    for place, (code, _share) in enumerate(FEEDERS):
        some = meters[place * METERS_EACH : (place + 1) * METERS_EACH]
        places += [(meter.code, first.isoformat(), code) for meter in some]
    bring("meter-feeders", places, actor)
    bring("feeder-totals", _totals(month), actor)
    bring("loss-norms", _norms(first), actor)
    balance_feeders()


def _newest_month(last_day: date) -> str:
    """The newest month that is over on a grid day; 60 days of readings nearly always cover it."""
    return f"{(last_day + ONE_DAY).replace(day=1) - ONE_DAY:%Y-%m}"


def _totals(month: str) -> Iterator[Row]:
    supplier = Supplier.objects.get(code=PLAN.code)
    metered = metered_in(month)
    yield ("supplier", "feeder", "period", "kwh", "source")
    for code, share in FEEDERS:
        found = metered.get((supplier.pk, code))
        kwh = Decimal(found.kwh if found else 0) * share
        yield (PLAN.code, code, month, round(kwh), SOURCE)


def _norms(first: date) -> Iterator[Row]:
    yield ("supplier", "feeder", "valid_from", "percent", "source")
    for code, _share in FEEDERS:
        yield (PLAN.code, code, first.replace(month=1, day=1).isoformat(), NORM, SOURCE)


def _exemption(stage: Stage, plan: MeterPlan) -> None:
    """An official proposes it with a drawn photo, the head approves."""
    today = stage.moments.today
    values = {
        "meter": Meter.objects.get(code=plan.code), "tariff_group": "", "activity": "",
        "region": "", "category": LookAlike.COLD_STORE, "category_words": "",
        "valid_from": today - 9 * ONE_DAY, "valid_to": today + 200 * ONE_DAY,
        "reason": "Демо: холодильный склад, паспорт оборудования приложен. Данные вымышлены.",
    }  # fmt: skip
    paper = Paper("Демо-паспорт холодильного склада", "ДЕМО-17", today - 60 * ONE_DAY)
    change = propose_exemption(
        values=values, paper=paper, upload=draw_photo(PHOTO), actor=stage.worker("energy")
    )
    approve_change(change=change, actor=stage.head("energy"))


def _events(stage: Stage) -> Iterator[Row]:
    yield ("code", "kind", "begins_at", "ends_at", "regions", "source")
    regions = ",".join(PLAN.regions)
    for place, (kind, back, hour, hours) in enumerate(EVENTS, start=1):
        begin = stage.moments.ago(back, hour)
        end = begin + timedelta(hours=hours)
        yield (f"ДЕМО-{place}", kind, begin.isoformat(), end.isoformat(), regions, SOURCE)
