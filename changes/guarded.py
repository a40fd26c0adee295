"""Which fields of which models change only by two persons; each app brings its own at start.

    guarded.register(Guarded(Term, fields=("working_days", "verified"),
        may_propose=policies.may_propose_term, may_approve=policies.may_approve_term))

Then ``changes.actions.propose_change`` takes a row (or none, to create one) with the new values.
The proposer is never the approver; ``second`` may ask more of the pair.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise

Values = Mapping[str, Any]


def no_more(_first: Any, _second: Any, _fields: Sequence[str]) -> str | Promise:
    """Nothing more is asked of the two persons than that they are two."""
    return ""


def save_row(row: models.Model, values: Values, _actor: Any) -> models.Model:
    """Sets and saves the values; the database's constraints and history apply."""
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row


@dataclass(frozen=True, slots=True)
class Guarded:
    """One model under two persons.

    ``may_propose(user, row)`` and ``may_approve(user, row)`` are policies (``row`` is None for a
    new one); ``second(first, second, fields)`` returns why this pair may not, or "".
    ``make(row, values, actor)`` writes: the app's own action where it has one.
    """

    model: type[models.Model]
    fields: tuple[str, ...]
    may_propose: Callable[[Any, Any], bool]
    may_approve: Callable[[Any, Any], bool]
    second: Callable[[Any, Any, Sequence[str]], str | Promise] = no_more
    make: Callable[[Any, Values, Any], models.Model] = save_row

    @property
    def label(self) -> str:
        """Its key: "law.term"."""
        return self.model._meta.label_lower


_known: dict[str, Guarded] = {}


def register(*guarded: Guarded) -> None:
    """Puts models under two persons."""
    _known.update({one.label: one for one in guarded})


def of(label: str) -> Guarded:
    """The rules of a model; KeyError when it has none."""
    return _known[label]


def everything() -> list[Guarded]:
    """All models under two persons."""
    return list(_known.values())
