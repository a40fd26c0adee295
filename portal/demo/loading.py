"""Loads the demo: all of it in one transaction, or nothing."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from accounts.actions import note_visit
from accounts.models import Agency, User
from cases.models import Case, Lead, Tip
from common import clock
from council.models import Proposal
from crosschecks.models import CheckRun
from grid.models import Meter, ReadingBatch
from journal.actions import mark_read
from journal.models import Delivery, Event
from outlook.actions import take_picture
from portal.demo.building import METERS, build_world
from portal.demo.casework import case_stories
from portal.demo.council import proposals
from portal.demo.exchange import exchange
from portal.demo.leads import single_referrals, triage
from portal.demo.lines import lines
from portal.demo.marks import hearing
from portal.demo.moments import Moments
from portal.demo.people import ADMIN, CAST, DOMAIN, Cast, people
from portal.demo.readings import write_files
from portal.demo.records import records
from portal.demo.registry import acts, official_lists
from portal.demo.stage import Stage
from portal.demo.stories import Story, tell
from portal.demo.supply import check_runs, deliveries, register_suppliers, spoiled_delivery
from portal.demo.tips import single_tips
from registry.models import Operator, Site

Say = Callable[[str], None]
COUNTED: dict[str, Any] = {
    "people": User, "bodies": Agency, "operators": Operator, "sites": Site, "meters": Meter,
    "batches": ReadingBatch, "runs": CheckRun, "leads": Lead, "tips": Tip, "cases": Case,
    "proposals": Proposal, "events": Event,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """What there is, and whether this call brought it in."""

    fresh: bool
    counts: dict[str, int]
    seconds: float


def load(say: Say, meters: int = METERS) -> Loaded:
    """Brings the demo in unless it is there; the same day gives the same data."""
    begun = monotonic()
    fresh = not User.objects.filter(email=f"{ADMIN}@{DOMAIN}").exists()
    if fresh:
        with _nobody_written_to(), translation.override("ru"), transaction.atomic():
            _tell_all(say, meters)
    counts = {name: model.objects.count() for name, model in COUNTED.items()}
    return Loaded(fresh, counts, round(monotonic() - begun, 1))


def _tell_all(say: Say, meters: int) -> None:
    moments = Moments(clock.now())
    stage = Stage(build_world(moments.last_day, meters), moments, Cast())
    with tempfile.TemporaryDirectory(prefix="demo-") as folder:
        say("writing the readings of 60 days")
        files = list(
            write_files(stage.world, moments.last_day, moments.checked_days(), Path(folder))
        )
        say("telling a year of work, day by day")
        tell(
            [
                people(moments),
                register_suppliers(stage),
                official_lists(stage.world, moments, stage.cast),
                records(stage.world, moments, stage.cast),
                exchange(stage.world, moments, stage.cast),
                acts(stage.world, moments, stage.cast),
                hearing(stage),
                spoiled_delivery(stage),
                deliveries(stage, files),
                check_runs(stage),
                lines(stage),
                *case_stories(stage),
                *single_tips(stage),
                *single_referrals(stage),
                *proposals(stage),
                triage(stage),
                _visits(stage),
                _picture(moments),
            ]
        )
    # The inbox keeps the news; a year of e-mails to people who do not exist is not sent.
    Delivery.objects.all().delete()


def _visits(stage: Stage) -> Story:
    """Everybody was here two working days ago and has read what came before."""
    yield stage.moments.worked(2, 18, 30)
    for person in CAST:
        mark_read(reader=stage.cast[person.key])
        note_visit(user=stage.cast[person.key])


def _picture(moments: Moments) -> Story:
    """The dashboard has its picture at once; from then on the schedule renews it."""
    yield moments.now
    take_picture()


@contextmanager
def _nobody_written_to() -> Iterator[None]:
    kept, settings.EMAIL_BACKEND = (
        settings.EMAIL_BACKEND,
        "django.core.mail.backends.dummy.EmailBackend",
    )
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = kept
