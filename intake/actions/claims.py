"""The right of one worker to do one task, and the signs of life that it gives meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from uuid import UUID, uuid4

from django.db import connection, connections
from django.db.models import F
from django.db.models.functions import Coalesce

from common import clock
from common.errors import WrongState
from intake.choices import Stage
from intake.models import ImportRun

BEAT_SECONDS = 1.0
Progress = Callable[[str, int, int], None]
"""Told of the stage, the rows done and the rows in all."""


class Busy(WrongState):
    """Another worker has this task, or has done it."""


class Lost(Exception):
    """The task was taken from this worker while it was busy; it must write nothing more."""


def unheard(_stage: str, _done: int, _total: int) -> None:
    """Nobody in the foreground listens."""


@dataclass
class Claim:
    """A task in this worker's hands. ``tell`` only notes; a thread stores it once a second.

    The thread has a connection of its own: the task's transaction may be open for minutes, and
    a progress bar that waits for its end would show nothing.
    """

    run_id: int
    token: UUID
    listener: Progress = unheard
    _now: tuple[str, int, int] = (Stage.READING, 0, 0)
    _over: Event = field(default_factory=Event)

    def tell(self, stage: str, done: int, total: int) -> None:
        """Note how far the task is."""
        self._now = stage, done, max(done, total)
        self.listener(*self._now)

    def hold(self) -> None:
        """Inside the transaction: keep anybody from taking the task until it ends. Raises Lost."""
        mine = ImportRun.objects.filter(pk=self.run_id, claim=self.token, ended_at__isnull=True)
        if not mine.select_for_update().values_list("pk").first():
            raise Lost

    @contextmanager
    def beating(self) -> Iterator[None]:
        """While open, progress and a sign of life are stored every second."""
        thread = Thread(target=self._beat, name=f"import run {self.run_id}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()
            self.store()

    def _beat(self) -> None:
        try:
            while not self._over.wait(BEAT_SECONDS):
                self.store()
        finally:
            connections.close_all()

    def store(self) -> None:
        """Store how far the task is; a lost task is left alone."""
        stage, done, total = self._now
        ImportRun.objects.filter(pk=self.run_id, claim=self.token).update(
            stage=stage, done=done, total=total, heartbeat_at=clock.now()
        )


def claim_run(run_id: int, listener: Progress = unheard) -> Claim:
    """Make a waiting task one's own. Raises Busy."""
    token, moment = uuid4(), clock.now()
    claimed = ImportRun.objects.filter(pk=run_id, claim__isnull=True, ended_at__isnull=True).update(
        claim=token,
        heartbeat_at=moment,
        started_at=Coalesce(F("started_at"), moment),
        attempts=F("attempts") + 1,
        stage=Stage.READING,
        done=0,
        total=0,
    )
    if not claimed:
        raise Busy("another worker has this task, or has done it")
    return Claim(run_id, token, listener)


def in_a_transaction() -> bool:
    """Whether a caller's transaction is open: then another connection would see nothing."""
    return bool(connection.in_atomic_block)
