"""The lock of a run: one worker at a time, and a worker given up for dead stays out."""

from dataclasses import dataclass, field
from time import monotonic
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from common import clock
from common.errors import WrongState
from crosschecks.choices import RunState
from crosschecks.models import CheckRun
from crosschecks.querysets import RunQuerySet

BEAT_SECONDS = 1.0


class Busy(WrongState):
    """Another worker has this run, or another day of the same check."""


class Lost(Exception):
    """The run was taken from this worker while it was busy; it must write nothing more."""


@dataclass
class Claim:
    """The right to write for one run; every write asks whether it still holds."""

    run_id: int
    token: UUID
    heard: tuple[int, int] = (0, 0)
    _last: float = field(default_factory=monotonic)

    def beat(self, done: int, total: int) -> None:
        """Store progress and a sign of life, at most once a second. Raises Lost."""
        self.heard = done, total
        if monotonic() - self._last >= BEAT_SECONDS:
            self.report(done, total)

    def report(self, done: int, total: int) -> None:
        self._last = monotonic()
        known = max(done, total) if total else 0
        kept = self._mine().update(done=done, total=known, heartbeat_at=clock.now())
        if not kept:
            raise Lost

    def hold(self) -> None:
        """Inside a transaction: keep anybody from taking the run until it ends. Raises Lost."""
        if not self._mine().select_for_update().values_list("pk").first():
            raise Lost

    def _mine(self) -> RunQuerySet:
        return CheckRun.objects.filter(pk=self.run_id, claim=self.token, state=RunState.RUNNING)


def claim_run(run_id: int) -> Claim:
    """Make a queued run one's own. Raises Busy."""
    token, moment = uuid4(), clock.now()
    try:
        with transaction.atomic():
            claimed = CheckRun.objects.filter(pk=run_id, state=RunState.QUEUED).update(
                state=RunState.RUNNING,
                claim=token,
                heartbeat_at=moment,
                started_at=Coalesce(F("started_at"), moment),
                attempts=F("attempts") + 1,
                done=0,
                total=0,
            )
    except IntegrityError as clash:
        raise Busy("another day of this check is being run") from clash
    if not claimed:
        raise Busy("another worker has this run")
    return Claim(run_id, token)
