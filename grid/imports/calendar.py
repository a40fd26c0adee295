"""Curtailment orders and outages as a file; what comes in waits to be verified by two persons."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.compute as pc
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.errors import RowProblem
from grid.choices import EventKind
from grid.models import Feeder, GridEvent, Supplier
from grid.models.calendar import check_regions
from grid.policies import may_import, may_see_profiles
from intake.catalogue import Kind, Sql, Target, declare
from intake.formats.columns import BadValue, Column, Reader
from intake.formats.judging import Read
from intake.formats.readers import choice

KINDS = {
    "curtailment": "curtailment", "ограничение": "curtailment", "шектеу": "curtailment",
    "internet": "internet", "интернет": "internet",
    "supply": "supply", "отключение": "supply", "ажырату": "supply",
}  # fmt: skip


def _moment(text: str) -> datetime:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise BadValue("no_moment") from None
    if read.tzinfo is None:
        raise BadValue("no_moment")
    return read.astimezone(UTC)


def _regions(text: str) -> str:
    codes = ",".join(sorted({one.strip() for one in text.replace(";", ",").split(",")}))
    try:
        check_regions(codes)
    except ValidationError:
        raise BadValue("no_region") from None
    return codes


MOMENT = Reader(pa.timestamp("us", tz="UTC"), _moment)
REGIONS = Reader(pa.string(), _regions, empty="")


def placed_and_lasting(read: Read) -> Iterable[RowProblem]:
    """It ends after it begins, and has either regions or a feeder."""
    ends, begins = read.values["ends_at"], read.values["begins_at"]
    yield from read.told(pc.fill_null(pc.less_equal(ends, begins), False), "ends_at", "no_length")  # noqa: FBT003 - what an absent cell becomes
    regions, feeder = (_filled(read, name) for name in ("regions", "feeder"))
    yield from read.told(pc.equal(regions, feeder), "regions", "one_place")


def _filled(read: Read, name: str) -> pa.Array:
    return pc.not_equal(pc.fill_null(read.values[name], ""), "")


SUPPLIER = Target(
    model=Supplier, key={"code": "supplier"}, missing="supplier_unknown", at="supplier",
    optional=True,
)  # fmt: skip
FEEDER = Target(
    model=Feeder, key={"supplier": SUPPLIER, "code": "feeder"}, missing="feeder_unknown",
    at="feeder", optional=True,
)  # fmt: skip

CALENDAR = declare(
    Kind(
        slug="grid-events",
        title=_("outages and curtailments"),
        lead=_("Orders and outages by the number of their paper, in regions or on one feeder."),
        columns=(
            Column("code", ("номер", "нөмірі"), required=True, longest=100),
            Column("kind", ("вид", "түрі"), choice(KINDS), required=True),
            Column("begins_at", ("начало", "басталуы"), MOMENT, required=True),
            Column("ends_at", ("конец", "аяқталуы"), MOMENT, required=True),
            Column("regions", ("регионы", "өңірлер"), REGIONS),
            Column("supplier", ("поставщик", "жеткізуші"), longest=50),
            Column("feeder", ("фидер",), longest=100),
            Column("source", ("источник", "дереккөз"), required=True, longest=300),
        ),
        targets=(
            SUPPLIER,
            FEEDER,
            Target(
                model=GridEvent, key={"code": "code"},
                fields={
                    "kind": "kind", "begins_at": "begins_at", "ends_at": "ends_at",
                    "regions": "regions", "source": "source",
                },
                along={"feeder": FEEDER, "verified": Sql("false")},
            ),
        ),
        together=(placed_and_lasting,),
        label="code",
        allowed=may_import,
        sees=may_see_profiles,
        words={
            "supplier_unknown": _("There is no supplier of this code. An administrator adds it."),
            "feeder_unknown": _("No total of this feeder has come in. Bring its totals in first."),
            "no_moment": _("Write a moment with its offset: 2026-10-05T18:00+05:00."),
            "no_region": _("Write two digits of KATO each: 71,39; 00 for the whole country."),
            "no_length": _("It ends after it begins."),
            "one_place": _("Name regions or a feeder, not both."),
        },
        sample=(
            (
                "DEMO-1", str(EventKind.CURTAILMENT), "2026-10-05T18:00+05:00",
                "2026-10-05T22:00+05:00", "71,39", "", "", "invented sample",
            ),
        ),
    )
)  # fmt: skip
