"""Numbers, units, dates and working days in the reader's words."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from babel.dates import format_date
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

MISSING = "–"
NBSP = "\u00a0"
MINUS = "−"
Number = int | float | Decimal
Written = TypeVar("Written")


def in_all_languages(write: Callable[[], Written]) -> dict[str, Written]:
    """The same in every language of the portal, by code: for texts that are frozen."""
    texts = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            texts[code] = write()
    return texts


def language() -> str:
    """The reader's language: kk, ru or en."""
    return (get_language() or "ru")[:2]


def number(value: object, digits: int = 0) -> str:
    """38412600.4 → `38 412 600` (en: `38,412,600`); a missing value is a dash, never 0."""
    given = _decimal(value)
    if given is None:
        return MISSING
    text = f"{abs(given):,.{digits}f}"
    if language() != "en":
        text = text.replace(",", NBSP).replace(".", ",")
    below_zero = given < 0 and any(figure in text for figure in "123456789")
    return MINUS + text if below_zero else text


def _decimal(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        given = Decimal(str(value))
    except InvalidOperation:
        return None
    return given if given.is_finite() else None


def with_unit(value: object, unit: str, digits: int = 0) -> str:
    """The number, a no-break space and the unit; a dash alone when the value is missing."""
    text = number(value, digits)
    return text if text == MISSING else f"{text}{NBSP}{unit}"


def kw(value: object) -> str:
    """Kilowatts: `18 000 kW`."""
    return with_unit(value, _("kW"))


def mw(kilowatts: object, digits: int = 1) -> str:
    """Kilowatts told in megawatts: 14200 → `14.2 MW`."""
    return with_unit(megawatts(kilowatts), _("MW"), digits)


def megawatts(kilowatts: object) -> Decimal | None:
    """Kilowatts as megawatts, or None."""
    given = _decimal(kilowatts)
    return None if given is None else given / 1000


def mw_range(low: object, high: object) -> str:
    """Two ends in kilowatts told in megawatts: `2.6–3.1 MW`; one end when they are equal."""
    ends = [end for end in (megawatts(low), megawatts(high)) if end is not None]
    told = list(dict.fromkeys(number(end, 1) for end in ends))
    return f"{'–'.join(told)}{NBSP}{_('MW')}" if told else MISSING


def kwh(value: object) -> str:
    """Kilowatt hours: `38 412 600 kWh`."""
    return with_unit(value, _("kWh"))


def percent(share: object, digits: int = 0) -> str:
    """A share from 0 to 1 as a percentage: 0.652 → `65 %`."""
    given = _decimal(share)
    return with_unit(None if given is None else given * 100, "%", digits)


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value if isinstance(value, date) else None


def short_date(value: object) -> str:
    """23.11.2026 (en: 23 Nov 2026)."""
    day = _day(value)
    if day is None:
        return MISSING
    return format_date(day, "d MMM y", locale="en") if language() == "en" else f"{day:%d.%m.%Y}"


def long_date(value: object) -> str:
    """23 ноября 2026 · 2026 ж. 23 қараша · 23 November 2026."""
    day = _day(value)
    if day is None:
        return MISSING
    pattern = {"kk": "y 'ж'. d MMMM", "ru": "d MMMM y"}.get(language(), "d MMMM y")
    return str(format_date(day, pattern, locale=language()))


def week_date(value: object) -> str:
    """For lists and deadlines: чт, 19.11 (en: Thu, 19 Nov)."""
    day = _day(value)
    if day is None:
        return MISSING
    if language() == "en":
        return str(format_date(day, "EEE, d MMM", locale="en"))
    return str(format_date(day, "EEE, dd.MM", locale=language())).lower()


def long_day(value: object) -> str:
    """With the weekday, as a line opens: Понедельник, 23 ноября 2026."""
    day = _day(value)
    if day is None:
        return MISSING
    told = str(format_date(day, "EEEE", locale=language()))
    return f"{told[:1].upper()}{told[1:]}, {long_date(day)}"


def hour(value: object) -> str:
    """06:10 in the grid's zone."""
    if not isinstance(value, datetime):
        return MISSING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M}"


def moment(value: object) -> str:
    """23.11.2026, 06:10; a plain date stays a date."""
    if not isinstance(value, datetime):
        return short_date(value)
    return f"{short_date(value)}, {hour(value)}"


def day_of(value: date | datetime) -> date:
    """The local day of a moment."""
    return _day(value) or date.min


def sortable(value: date | datetime) -> tuple[date, str]:
    """Dates and moments in one order: a bare date stands at the end of its day."""
    return day_of(value), hour(value) if isinstance(value, datetime) else "99"
