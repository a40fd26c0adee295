"""A change as a person reads it: each field before and after, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from changes import guarded
from changes.choices import ChangeState
from changes.models import Change
from pages import wording


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: its name in the reader's language, what stood there, what is to stand there.

    ``moved`` tells what stands there now when that is neither; ``url`` leads to the row that is
    to stand there, where it has a page.
    """

    name: str
    label: str
    before: str
    after: str
    moved: str = ""
    url: str = ""


def row_of(change: Change) -> models.Model | None:
    """The row as it is now, None for one that is to be made (or that is gone)."""
    if not change.row:
        return None
    return model_of(change)._base_manager.filter(pk=change.row).first()


def waiting_changes(row: models.Model) -> list[Change]:
    """Proposals for a row that a second person has not decided yet."""
    rows = Change.objects.filter(
        model=row._meta.label_lower, row=str(row.pk), state=ChangeState.PROPOSED
    )
    return list(rows.select_related("proposed_by"))


def model_of(change: Change) -> type[models.Model]:
    """The model whose row is changed."""
    return apps.get_model(change.model)


def differences(change: Change, row: models.Model | None) -> list[Difference]:
    """Every proposed field with its values in words."""
    return list(_differences(change, row))


def _differences(change: Change, row: models.Model | None) -> Iterator[Difference]:
    moved = moved_fields(change, row)
    for name, value in change.values.items():
        field = model_of(change)._meta.get_field(name)
        now = told(field, getattr(row, field.attname)) if name in moved and row else ""  # type: ignore[union-attr]  # a plain field
        yield Difference(
            name=name,
            label=str(getattr(field, "verbose_name", name)),
            before=told(field, as_python(field, change.base.get(name))) if change.row else "",
            after=told(field, as_python(field, value)),
            moved=now,
            url=_page_of(field, value),
        )


def _page_of(field: Any, value: Any) -> str:
    if not isinstance(field, models.ForeignKey) or value is None:
        return ""
    row = field.related_model._base_manager.filter(pk=value).first()
    url: str = getattr(row, "get_absolute_url", lambda: "")()
    return url


def moved_fields(change: Change, row: models.Model | None) -> list[str]:
    """Fields that no longer hold what the change was proposed against; all if the row is gone."""
    if not change.row:
        return []
    if row is None:
        return list(change.values)
    return [name for name in change.values if as_stored(row, name) != change.base.get(name)]


def as_stored(row: models.Model, name: str) -> Any:
    """A field's value as the change keeps it in JSON."""
    field = row._meta.get_field(name)
    return plain(getattr(row, field.attname))  # type: ignore[union-attr]  # a plain field


def plain(value: Any) -> Any:
    """A value as JSON gives it back."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def as_python(field: Any, value: Any) -> Any:
    """The inverse of ``plain``: a stored value as the field's own type."""
    if value is None:
        return None
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.to_python(value)


def told(field: Any, value: Any) -> str:
    """A value in the reader's words."""
    if value in (None, "", {}, []):
        return wording.MISSING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, models.ForeignKey):
        return str(field.related_model._base_manager.filter(pk=value).first() or value)
    if getattr(field, "choices", None):
        return str(dict(field.flatchoices).get(value, value))
    return _in_words(value)


def _in_words(value: Any) -> str:
    """A moment, a day, a table or a list; anything else as it is."""
    if isinstance(value, datetime):
        return wording.moment(value)
    if isinstance(value, date):
        return wording.short_date(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_in_words(one)}" for name, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def pair_refused(change: Change, user: Any) -> str:
    """Why this person cannot be the second one, in words; "" when they can."""
    rules = guarded.of(change.model)
    return str(rules.second(change.proposed_by, user, tuple(change.values)))
