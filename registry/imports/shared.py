"""Columns and targets that several kinds of files have in common."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext_lazy as _

from common.errors import RowProblem
from common.geo import cell
from intake.catalogue import Sql, Target
from intake.formats.columns import BadValue, Column, Reader
from intake.formats.judging import Read, Together
from intake.formats.readers import BIN, DAY, KATO_CODE, degrees
from registry.models import Operator, Registration, Site
from registry.models.sites import LATITUDES, LONGITUDES

LONGEST_TICKER = 10

# The number alone, where whose it is is all that a file says of the operator.
BIN_COLUMN = Column(
    "operator_bin",
    ("бин", "бин оператора", "бин/иин", "бин иин", "бсн", "оператордың бсн", "бсн/жсн", "bin"),
    BIN,
    required=True,
)
NUMBER_COLUMN = Column(
    "registration",
    ("номер записи", "регистрация", "тіркеу", "жазба нөмірі"),
    required=True,
    longest=60,
)
SITE_COLUMN = Column(
    "site_name",
    ("площадка", "название площадки", "алаң", "алаңның атауы"),
    required=True,
    longest=200,
)
KATO_COLUMN = Column("kato", ("като", "код като", "әаож", "әаож коды"), KATO_CODE, required=True)
PLACE_COLUMNS = (
    Column("lat", ("широта", "ендік", "latitude"), degrees(*LATITUDES)),
    Column("lon", ("долгота", "бойлық", "longitude"), degrees(*LONGITUDES)),
)
SOURCE_COLUMN = Column("source", ("источник", "дереккөз"), longest=300)
TERM_COLUMNS = (
    Column("valid_from", ("действует с", "дата начала", "басталу күні", "қолданылады"), DAY),
    Column("valid_to", ("действует до", "дата окончания", "аяқталу күні"), DAY),
)

WORDS = {
    "operator_unknown": _("No operator of the registry has this number. Bring it in first."),
    "registration_unknown": _("There is no registration of this number. Bring it in first."),
    "site_unknown": _("The registration names no site like this."),
    "not_a_ticker": _("Write the asset's sign in Latin capitals, such as BTC."),
}

OPERATOR = Target(model=Operator, key={"bin": "operator_bin"}, missing="operator_unknown")
REGISTRATION = Target(
    model=Registration, key={"number": "registration"}, missing="registration_unknown"
)
SITE = Target(
    model=Site,
    key={"registration": REGISTRATION, "name": "site_name"},
    missing="site_unknown",
    at="site_name",
)
# What a file does not say of its origin is that file's own name.
SOURCE = Sql("coalesce(nullif(s.source, ''), %(file)s)")


def _ticker(text: str) -> str:
    sign = text.upper()
    if not (sign.isascii() and sign.isalnum() and 1 < len(sign) <= LONGEST_TICKER):
        raise BadValue("not_a_ticker")
    return sign


TICKER = Reader(pa.string(), _ticker)


def in_order(first: str, last: str) -> Together:
    """Two days of one row: the last does not come before the first."""

    def look(read: Read) -> Iterable[RowProblem]:
        over = pc.less(read.values[last], read.values[first])
        return read.told(pc.fill_null(over, False), last, "ends_before_it_begins")  # noqa: FBT003 - what an absent day becomes

    return look


def whole_place(read: Read) -> Iterable[RowProblem]:
    """Latitude and longitude, or neither."""
    half = pc.xor(pc.equal(read.texts["lat"], ""), pc.equal(read.texts["lon"], ""))
    return read.told(half, "lat", "half_a_place")


def cell_of(lat: float | None, lon: float | None) -> str:
    """The H3 cell of a place, "" without one."""
    return "" if lat is None or lon is None else cell(lat, lon)


def optional(column: Column) -> Column:
    """The column of a file that may leave it empty."""
    return replace(column, required=False)


def shortened(longest: int, reckon: Callable[..., str]) -> Callable[..., str]:
    """A reckoned text, as long as its column takes."""
    return lambda *values: reckon(*values)[:longest]
