"""Devices ↔ kilowatts, by the catalogue of equipment models."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from rapidfuzz import fuzz, process

from common import asic
from registry.models import EquipmentModel

CLOSEST = 3
LEAST_LIKE = 50
LEAST_OVERHEAD, MOST_OVERHEAD = 5.0, 15.0  # %; fans, wiring, cooling (common.asic)


@dataclass(frozen=True, slots=True)
class Line:
    """So many devices of a described model; ``watts`` stated by hand count where it is unknown."""

    described: str
    count: int
    watts: int | None = None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A line with its power in kW: rated, and at either end of the model's tolerance."""

    line: Line
    model: EquipmentModel | None
    kw: float | None
    low_kw: float | None
    high_kw: float | None
    closest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """All lines together in kW: rated, with the asked overhead, and the range to expect."""

    kw: float
    with_overhead_kw: float
    low_kw: float
    high_kw: float
    unknown: int


def model_of(described: str) -> EquipmentModel | None:
    """The catalogue's model that a free description means ("S19JPRO-104T"), or None."""
    known = asic.find(described)
    key = asic.key(known.model if known else described)
    return EquipmentModel.objects.filter(key=key).first()


def reckon(line: Line) -> Reckoned:
    """The power of one line; an unknown model offers the closest names."""
    model = model_of(line.described)
    watts = line.watts or (model.power_w if model else None)
    if watts is None:
        return Reckoned(line, None, None, None, None, _closest(line.described))
    kw = line.count * watts / 1000
    off = float(model.tolerance) / 100 if model else 0.05
    return Reckoned(line, model, kw, kw * (1 - off), kw * (1 + off))


def _closest(described: str) -> tuple[str, ...]:
    names = [str(model) for model in EquipmentModel.objects.all()]
    found = process.extract(
        described, names, scorer=fuzz.token_set_ratio, limit=CLOSEST, score_cutoff=LEAST_LIKE
    )
    return tuple(name for name, _score, _place in found)


def total(lines: Sequence[Reckoned], overhead: float) -> Total:
    """The sum in kW with so many percent of overhead; the range uses 5 to 15 percent."""
    known = [line for line in lines if line.kw is not None]
    kw = sum(line.kw or 0 for line in known)
    return Total(
        kw,
        kw * (1 + overhead / 100),
        sum(line.low_kw or 0 for line in known) * (1 + LEAST_OVERHEAD / 100),
        sum(line.high_kw or 0 for line in known) * (1 + MOST_OVERHEAD / 100),
        len(lines) - len(known),
    )


def devices_in(kw: float, model: EquipmentModel, overhead: float) -> int:
    """How many whole devices of a model draw so many kW with so many percent of overhead."""
    return floor(kw * 1000 / (model.power_w * (1 + overhead / 100)) + 1e-9)
