"""Figures of past years, forecasts by vintage, and months of the hash rate."""

from collections.abc import Iterable, Mapping
from datetime import date
from re import fullmatch
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext_lazy as _

from common.errors import RowProblem
from intake.catalogue import Kind, Target, declare
from intake.formats.columns import BadValue, Column, Reader
from intake.formats.judging import Read, Together
from intake.formats.readers import choice, decimal, whole
from outlook import choices
from outlook.models import BalanceFigure, Forecast, HashRateMonth, Series
from outlook.models.balance import VINTAGE
from outlook.policies import may_import, may_see_outlook

YEARS = whole("", least=1990, most=2100)
YEAR_COLUMN = Column("year", ("год", "жыл"), YEARS, required=True)
UNIT_COLUMN = Column(
    "unit", ("единица", "ед. изм.", "өлшем бірлігі"), choice(choices.Unit.values), required=True
)
SOURCE_COLUMN = Column("source", ("источник", "дереккөз"), required=True, longest=300)
REMARK_COLUMN = Column("remark", ("примечание", "ескертпе"), longest=300)
WORDS = {
    "series_unknown": _("There is no series of this code. An administrator adds it."),
    "unit_does_not_fit": _("This figure is told in another unit; nothing is converted."),
    "vintage_stays": _(
        "This vintage is taken in and says: “%(before)s”. A new forecast is a new vintage."
    ),
    "no_vintage": _("Write a year, month or day: 2025, 2025-07 or 2025-07-03."),
    "no_month": _("Write a month: 2022-01."),
}


def fitting(column: str, units: Mapping[Any, str]) -> Together:
    """The unit of a row is the one of its figure: 600 MWh in a power field is no power."""

    def look(read: Read) -> Iterable[RowProblem]:
        told = read.values[column].to_pylist()
        wanted = pa.array([units.get(one) if one else None for one in told], pa.string())
        other = pc.not_equal(read.values["unit"], wanted)
        return read.told(pc.fill_null(other, False), "unit", "unit_does_not_fit")  # noqa: FBT003 - what an absent cell becomes

    return look


def _vintage(text: str) -> str:
    if not fullmatch(VINTAGE, text):
        raise BadValue("no_vintage")
    return text


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        raise BadValue("no_month") from None


SERIES = Target(model=Series, key={"code": "series"}, missing="series_unknown", at="series")

FIGURES = declare(
    Kind(
        slug="power-balance",
        title=_("figures of the power balance"),
        lead=_("One figure of one year in one series a row; series are never joined."),
        columns=(
            Column("series", ("ряд", "қатар"), required=True, longest=50),
            YEAR_COLUMN,
            Column(
                "measure", ("показатель", "көрсеткіш"), choice(choices.Measure.values),
                required=True,
            ),
            Column(
                "value", ("значение", "мәні"),
                decimal("", digits=12, places=4, zero=True, negative=True), required=True,
            ),
            UNIT_COLUMN,
            SOURCE_COLUMN,
            REMARK_COLUMN,
        ),
        targets=(
            SERIES,
            Target(
                model=BalanceFigure,
                key={"series": SERIES, "year": "year", "measure": "measure"},
                fields={"value": "value", "source": "source", "remark": "remark"},
            ),
        ),
        together=(fitting("measure", choices.UNIT_OF),),
        label="year",
        allowed=may_import,
        sees=may_see_outlook,
        words=WORDS,
        sample=(
            ("official", "2031", "generation", "150.5", "TWh", "invented sample", ""),
            ("official", "2031", "peak_load", "21000", "MW", "invented sample", ""),
        ),
    )
)  # fmt: skip

FORECASTS = declare(
    Kind(
        slug="power-forecasts",
        title=_("forecasts and planned capacity"),
        lead=_("What was forecast on one day (the vintage). A vintage is never overwritten."),
        columns=(
            Column("vintage", ("дата прогноза", "болжам күні"),
                   Reader(pa.string(), _vintage), required=True, longest=10),
            Column("subject", ("что прогнозируется", "болжам нысаны"),
                   choice(choices.Subject.values), required=True),
            Column("energy", ("источник энергии", "энергия көзі"),
                   choice(choices.EnergySource.values), required=True),
            YEAR_COLUMN,
            Column("value", ("значение", "мәні"), decimal("", digits=12, places=4, zero=True)),
            Column("value_to", ("до", "дейін"), decimal("", digits=12, places=4, zero=True)),
            UNIT_COLUMN,
            SOURCE_COLUMN,
            REMARK_COLUMN,
        ),
        targets=(
            Target(
                model=Forecast,
                key={"vintage": "vintage", "subject": "subject", "energy": "energy",
                     "year": "year"},
                fields={"value": "value", "value_to": "value_to", "source": "source",
                        "remark": "remark"},
                fixed="vintage_stays",
            ),
        ),
        together=(fitting("subject", choices.UNIT_OF_SUBJECT),),
        label="vintage",
        allowed=may_import,
        sees=may_see_outlook,
        words=WORDS,
        sample=(
            ("2031-05", "demand", "all", "2035", "151.2", "", "TWh", "invented sample", ""),
            ("2031-05", "addition", "gas", "2035", "3", "3.5", "GW", "invented sample", ""),
        ),
    )
)  # fmt: skip

MONTHS = declare(
    Kind(
        slug="hash-rate-months",
        title=_("months of the hash rate"),
        lead=_("The country's share of the bitcoin network, and the power that it implies."),
        columns=(
            Column("month", ("месяц", "ай"), Reader(pa.date32(), _month), required=True),
            Column("share", ("доля, %", "үлесі, %"), decimal("%", digits=5, places=2, zero=True),
                   required=True),
            Column("ehs", ("eh/s",), decimal("EH/s", digits=8, places=2, zero=True),
                   required=True),
            Column("mw_low", ("мвт от", "мвт бастап"), whole("MW"), required=True),
            Column("mw_middle", ("мвт середина", "мвт орта"), whole("MW"), required=True),
            Column("mw_high", ("мвт до", "мвт дейін"), whole("MW"), required=True),
            SOURCE_COLUMN,
        ),
        targets=(
            Target(
                model=HashRateMonth,
                key={"month": "month"},
                fields={"share": "share", "ehs": "ehs", "mw_low": "mw_low",
                        "mw_middle": "mw_middle", "mw_high": "mw_high", "source": "source"},
            ),
        ),
        label="month",
        allowed=may_import,
        sees=may_see_outlook,
        words=WORDS,
        sample=(("2031-01", "1.25", "10.5", "340", "500", "690", "invented sample"),),
    )
)  # fmt: skip
