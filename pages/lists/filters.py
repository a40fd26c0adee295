"""What a FilterSet shows on a list page: removable chips for what is applied, a panel for more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from pages import wording

PAGING = ("page", "after", "before")
TOO_LONG = 10  # digits; no list has so many pages


@dataclass(frozen=True, slots=True)
class Chip:
    """One applied filter with the address of the list without it."""

    label: str
    text: str
    url: str


def whole(text: str) -> int:
    """The whole number of an address or a form, 0 for anything else; "²" is a digit but none."""
    return int(text) if text.isdecimal() and len(text) < TOO_LONG else 0


def address(query: QueryDict, without: tuple[str, ...] = (), **changes: str) -> str:
    """The list's address with some parameters dropped or replaced; paging starts anew."""
    kept = query.copy()
    for key in (*without, *PAGING):
        kept.pop(key, None)
    for key, value in changes.items():
        kept[key] = value
    for key in [key for key, values in kept.lists() if not any(values)]:
        del kept[key]
    return f"?{kept.urlencode()}"


def chips(filterset: Any, query: QueryDict) -> list[Chip]:
    """The applied filters in words."""
    return list(_chips(filterset, query)) if filterset is not None and filterset.is_bound else []


def misfits(filterset: Any) -> list[str]:
    """Filters of the address whose value does not fit, each with the reason."""
    if filterset is None or not filterset.is_bound or filterset.form.is_valid():
        return []
    form = filterset.form
    return [
        f"{form[name].label}: {' '.join(str(error) for error in errors)}"
        for name, errors in form.errors.items()
        if name in form.fields
    ]


def _chips(filterset: Any, query: QueryDict) -> Iterator[Chip]:
    form = filterset.form
    if not form.is_valid():
        return
    for bound in form:
        value = form.cleaned_data.get(bound.name)
        if not _applied(value):
            continue
        names = tuple(key for key in query if key == bound.name or _is_part(key, bound.name))
        yield Chip(str(bound.label), _told(bound, value), address(query, without=names))


def _is_part(key: str, name: str) -> bool:
    """Range filters spread over `<name>_min`, `<name>_max`, `_after`, `_before`."""
    return key.removeprefix(f"{name}_") in {"min", "max", "after", "before"} and key != name


def _applied(value: Any) -> bool:
    if isinstance(value, slice):
        return value.start is not None or value.stop is not None
    if isinstance(value, QuerySet):
        return bool(value)
    return value not in (None, "", [], ())


def _told(bound: BoundField, value: Any) -> str:
    if isinstance(value, slice):
        return _told_range(value)
    if isinstance(value, list | tuple | set | QuerySet):
        return ", ".join(_told_one(bound, one) for one in value)
    return _told_one(bound, value)


def _told_range(value: slice) -> str:
    start, stop = (None if end is None else _plain(end) for end in (value.start, value.stop))
    if start is not None and stop is not None:
        return f"{start}–{stop}"
    if start is not None:
        return _("from %(start)s") % {"start": start}
    return _("to %(stop)s") % {"stop": stop}


def _told_one(bound: BoundField, value: Any) -> str:
    if isinstance(value, Model):
        return str(value)
    for choice, word in _choices(bound):
        if str(choice).lower() == str(value).lower():
            return word
    return _plain(value)


def _choices(bound: BoundField) -> Iterator[tuple[Any, str]]:
    """Value and word; choices made late have no length, so they are only walked through."""
    offered = getattr(bound.field, "choices", None)
    for choice, word in () if offered is None else iter(offered):
        if isinstance(word, list | tuple):
            yield from ((inner, str(told)) for inner, told in word)
        else:
            yield choice, str(word)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime | date):
        return wording.short_date(value)
    if isinstance(value, int | float) or hasattr(value, "as_tuple"):
        digits = max(0, -int(value.as_tuple().exponent)) if hasattr(value, "as_tuple") else 0
        return wording.number(value, digits)
    return str(value)
