"""The kinds of files that can be brought in: each one declared in a file of its own app.

An app declares its kinds in ``<app>/imports/`` and calls ``walk("<app>.imports")`` from its
``AppConfig.ready``. The mechanism knows no kind by name.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol

import pyarrow as pa
from django.db import models
from django.utils.functional import Promise

from intake.formats.columns import ERROR_COLUMN, Column
from intake.formats.judging import Computed, Judge, Together
from intake.policies import Policy, enter, leave

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Sql:
    """An expression over the staged row ``s``, the targets by their names, and the file.

    Known of the file: ``%(batch)s``, ``%(file)s`` (its name), ``%(day)s``, ``%(act_reference)s``,
    ``%(act_date)s``, ``%(listed)s``.
    """

    text: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Target:
    """A table that rows of a file are found in and written to.

    ``key`` tells one row of it from all others: a field, and the column (or the target, for a
    foreign key) that gives its value. ``fields`` are compared and brought up to date, ``fresh``
    are given to new rows only, ``along`` to new and to changed ones without being compared,
    ``compared`` are compared only: a step of the kind writes them.

    With ``missing`` the row must be there already and is not written: its code is the problem
    of a row that names none (``at`` is the column at which it is told; where that is empty and
    the target is ``optional``, nothing is looked up). ``looked_up`` is the same without a
    problem: what is not there stays empty. With ``fixed`` what is there never changes: a row that
    says otherwise is refused with that code.
    """

    model: type[models.Model]
    key: Mapping[str, "str | Target"]
    fields: Mapping[str, str] = field(default_factory=dict)
    fresh: Mapping[str, "str | Target | Sql"] = field(default_factory=dict)
    along: Mapping[str, "str | Target | Sql"] = field(default_factory=dict)
    compared: Mapping[str, str] = field(default_factory=dict)
    missing: str = ""
    at: str = ""
    optional: bool = False
    looked_up: bool = False
    fixed: str = ""
    name: str = ""

    @cached_property
    def alias(self) -> str:
        """Its name in SQL."""
        return self.name or str(self.model._meta.model_name)

    @property
    def parents(self) -> list["Target"]:
        """The targets that its key rests on."""
        return [value for value in self.key.values() if isinstance(value, Target)]

    @property
    def is_written(self) -> bool:
        """Whether applying a file may change it."""
        return not (self.missing or self.looked_up)


class Work(Protocol):
    """What rules and steps are handed: the staged rows and what is known about the file."""

    day: date
    batch_id: int | None
    actor: Any
    act_reference: str
    act_date: date | None
    listed: date

    def run(self, sql: str, **params: object) -> int:
        """Execute; the file's own parameters are added. Returns the number of rows."""

    def rows(self, sql: str, **params: object) -> list[tuple[Any, ...]]:
        """Execute and fetch."""

    def refuse(self, sql: str, **params: object) -> int:
        """Refuse rows: ``sql`` selects row, column, value, code and params (jsonb) of problems."""

    def joined(self, *targets: Target) -> str:
        """``staged s`` with the targets (and what they rest on) joined, absent ones as NULL."""


Rule = Callable[[Any], None]
Step = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """A further difference: SQL of the value before, of the value after, and when they differ."""

    column: str
    before: str
    after: str
    differs: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind:
    """A kind of file, from the names of its columns to the tables that it is written to.

    ``targets`` stand in the order of writing; the last is the one that a row is about: where it
    is absent the row is new. ``within`` are rules about rows of one file, ``against`` about rows
    and tables; both refuse through ``Work.refuse``. ``steps``, if given, replace the plain
    writing of the targets. ``undoes`` are the tracked models that applying may write, in the
    order of writing; ``before_undo`` removes what is not tracked.
    """

    slug: str
    title: Words
    lead: Words = ""
    columns: Sequence[Column]
    targets: Sequence[Target]
    allowed: Policy
    sees: Policy | None = None
    label: str = ""
    together: Sequence[Together] = ()
    computed: Sequence[Computed] = ()
    within: Sequence[Rule] = ()
    against: Sequence[Rule] = ()
    differences: Sequence[Difference] = ()
    joins: str = ""
    steps: Sequence[Step] = ()
    undoes: Sequence[type[models.Model]] = ()
    before_undo: Step | None = None
    needs_act: bool = False
    words: Mapping[str, Words] = field(default_factory=dict)
    told: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    sample: Sequence[Sequence[str]] = ()

    @property
    def own(self) -> Target:
        """The target that a row is about."""
        return self.targets[-1]

    @cached_property
    def read_columns(self) -> list[Column]:
        """The columns of the format, without the one that the portal adds to error files."""
        return [column for column in self.columns if not column.passed_over]

    @cached_property
    def all_columns(self) -> list[Column]:
        """Every column that a file may have."""
        return [*self.read_columns, ERROR_COLUMN]

    @cached_property
    def judge(self) -> Judge:
        """What judges the cells of this kind."""
        return Judge(self.read_columns, self.together, self.computed)

    @cached_property
    def types(self) -> dict[str, pa.DataType]:
        """The columns of a staged row and their types."""
        return self.judged_types | {one.name: one.type for one in self.computed}

    @cached_property
    def judged_types(self) -> dict[str, pa.DataType]:
        """The columns that the check judges and reckons, and their types."""
        read = {column.name: column.read.type for column in self.read_columns}
        return read | {one.name: one.type for one in self.computed if not one.to_write}

    @property
    def written(self) -> Sequence[type[models.Model]]:
        """The tracked models that applying a file may write."""
        return self.undoes or [t.model for t in self.targets if t.is_written]

    @property
    def label_column(self) -> str:
        """The column that names a row for people."""
        return self.label or self.read_columns[0].name


class Kinds:
    """A set of kinds by slug; tests make their own."""

    def __init__(self) -> None:
        self._kinds: dict[str, Kind] = {}

    def add(self, kind: Kind) -> Kind:
        """Enter a kind. Raises ValueError for a second one of the same slug."""
        if kind.slug in self._kinds:
            raise ValueError(f"two kinds of files are named {kind.slug}")
        self._kinds[kind.slug] = kind
        enter(kind.slug, bring=kind.allowed, see=kind.sees or kind.allowed)
        return kind

    def get(self, slug: str) -> Kind:
        """Raises KeyError for a slug that no app declares."""
        return self._kinds[slug]

    def __iter__(self) -> Iterator[Kind]:
        return iter(sorted(self._kinds.values(), key=lambda kind: kind.slug))

    def __contains__(self, slug: str) -> bool:
        return slug in self._kinds

    def choices(self) -> list[tuple[str, str]]:
        """Slugs and titles, as a filter offers them."""
        return [(kind.slug, str(kind.title)) for kind in self]

    @contextmanager
    def holding(self, *extra: Kind) -> Iterator["Kinds"]:
        """The kinds with further ones for the length of a test."""
        before = dict(self._kinds)
        for one in extra:
            self.add(one)
        try:
            yield self
        finally:
            self._kinds = before
            for one in extra:
                leave(one.slug)


KINDS = Kinds()


def declare(kind: Kind) -> Kind:
    """Enter a kind of file in the catalogue."""
    return KINDS.add(kind)


def walk(package: str) -> None:
    """Import every module of ``package`` so that its kinds enter the catalogue."""
    folder = importlib.import_module(package)
    for module in pkgutil.iter_modules(folder.__path__):
        importlib.import_module(f"{package}.{module.name}")
