"""Saved views of a list, and counts that stop counting: `10 000+` costs the same at any size."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import IntegerField, Model, Q, QuerySet, Subquery
from django.utils.functional import Promise

from pages.wording import number

BOUND = 10_000
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Preset:
    """A saved view: its key in the URL, its word, and what it keeps (`where(user) -> Q`)."""

    key: str
    label: str | Promise
    where: Callable[[Any], Q] | None = None
    shared: bool = False

    def keep(self, rows: QuerySet[Row], user: Any) -> QuerySet[Row]:
        """The rows of this view."""
        return rows.filter(self.where(user)) if self.where else rows


@dataclass(frozen=True, slots=True)
class Tab:
    """A saved view on the page."""

    label: str | Promise
    url: str
    count: str
    current: bool
    shared: bool


class Counted(Subquery):
    """How many rows a query has, as a scalar, so that many counts are one query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS _counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def count_all(queries: dict[str, QuerySet[Any]], bound: int = BOUND) -> dict[str, int]:
    """Count every query up to `bound` + 1 in one round trip to the database."""
    kept = {key: query for key, query in queries.items() if not query.query.is_empty()}
    counts = dict.fromkeys(queries, 0)
    if not kept:
        return counts
    base = next(iter(kept.values())).model._base_manager.all()
    annotated = base.order_by().annotate(
        **{
            f"counted_{position}": Counted(query.order_by().values("pk")[: bound + 1])
            for position, query in enumerate(kept.values())
        }
    )
    found = annotated.values_list(*(f"counted_{at}" for at in range(len(kept)))).first()
    return counts | dict(zip(kept, found, strict=True)) if found else counts


def told_count(count: int, bound: int = BOUND) -> str:
    """`38`, or `10 000+` when counting stopped."""
    return f"{number(bound)}+" if count > bound else number(count)
