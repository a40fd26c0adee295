"""Pages of a list that go on from a row: page 1,900 costs what page 2 does, with no page twice."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict

from pages.lists.filters import whole

COUNTED = 10_000  # rows that a page's number alone may skip; further on only from a row
NOTHING = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Step:
    """One word of an order: a column, its direction, and on which side NULL stands."""

    name: str
    down: bool
    nulls_last: bool

    @classmethod
    def of(cls, term: Any) -> Self:
        """Of a name with or without a minus, where PostgreSQL takes NULL as the largest, or F()."""
        if isinstance(term, OrderBy):
            last = term.nulls_last or not (term.nulls_first or term.descending)
            name = term.expression.name  # type: ignore[union-attr]  # an F(), whose stub has no name
            return cls(name, term.descending, bool(last))
        return cls(term.removeprefix("-"), term.startswith("-"), not term.startswith("-"))

    @property
    def turned(self) -> OrderBy:
        """The opposite, for `order_by`."""
        last = not self.nulls_last or None
        first = self.nulls_last or None
        return OrderBy(F(self.name), descending=not self.down, nulls_last=last, nulls_first=first)

    def at(self, value: Any) -> Q:
        """Rows of the same value."""
        return Q(**{f"{self.name}__isnull": True} if value is None else {self.name: value})

    def beyond(self, value: Any) -> Q:
        """Rows that stand after the value."""
        if value is None:
            return NOTHING if self.nulls_last else Q(**{f"{self.name}__isnull": False})
        return Q(**{f"{self.name}__{'lt' if self.down else 'gt'}": value}) | self._nulls

    def not_before(self, value: Any) -> Q:
        """Rows of the value and after it, in a form that an index answers."""
        if value is None:
            return self._nulls
        return Q(**{f"{self.name}__{'lte' if self.down else 'gte'}": value}) | self._nulls

    @property
    def _nulls(self) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if self.nulls_last else Q()


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number, its rows as the database gave them, whether more follow."""

    number: int
    rows: list[Any]
    more: bool

    @property
    def before(self) -> dict[str, str]:
        """What the address of the previous page says: the row that it ends before."""
        if self.number == 1:
            return {}
        place = {"before": str(self.rows[0].pk)} if self.rows and self.number > 2 else {}  # noqa: PLR2004 - the first page needs no row
        return {"page": str(self.number - 1), "after": "", "before": "", **place}

    @property
    def after(self) -> dict[str, str]:
        """What the address of the next page says: the row behind which it begins."""
        if not self.more:
            return {}
        return {"page": str(self.number + 1), "before": "", "after": str(self.rows[-1].pk)}


def page_of(
    found: QuerySet[Any],
    everything: QuerySet[Any],
    order: Sequence[Any],
    query: QueryDict,
    size: int,
) -> Page:
    """The page that the address means; a row that is gone leaves the page's number to count.

    The address names the row by its key alone: what it is sorted by may be hidden from the reader.
    """
    asked = max(1, whole(query.get("page", "")))
    for word in ("after", "before"):
        place = _place(everything, order, query.get(word, ""))
        if place is not None and asked > 1:
            return _from(found, order, place, asked, size, back=word == "before")
    number = min(asked, COUNTED // size)
    rows = list(found[(number - 1) * size : number * size + 1])
    return Page(number, rows[:size], len(rows) > size)


def _place(everything: QuerySet[Any], order: Sequence[Any], text: str) -> Sequence[Any] | None:
    """The values that the row with this key is sorted by; None when there is no such row."""
    key = None
    with suppress(ValidationError):
        key = everything.model._meta.pk.to_python(text) if text and "\0" not in text else None
    if key is None or (isinstance(key, int) and not 0 < key < 1 << 63):
        return None
    names = [Step.of(term).name for term in order]
    values: Sequence[Any] | None = everything.order_by().filter(pk=key).values_list(*names).first()
    return values


def _from(
    found: QuerySet[Any], order: Sequence[Any], place: Sequence[Any], number: int, size: int,
    *, back: bool,
) -> Page:  # fmt: skip
    steps = [Step.of(term) for term in order]
    if not back:
        rows = list(found.filter(behind(steps, place))[: size + 1])
        return Page(number, rows[:size], len(rows) > size)
    turned = [Step.of(step.turned) for step in steps]
    rows = list(
        found.order_by(*(step.turned for step in steps)).filter(behind(turned, place))[:size]
    )
    return Page(number, rows[::-1], more=True)


def behind(steps: Sequence[Step], place: Sequence[Any]) -> Q:
    """Rows that come after these values in this order."""
    found, same = NOTHING, Q()
    for step, value in zip(steps, place, strict=True):
        found |= same & step.beyond(value)
        same &= step.at(value)
    # Says nothing new, but an index begins to be read here instead of at the list's head.
    return steps[0].not_before(place[0]) & found
