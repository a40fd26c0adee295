"""Asking for runs: by a person, or because complete days are waiting."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from common import clock
from common.errors import NotAllowed, Refused
from crosschecks import policies
from crosschecks.catalogue import CHECKS
from crosschecks.choices import RunState
from crosschecks.models import CheckRun
from crosschecks.selectors.due import due_days, paused_checks
from journal.actions import record


def queue_run(*, slug: str, day: date, actor: Any = None) -> CheckRun:
    """The active run of a check and day, made if there is none.

    ``actor`` is the person who asks; None for the schedule and the command line. Raises
    NotAllowed; Refused for an unknown check or a day that is not over.
    """
    if actor is not None and not policies.may_run(actor):
        raise NotAllowed
    if slug not in CHECKS:
        raise Refused(_("There is no such check."), field="check")
    if day >= clock.today():
        raise Refused(_("The day is not over yet."), field="day")
    while True:
        active: CheckRun | None = CheckRun.objects.active().filter(check_slug=slug, day=day).first()
        if active is not None:
            return active
        try:
            return _make(slug, day, actor)
        except IntegrityError:
            continue  # somebody asked at the same moment: theirs is found on the next turn


@transaction.atomic
def _make(slug: str, day: date, actor: Any) -> CheckRun:
    run = CheckRun.objects.create(check_slug=slug, day=day, asked_by=actor)
    if actor is not None:
        record("crosschecks.run.ask", run, actor=actor)
    return run


def queue_due_runs() -> list[CheckRun]:
    """A run for every complete day that was not checked; paused checks are left out.

    Of each check only the oldest queued run is returned: its days go one after the other.
    """
    paused = paused_checks()
    for check in CHECKS:
        if check.slug not in paused:
            for day in due_days(check):
                queue_run(slug=check.slug, day=day)
    queued = CheckRun.objects.filter(state=RunState.QUEUED).order_by("check_slug", "day", "pk")
    return list(queued.distinct("check_slug"))


def next_run(*, check_slug: str) -> CheckRun | None:
    """The run of a check that comes next: its oldest queued day."""
    queued = CheckRun.objects.filter(check_slug=check_slug, state=RunState.QUEUED)
    return queued.order_by("day", "pk").first()
