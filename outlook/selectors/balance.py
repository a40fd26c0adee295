"""The power balance as the page shows it: by year, by vintage, and mining from above."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from outlook.choices import Measure, Subject
from outlook.models import BalanceFigure, Break, FeeReceipt, Forecast, HashRateMonth, Series

FIRST, LAST = 2010, 2035
DRAWN = (Measure.GENERATION, Measure.DEMAND)


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of one series: the figure of each measure, None where nobody told it."""

    year: int
    series: Series
    figures: Mapping[str, BalanceFigure]
    broken: tuple[Break, ...]

    def value(self, measure: str) -> Decimal | None:
        """The figure in its measure's unit."""
        figure = self.figures.get(measure)
        return figure.value if figure else None


@dataclass(frozen=True, slots=True)
class Vintage:
    """Everything that was forecast on one day."""

    code: str
    rows: Sequence[Forecast]

    def yearly(self, subject: str) -> dict[int, Decimal]:
        """A forecast of every year, in TWh, where the vintage has one."""
        return {row.year: row.value for row in self.rows if row.subject == subject and row.value}

    def additions(self) -> list[Forecast]:
        """New capacity by energy source, GW; the total apart from it stays out."""
        return [
            row
            for row in self.rows
            if row.subject == Subject.ADDITION and row.energy != "all" and row.value
        ]


@dataclass(frozen=True, slots=True)
class FromAbove:
    """A quarter declared to the tax body beside the same time seen from above, MW."""

    declared: FeeReceipt
    month: HashRateMonth


def years() -> list[YearRow]:
    """Every year of every series, newest first; three queries."""
    breaks = list(Break.objects.filter(regional=False))
    kept: dict[tuple[int, int], dict[str, BalanceFigure]] = {}
    series = {one.pk: one for one in Series.objects.all()}
    for figure in BalanceFigure.objects.all():
        kept.setdefault((figure.year, figure.series_id), {})[figure.measure] = figure
    return [
        YearRow(year, series[key], figures, tuple(b for b in breaks if b.year == year))
        for (year, key), figures in sorted(kept.items(), key=lambda one: (-one[0][0], one[0][1]))
    ]


def vintages() -> list[str]:
    """The vintages that there are, newest first."""
    codes = Forecast.objects.order_by("-vintage").values_list("vintage", flat=True)
    return list(codes.distinct())


def vintage(code: str) -> Vintage:
    """One vintage; empty of rows when nothing was said on that day."""
    return Vintage(code, list(Forecast.objects.filter(vintage=code)))


def usual_vintage(codes: Sequence[str]) -> str:
    """The newest vintage that says what is added by source, else the newest of all."""
    by_source = Forecast.objects.filter(subject=Subject.ADDITION, value__isnull=False)
    said = by_source.exclude(energy="all").order_by("-vintage").values_list("vintage", flat=True)
    return said.first() or next(iter(codes), "")


def cross_check() -> FromAbove | None:
    """The last quarter with fee receipts of the whole country, and a month of it from above."""
    for receipt in FeeReceipt.objects.filter(region=""):
        month = HashRateMonth.objects.filter(month__gte=receipt.quarter).order_by("month").first()
        if month and month.month < _next_quarter(receipt.quarter):
            return FromAbove(receipt, month)
    return None


def _next_quarter(begins: date) -> date:
    return date(begins.year + begins.month // 10, (begins.month + 3) % 12, 1)


def drawn(rows: Sequence[YearRow], chosen: Vintage) -> dict[str, Any]:
    """The chart's lines (TWh by year), bars (GW added by source) and flags at breaks.

    A series is a line of its own: two definitions are never joined.
    """
    labels = list(range(FIRST, LAST + 1))
    lines = []
    for series in {row.series.pk: row.series for row in rows}.values():
        own = {row.year: row for row in rows if row.series.pk == series.pk}
        for measure in DRAWN:
            values = [_float(own[year].value(measure)) if year in own else None for year in labels]
            lines.append({"series": series.title, "measure": str(measure.label), "values": values})
    for subject in (Subject.GENERATION, Subject.DEMAND):
        told = chosen.yearly(subject)
        if told:
            values = [_float(told.get(year)) for year in labels]
            lines.append({"series": "", "measure": str(subject.label), "values": values})
    bars = [
        {
            "name": row.get_energy_display(),
            "energy": row.energy,
            "values": [_float(row.value) if year == row.year else None for year in labels],
        }
        for row in chosen.additions()
    ]
    flags = {b.year: b.title for row in rows for b in row.broken}
    breaks = [{"year": year, "title": title} for year, title in flags.items()]
    return {"labels": labels, "lines": lines, "bars": bars, "breaks": breaks}


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
