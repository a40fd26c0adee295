"""The engine behind every status: a table of moves, and the only code that makes one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import NotAllowed, Refused, WrongState
from journal.actions import record, record_each
from journal.models import Event
from journal.telling import Tell
from journal.words import register

M = TypeVar("M", bound=models.Model)
Text = str | Promise
ANY = ("*",)
MOVES_AT_ONCE = 1000

FIELD_NAMES: dict[str, Text] = {"reason": gettext_lazy("Reason")}


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition that must hold before a move, with its sentence for the person."""

    ok: bool
    text: str
    detail: str = ""


def no_gates(_subject: Any) -> Sequence[Gate]:
    """A move without conditions of its own."""
    return ()


def anything(_subject: Any, _given: Mapping[str, Any]) -> Sequence[Gate]:
    """A move that asks nothing of what it is given."""
    return ()


def nobody(_subject: Any, _actor: Any, _facts: Mapping[str, Any]) -> Iterable[Tell]:
    """A move of which nobody needs to be told."""
    return ()


@dataclass(frozen=True, slots=True)
class Move:
    """One line of a workflow table.

    ``sources`` are the states it starts from (``ANY`` for every one); an empty ``target``
    keeps the state. ``allowed(user, subject)`` is a policy, ``needs`` names what must be
    given ("reason" or a key of ``changes``), ``gates`` what must hold, ``fits(subject, given)``
    what must hold of the things given, ``tells`` who hears of it. ``label`` is the button ("Close
    the case"), ``done`` the history ("closed the case").
    """

    verb: str
    sources: tuple[str, ...]
    target: str
    allowed: Callable[[Any, Any], bool]
    label: Text
    done: Text
    needs: tuple[str, ...] = ()
    gates: Callable[[Any], Sequence[Gate]] = no_gates
    fits: Callable[[Any, Mapping[str, Any]], Sequence[Gate]] = anything
    tells: Callable[[Any, Any, Mapping[str, Any]], Iterable[Tell]] = nobody
    primary: bool = False
    tone: str = ""

    def starts_from(self, state: str) -> bool:
        """Whether the move can be made in this state."""
        return self.sources == ANY or state in self.sources


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that this person may make in this state; what still stands in its way, if anything."""

    move: Move
    refusals: list[str]

    @property
    def ready(self) -> bool:
        """Whether it can be made now."""
        return not self.refusals


class Workflow(Generic[M]):
    """The table of moves of one model; ``name`` ("cases.case") begins the verb of its events."""

    def __init__(
        self, name: str, model: type[M], *, moves: Sequence[Move], field: str = "state"
    ) -> None:
        self.name, self.model, self.field = name, model, field
        self.moves = {move.verb: move for move in moves}
        if len(self.moves) != len(moves):
            raise ValueError(f"{name}: a verb stands twice")
        register(verbs={f"{name}.{move.verb}": move.done for move in moves})
        WORKFLOWS[name] = self

    def state_of(self, subject: M) -> str:
        """The subject's present state."""
        return str(getattr(subject, self.field))

    def offered(self, subject: M, user: Any) -> list[Offer]:
        """The moves that start from the subject's state and that the user may make."""
        state = self.state_of(subject)
        return [
            Offer(move, [gate.text for gate in move.gates(subject) if not gate.ok])
            for move in self.moves.values()
            if move.starts_from(state) and move.allowed(user, subject)
        ]

    def may(self, verb: str, subject: M, user: Any) -> bool:
        """Whether the user may make this move from the subject's present state."""
        move = self.moves[verb]
        return move.starts_from(self.state_of(subject)) and move.allowed(user, subject)

    @transaction.atomic
    def make(
        self,
        verb: str,
        subject: M,
        *,
        actor: Any,
        reason: str = "",
        changes: Mapping[str, Any] | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> Event:
        """Makes a move: locks the row, checks it, saves it, records it and tells of it.

        ``changes`` are further fields to set in the same step; ``facts`` go into the event.
        Raises WrongState, NotAllowed or Refused, and then nothing has changed. ``subject`` is
        brought up to date in place.
        """
        move = self.moves[verb]
        changes = dict(changes or {})
        self._lock(subject)
        before = self.state_of(subject)
        if not move.starts_from(before):
            raise WrongState(self._wrong_state(move, subject))
        if not move.allowed(actor, subject):
            raise NotAllowed(_("You may not do this: %(move)s.") % {"move": move.label})
        _demand(move, subject, {"reason": reason.strip(), **changes})
        after = move.target or before
        for name, value in {**changes, self.field: after}.items():
            setattr(subject, name, value)
        subject.save(update_fields=[*changes, self.field])
        told = {**(facts or {}), "from": before, "to": after}
        return record(
            f"{self.name}.{verb}",
            subject,
            actor=actor,
            reason=reason.strip(),
            facts=told,
            tells=move.tells(subject, actor, told),
        )

    @transaction.atomic
    def make_for_each(
        self,
        verb: str,
        subjects: Iterable[M],
        *,
        actor: Any,
        changes: Callable[[M], Mapping[str, Any]],
        facts: Mapping[str, Any] | None = None,
    ) -> int:
        """Makes one move of many subjects, with one event each; returns how many.

        The same checks as ``make``: if one subject refuses, none is moved. Nobody is told of
        each. The subjects must be locked by the caller and up to date.
        """
        move, moved = self.moves[verb], list(subjects)
        names: set[str] = {self.field}
        told: dict[Any, dict[str, Any]] = {}
        for subject in moved:
            before, given = self.state_of(subject), changes(subject)
            if not move.starts_from(before):
                raise WrongState(self._wrong_state(move, subject))
            if not move.allowed(actor, subject):
                raise NotAllowed(_("You may not do this: %(move)s.") % {"move": move.label})
            _demand(move, subject, given)
            after = move.target or before
            for name, value in {**given, self.field: after}.items():
                setattr(subject, name, value)
            names.update(given)
            told[subject.pk] = {**(facts or {}), "from": before, "to": after}
        self.model._base_manager.bulk_update(moved, sorted(names), batch_size=MOVES_AT_ONCE)
        return record_each(
            f"{self.name}.{verb}", moved, actor=actor, facts=lambda one: told[one.pk]
        )

    def _lock(self, subject: M) -> None:
        # Relations already loaded on the subject stay; its columns are read anew under the lock.
        self.model._base_manager.select_for_update().only("pk").get(pk=subject.pk)
        subject.refresh_from_db()

    def _wrong_state(self, move: Move, subject: M) -> str:
        shown = getattr(subject, f"get_{self.field}_display", lambda: self.state_of(subject))()
        return _("“%(move)s” is not possible in the state “%(state)s”.") % {
            "move": move.label,
            "state": shown,
        }


WORKFLOWS: dict[str, Workflow[Any]] = {}
"""Every workflow of the portal by name: for the tests' parameters and the docs' diagrams."""


def _demand(move: Move, subject: Any, given: Mapping[str, Any]) -> None:
    for name in move.needs:
        if given.get(name) in (None, ""):
            label = FIELD_NAMES.get(name) or _field_label(subject, name)
            raise Refused(_("Please give: %(field)s.") % {"field": label}, field=name)
    asked = [*move.gates(subject), *move.fits(subject, given)]
    unmet = [gate.text for gate in asked if not gate.ok]
    if unmet:
        raise Refused("; ".join(unmet))


def _field_label(subject: models.Model, name: str) -> str:
    return str(subject._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a plain field, never a reverse relation
