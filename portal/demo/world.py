"""What exists in the demo: suppliers, consumers with their meters, operators with their sites."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from portal.demo.places import Place


@dataclass(frozen=True, slots=True)
class SupplierPlan:
    """An invented distribution company; ``late_days`` of its newest readings are missing."""

    code: str
    letter: str
    name: str
    regions: tuple[str, ...]
    late_days: int = 0

    @property
    def sender(self) -> str:
        """Key of the person who sends its files."""
        return "supplier" if self.letter == "N" else f"supplier.{self.letter.lower()}"


SUPPLIERS = (
    SupplierPlan("demo-res-north", "N", "Демо-РЭК Север", ("11", "39", "59", "71")),
    SupplierPlan("demo-res-irtysh", "I", "Демо-РЭК Иртыш", ("55", "10", "63")),
    SupplierPlan("demo-res-centre", "C", "Демо-РЭК Сарыарка", ("35", "62")),
    SupplierPlan("demo-res-west", "W", "Демо-РЭК Батыс", ("15", "23", "27", "47"), late_days=3),
    SupplierPlan("demo-res-south", "S", "Демо-РЭК Оңтүстік", ("31", "61", "79", "43")),
    SupplierPlan("demo-res-alatau", "A", "Демо-РЭК Алатау", ("19", "33", "75")),
)
SUPPLIER_OF = {region: supplier for supplier in SUPPLIERS for region in supplier.regions}


@dataclass(frozen=True, slots=True)
class Load:
    """What a meter measures: a farm (``pattern``), a lawful consumer (``legal``), or both.

    Mean kW of each part; the farm starts ``onset`` days after the first day.
    """

    seed: int
    pattern: str = ""
    farm_kw: float = 0.0
    onset: int = 0
    legal: str = ""
    legal_kw: float = 0.0


@dataclass(frozen=True, slots=True)
class MeterPlan:
    """A meter as its supplier reports it; power in kW."""

    code: str
    place: Place
    load: Load
    customer: str
    bin: str = ""
    tariff_group: str = "прочие"
    contract_kw: float = 0.0
    feeder: str = ""

    @property
    def supplier(self) -> SupplierPlan:
        """Who reports it: the company of its region."""
        return SUPPLIER_OF[self.place.region]


@dataclass(frozen=True, slots=True)
class OperatorPlan:
    """An operator with its one registration."""

    bin: str
    name: str
    legal_form: str
    number: str
    kind: str
    status: str
    valid_from: date | None
    valid_to: date | None

    @property
    def bare_name(self) -> str:
        """The name without legal form and quotes."""
        return self.name.removeprefix(f"{self.legal_form} ").strip("«»")


@dataclass(frozen=True, slots=True)
class SitePlan:
    """A site of a registration; ``kw`` is what its meters really draw."""

    operator: OperatorPlan
    name: str
    place: Place
    declared_kw: int
    kw: float
    meters: tuple[str, ...]


@dataclass(frozen=True)
class World:
    """Everything of one load. ``planted`` are the meters of undeclared farms by kind of load."""

    operators: list[OperatorPlan] = field(default_factory=list)
    sites: list[SitePlan] = field(default_factory=list)
    meters: list[MeterPlan] = field(default_factory=list)
    planted: dict[str, str] = field(default_factory=dict)
    over: set[str] = field(default_factory=set)

    @cached_property
    def meter(self) -> dict[str, MeterPlan]:
        """Meters by code."""
        return {meter.code: meter for meter in self.meters}

    def protected_sites(self) -> list[SitePlan]:
        """Sites in good standing (in force, within what they declared), longest known first."""
        good = [
            (site.operator.valid_from, place, site)
            for place, site in enumerate(self.sites)
            if site.operator.status == "active" and site.operator.number not in self.over
        ]
        return [site for _since, _place, site in sorted(good, key=lambda row: row[:2])]
