"""Draws the demo's world from its seed; dates follow from the last complete day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from random import Random

from portal.demo.names import company_names, company_numbers, draw, person_numbers
from portal.demo.places import SITES, Place, draw_place
from portal.demo.world import SUPPLIER_OF, Load, MeterPlan, OperatorPlan, SitePlan, World

OPERATORS = 120
METERS = 600
YEAR = timedelta(days=365)
# Registrations by status; the rest of the 120 are in force.
STATUSES = {
    "suspended": 6, "expired": 7, "revoked": 4, "surrendered": 4, "in_review": 4, "applied": 3,
}  # fmt: skip
STILL_MINING = 3  # of the expired ones
OVER_DECLARED = 6
FARM_PATTERNS = ("flat",) * 14 + ("night_block",) * 3 + ("evening_dodging",) * 2 + ("stepped",)
# Undeclared farms by kind of load; a hidden one runs behind an ordinary consumer.
BY_THE_CLOCK = ("night_block", "evening_dodging")
# Farms begin before the first day, or so that a later run of the checks finds them first.
ONSETS = (0, 44, 53)
PLANTED_KW = ((300, 900), (1000, 4500), (5000, 12_000))
PLANTED = {"flat": 10, "night_block": 6, "stepped": 6, "evening_dodging": 5, "hidden": 5}
SIZES = ((250, 900, 35), (1000, 4000, 45), (4000, 12_000, 17), (12_000, 30_000, 3))
# Lawful consumers: tariff group, mean kW, share. Cold stores and telecom look most like farms.
LAWFUL = {
    "office": ("прочие", 120, 26), "household": ("быт", 180, 26),
    "pumping": ("коммунальные нужды", 400, 10), "street_lighting": ("бюджет", 90, 9),
    "greenhouse": ("сельское хозяйство", 500, 8), "electric_heating": ("бюджет", 150, 7),
    "heat_pump": ("прочие", 80, 5), "ev_depot": ("прочие", 300, 4),
    "cold_store": ("промышленность", 350, 3), "telecom": ("прочие", 90, 2),
}  # fmt: skip


@dataclass
class Draft:
    """What is drawn so far, and the running numbers."""

    world: World
    day: date
    bins: Iterator[str]
    iins: Iterator[str]
    codes: dict[str, Iterator[int]]
    seeds: Iterator[int]

    def code(self, region: str) -> str:
        """The next meter code of the region's supplier."""
        supplier = SUPPLIER_OF[region]
        numbers = self.codes.setdefault(supplier.code, count(1))
        return f"DEMO-{supplier.letter}-{next(numbers):04d}"


def build_world(day: date, meters: int = METERS) -> World:
    """The same world for the same last complete day; fewer lawful meters for a quick look."""
    draft = Draft(World(), day, company_numbers(), person_numbers(), {}, count(1))
    regions = [region for region, many in SITES.items() for _ in range(many)]
    draw("regions").shuffle(regions)
    _operators(draft)
    _sites(draft, regions)
    _plant(draft, regions)
    _lawful(draft, regions, meters)
    return draft.world


def _operators(draft: Draft) -> None:
    dice, names = draw("operators"), company_names("mining")
    statuses = [status for status, many in STATUSES.items() for _ in range(many)]
    statuses += ["active"] * (OPERATORS - len(statuses))
    dice.shuffle(statuses)
    for serial, status in enumerate(statuses, 1):
        person = serial % 20 == 0
        form = "ИП" if person else dice.choice(("ТОО", "ТОО", "ТОО", "АО"))
        name = next(names)
        first, last = _term(status, draft.day, dice)
        kind = _kind(status, dice)
        draft.world.operators.append(
            OperatorPlan(
                bin=next(draft.iins if person else draft.bins),
                name=f"{form} {name}" if person else f"{form} «{name}»",
                legal_form=form,
                number=f"DEMO-{serial:04d}",
                kind=kind,
                status=status,
                valid_from=first,
                valid_to=last,
            )
        )


def _kind(status: str, dice: Random) -> str:
    if status == "expired":
        return "licence_1"
    return dice.choice(("licence_1", "licence_1", "licence_1", "licence_2"))


def _term(status: str, day: date, dice: Random) -> tuple[date | None, date | None]:
    if status in {"applied", "in_review"}:
        return None, None
    if status == "expired":
        last = day - timedelta(days=dice.randint(45, 300))
        return last - 3 * YEAR, last
    first = day - timedelta(days=dice.randint(90, 950))
    return first, first + 3 * YEAR


