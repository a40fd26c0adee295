"""The checks there are: one file each, found by walking the folder once at start."""

import hashlib
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, TypeVar

from django.utils.functional import Promise

from crosschecks.choices import Severity

Words = str | Promise
Found = TypeVar("Found", bound=Callable[..., Iterator["Hit"]])
Subject = TypeVar("Subject")

EVERY = ("day", "week", "month")


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing that does not fit, with all that a lead about it must be able to say.

    ``subject`` is the stable key of what was compared (``"meter:KZ-0017"``): the same subject on
    another day is the same finding. ``facts`` are plain JSON and fill the check's ``reason``.
    ``notes`` name further sentences of the check; ``indicators`` are reasons in the form of
    ``grid.MeterProfile.reasons``. Powers are kW. ``feeds`` are the codes of the suppliers whose
    readings the hit rests on; a late one keeps it from opening anything.
    """

    subject: str
    severity: Severity
    facts: Mapping[str, Any]
    label: str = ""
    notes: Sequence[str] = ()
    indicators: Sequence[Mapping[str, Any]] = ()
    meters: Sequence[str] = ()
    feeds: Sequence[str] = ()
    registration: str = ""
    party_name: str = ""
    party_bin: str = ""
    place: str = ""
    kato: str = ""
    lat: float | None = None
    lon: float | None = None
    declared_kw: float | None = None
    est_kw_low: float | None = None
    est_kw_high: float | None = None
    confidence: float | None = None


class Finder(Protocol):
    def __call__(self, day: date, **thresholds: float) -> Iterator[Hit]: ...


@dataclass(frozen=True, kw_only=True)
class Check:
    """A check with the words that officials read; ``find`` yields hits and writes nothing."""

    slug: str
    every: str
    thresholds: Mapping[str, float]
    title: Words
    reason: Words
    looks_for: Words
    notes: Mapping[str, Words] = field(default_factory=dict)
    names: Mapping[str, Words] = field(default_factory=dict)
    sources: Sequence[str] = ("readings", "registry")
    find: Finder

    @cached_property
    def version(self) -> str:
        """Short hash of the check's source: a run says which code it came from."""
        path = Path(inspect.getfile(inspect.unwrap(self.find)))
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12]

    def key(self, subject: str) -> str:
        """The fingerprint of a finding: the same check and subject, the same finding."""
        return hashlib.sha256(f"{self.slug}\n{subject}".encode()).hexdigest()[:32]


class Catalogue:
    """A set of checks by slug; tests make their own."""

    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}

    def add(self, found: Check) -> None:
        if found.slug in self._checks:
            raise ValueError(f"two checks are named {found.slug}")
        if found.every not in EVERY:
            raise ValueError(f"{found.slug}: every must be one of {EVERY}")
        self._checks[found.slug] = found

    def get(self, slug: str) -> Check:
        """Raises KeyError for a slug that no file has."""
        return self._checks[slug]

    def __iter__(self) -> Iterator[Check]:
        return iter(sorted(self._checks.values(), key=lambda c: c.slug))

    def __contains__(self, slug: str) -> bool:
        return slug in self._checks

    @contextmanager
    def holding(self, *extra: Check) -> Iterator["Catalogue"]:
        """The catalogue with further checks for the length of a test."""
        before = dict(self._checks)
        for one in extra:
            self.add(one)
        try:
            yield self
        finally:
            self._checks = before


CHECKS = Catalogue()


def check(slug: str, **about: Any) -> Callable[[Found], Found]:
    """Enter a function in the catalogue: ``every``, ``thresholds``, ``title``, ``reason``.

    Optional: ``looks_for`` (a sentence for the catalogue page, the title if left out), ``notes``
    (further sentences by code), ``names`` (words for the thresholds), ``sources``.
    """

    def enter(find: Found) -> Found:
        about.setdefault("looks_for", about["title"])
        CHECKS.add(Check(slug=slug, find=find, **about))
        return find

    return enter


def walk() -> None:
    """Import every file of ``crosschecks/checks`` so that its check enters the catalogue."""
    package = importlib.import_module("crosschecks.checks")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")


# --- progress: a check says what it looks at, the runner listens -----------------------------

_left_out: ContextVar["Tally | None"] = ContextVar("crosscheck_left_out", default=None)


@dataclass(slots=True)
class Tally:
    """How many subjects a check left out that would have been hits."""

    count: int = 0


@contextmanager
def counting_left_out() -> Iterator[Tally]:
    """While open, ``leave_out`` counts into the tally."""
    tally = Tally()
    token = _left_out.set(tally)
    try:
        yield tally
    finally:
        _left_out.reset(token)


def leave_out() -> None:
    """A check says that a subject would be a hit, but for a document that exempts it."""
    if tally := _left_out.get():
        tally.count += 1


Listener = Callable[[int, int], None]
_listener: ContextVar[Listener | None] = ContextVar("crosscheck_listener", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """While open, ``watched`` reports ``(done, total)`` to the listener; total 0 = unknown."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def watched(subjects: Iterable[Subject], total: int = 0) -> Iterator[Subject]:
    """Pass the subjects on, counting each one as looked at."""
    listener = _listener.get()
    for done, subject in enumerate(subjects, start=1):
        yield subject
        if listener is not None:
            listener(done, total)
