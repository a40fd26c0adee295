"""Totals of feeders and meters, loss norms, and which meter hangs on which feeder."""

from collections.abc import Iterable
from re import fullmatch

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext_lazy as _

from common.clock import today
from common.errors import RowProblem
from common.periods import PERIOD, days_of
from grid.models import Feeder, FeederTotal, LossNorm, Meter, MeterFeeder, MeterTotal, Supplier
from grid.policies import may_import, may_see_profiles
from intake.catalogue import Kind, Sql, Target, Work, declare
from intake.formats.columns import BadValue, Column, Reader
from intake.formats.judging import Read
from intake.formats.readers import DAY, KATO_CODE, decimal

WORDS = {
    "supplier_unknown": _("There is no supplier of this code. An administrator adds it."),
    "meter_unknown": _("No supplier has reported a meter of this code."),
    "feeder_unknown": _("No total of this feeder has come in. Bring its totals in first."),
    "no_period": _("Write a month or a day: 2026-10 or 2026-10-05."),
    "period_not_over": _("This period is not over yet."),
}


def _period(text: str) -> str:
    try:
        last = days_of(text)[1] if fullmatch(PERIOD, text) else None
    except ValueError:
        last = None
    if last is None:
        raise BadValue("no_period")
    return text


def over(read: Read) -> Iterable[RowProblem]:
    """A total is told when its period is over: half a month is no month."""
    periods = read.values["period"].to_pylist()
    late = pa.array([bool(one) and days_of(one)[1] >= today() for one in periods], pa.bool_())
    return read.told(pc.fill_null(late, False), "period", "period_not_over")  # noqa: FBT003 - what an absent cell becomes


def forget_balances(work: Work) -> None:
    """Before totals are undone: the balances that were computed from them."""
    work.run(
        "DELETE FROM grid_feederbalance b USING grid_feedertotal f, touched_feedertotal t"
        " WHERE t.id = f.id AND t.fresh AND b.feeder_id = f.feeder_id AND b.period = f.period"
    )


def forget_norms(work: Work) -> None:
    """Before norms are undone: balances let go of them; the night finds the norm in force."""
    work.run(
        "UPDATE grid_feederbalance b SET norm_id = NULL FROM touched_lossnorm t"
        " WHERE t.id = b.norm_id AND t.fresh"
    )


SUPPLIER_COLUMN = Column("supplier", ("поставщик", "жеткізуші"), required=True, longest=50)
FEEDER_COLUMN = Column("feeder", ("фидер",), required=True, longest=100)
METER_COLUMN = Column("meter", ("счётчик", "прибор учёта", "есептеуіш"), required=True, longest=64)
PERIOD_COLUMN = Column(
    "period", ("период", "месяц", "кезең", "ай"), Reader(pa.string(), _period), required=True
)
KWH_COLUMN = Column(
    "kwh", ("энергия, квт·ч", "энергия, квт*ч", "энергия, квт·сағ"),
    decimal("kWh", digits=16, places=3, zero=True), required=True,
)  # fmt: skip
FROM_COLUMN = Column(
    "valid_from", ("действует с", "дата начала", "басталу күні"), DAY, required=True
)
SOURCE_COLUMN = Column("source", ("источник", "дереккөз"), longest=300)
SOURCE = Sql("coalesce(nullif(s.source, ''), %(file)s)")

SUPPLIER = Target(
    model=Supplier, key={"code": "supplier"}, missing="supplier_unknown", at="supplier"
)
METER = Target(model=Meter, key={"code": "meter"}, missing="meter_unknown", at="meter")
FEEDER = Target(
    model=Feeder,
    key={"supplier": SUPPLIER, "code": "feeder"},
    fresh={"kato": Sql("coalesce(s.kato, '')")},
)
KNOWN_FEEDER = Target(
    model=Feeder, key={"supplier": SUPPLIER, "code": "feeder"}, missing="feeder_unknown",
    at="feeder",
)  # fmt: skip

FEEDER_TOTALS = declare(
    Kind(
        slug="feeder-totals",
        title=_("totals of feeders"),
        lead=_("What went into a feeder in a month or on a day, by the meter at its head."),
        columns=(
            SUPPLIER_COLUMN, FEEDER_COLUMN, PERIOD_COLUMN, KWH_COLUMN,
            Column("kato", ("като", "әаож"), KATO_CODE), SOURCE_COLUMN,
        ),
        targets=(
            SUPPLIER,
            FEEDER,
            Target(
                model=FeederTotal, key={"feeder": FEEDER, "period": "period"},
                fields={"kwh": "kwh"}, along={"source": SOURCE},
            ),
        ),
        together=(over,),
        before_undo=forget_balances,
        label="feeder",
        allowed=may_import,
        sees=may_see_profiles,
        words=WORDS,
        sample=(("demo-res-north", "Ф-12", "2026-09", "1250000", "", "invented sample"),),
    )
)  # fmt: skip

METER_TOTALS = declare(
    Kind(
        slug="meter-totals",
        title=_("totals of meters"),
        lead=_("What a meter without interval readings counted in a month or on a day."),
        columns=(METER_COLUMN, PERIOD_COLUMN, KWH_COLUMN, SOURCE_COLUMN),
        targets=(
            METER,
            Target(
                model=MeterTotal, key={"meter": METER, "period": "period"},
                fields={"kwh": "kwh"}, along={"source": SOURCE},
            ),
        ),
        together=(over,),
        label="meter",
        allowed=may_import,
        sees=may_see_profiles,
        words=WORDS,
        sample=(("DEMO-0001", "2026-09", "3200", "invented sample"),),
    )
)  # fmt: skip

METER_FEEDERS = declare(
    Kind(
        slug="meter-feeders",
        title=_("meters on feeders"),
        lead=_("On which feeder a meter hangs from a day on; an empty feeder takes it off."),
        columns=(
            METER_COLUMN, FROM_COLUMN, Column("feeder", ("фидер",), longest=100),
        ),
        targets=(
            METER,
            Target(
                model=MeterFeeder, key={"meter": METER, "valid_from": "valid_from"},
                fields={"feeder_code": "feeder"},
            ),
        ),
        label="meter",
        allowed=may_import,
        sees=may_see_profiles,
        words=WORDS,
        sample=(("DEMO-0001", "2026-09-01", "Ф-12"),),
    )
)  # fmt: skip

LOSS_NORMS = declare(
    Kind(
        slug="loss-norms",
        title=_("loss norms of feeders"),
        lead=_("The technical loss of a feeder from a day on. A norm once taken in stays."),
        columns=(
            SUPPLIER_COLUMN, FEEDER_COLUMN, FROM_COLUMN,
            Column(
                "percent", ("потери, %", "шығын, %"),
                decimal("%", digits=5, places=2, zero=True, most=100), required=True,
            ),
            Column("source", ("источник", "дереккөз"), required=True, longest=300),
        ),
        targets=(
            SUPPLIER,
            KNOWN_FEEDER,
            Target(
                model=LossNorm, key={"feeder": KNOWN_FEEDER, "valid_from": "valid_from"},
                fields={"percent": "percent", "source": "source"}, fixed="norm_stays",
            ),
        ),
        before_undo=forget_norms,
        label="feeder",
        allowed=may_import,
        sees=may_see_profiles,
        words=WORDS | {
            "norm_stays": _(
                "The norm of this day is taken in and says: “%(before)s”. A new norm has a new day."
            )
        },
        sample=(("demo-res-north", "Ф-12", "2026-01-01", "4.5", "invented sample"),),
    )
)  # fmt: skip