def _sites(draft: Draft, regions: list[str]) -> None:
    dice = draw("sites")
    of_operator = [*draft.world.operators]
    of_operator += dice.sample(of_operator, len(regions) - OPERATORS)  # these have a second site
    active = [o.number for o in draft.world.operators if o.status == "active"]
    draft.world.over.update(dice.sample(active, OVER_DECLARED))
    expired = [o.number for o in draft.world.operators if o.status == "expired"][:STILL_MINING]
    for operator, region in zip(of_operator, regions, strict=True):
        _site(draft, operator, region, dice, mining=operator.number in expired)


def _site(draft: Draft, operator: OperatorPlan, region: str, dice: Random, *, mining: bool) -> None:
    place, declared = draw_place(region, dice), _size(dice)
    over = operator.number in draft.world.over
    share = dice.uniform(1.3, 1.8) if over else dice.uniform(0.6, 0.97)
    kw = declared * share if mining or operator.status == "active" else 0.0
    several = 0 if operator.valid_from is None else dice.choices((1, 2, 3), (65, 25, 10))[0]
    codes = tuple(draft.code(region) for _ in range(several))
    name = f"ЦОД «{operator.bare_name}» № {len(draft.world.sites) + 1}"
    draft.world.sites.append(SitePlan(operator, name, place, declared, kw, codes))
    pattern = dice.choice(FARM_PATTERNS)
    for code in codes:
        load = Load(next(draft.seeds), pattern, kw / several) if kw else _left_empty(draft)
        draft.world.meters.append(
            MeterPlan(
                code, place, load, operator.name, operator.bin, "промышленность",
                round(declared * 1.1 / several), _feeder(dice),
            )
        )  # fmt: skip


def _left_empty(draft: Draft) -> Load:
    return Load(next(draft.seeds), legal="office", legal_kw=4.0)


def _size(dice: Random) -> int:
    low, high, _weight = dice.choices(SIZES, [size[2] for size in SIZES])[0]
    return round(dice.uniform(low, high) / 50) * 50


def _feeder(dice: Random) -> str:
    return f"ПС Демо-{dice.randint(1, 40)}, Ф-{dice.randint(1, 24)}"


def _plant(draft: Draft, regions: list[str]) -> None:
    dice, names = draw("planted"), company_names("trade")
    for kind, many in PLANTED.items():
        for serial in range(many):
            place = draw_place(dice.choice(regions), dice)
            meter = MeterPlan(
                draft.code(place.region), place, _planted_load(draft, kind, serial, place, dice),
                f"ТОО «{next(names)}»", next(draft.bins),
                dice.choice(("прочие", "сельское хозяйство", "промышленность")),
                feeder=_feeder(dice),
            )  # fmt: skip
            draft.world.meters.append(meter)
            draft.world.planted[meter.code] = kind


def _planted_load(draft: Draft, kind: str, serial: int, place: Place, dice: Random) -> Load:
    low, high = dice.choices(PLANTED_KW, (4, 5, 2))[0]
    kw = dice.uniform(low, high)
    late = SUPPLIER_OF[place.region].late_days > 0
    begins = ONSETS[1 if late and serial % 3 == 2 else serial % 3]  # noqa: PLR2004 - three onsets
    if kind == "hidden":
        base = dice.choice(("office", "cold_store", "greenhouse"))
        # Behind an ordinary consumer a farm shows by its beginning.
        return Load(next(draft.seeds), "flat", kw, begins or ONSETS[1], base, kw * 0.6)
    if kind in BY_THE_CLOCK and begins == ONSETS[2]:
        begins -= 1  # takes a day more to tell
    return Load(next(draft.seeds), kind, kw, begins)


def _lawful(draft: Draft, regions: list[str], meters: int) -> None:
    dice, names = draw("lawful"), company_names("trade")
    taken = {meter.customer for meter in draft.world.meters}
    while len(draft.world.meters) < meters:
        kind = dice.choices([*LAWFUL], [share for _group, _kw, share in LAWFUL.values()])[0]
        group, mean, _share = LAWFUL[kind]
        home = kind == "household"
        customer = f"Население, ТП Демо-{dice.randint(1, 900)}" if home else f"ТОО «{next(names)}»"
        if customer in taken:
            continue
        kw = mean * dice.lognormvariate(0, 0.6)
        place = draw_place(dice.choice(regions), dice)
        load = Load(next(draft.seeds), legal=kind, legal_kw=round(kw, 1))
        draft.world.meters.append(
            MeterPlan(
                draft.code(place.region), place, load, customer,
                "" if home else next(draft.bins), group, round(kw * 2.5), _feeder(dice),
            )
        )  # fmt: skip
