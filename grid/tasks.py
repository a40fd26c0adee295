"""Celery doors of the grid."""

from pathlib import Path

from celery import shared_task
from django.conf import settings

from grid import actions
from grid.selectors.profiles import last_profiled_day


@shared_task
def store_batch(batch_id: int) -> None:
    actions.store_batch(batch_id)


@shared_task
def take_from_folder() -> None:
    if settings.READINGS_FOLDER:
        actions.take_from_folder(Path(settings.READINGS_FOLDER))


@shared_task
def profile_new_days() -> None:
    for batch_id in actions.recover_batches():
        actions.store_batch(batch_id)
    actions.profile_new_days()


@shared_task
def sweep_lake() -> None:
    actions.tidy_lake()
    actions.sweep_lake()
    actions.forget_looked_at()


@shared_task
def tell_of_ending_exemptions() -> None:
    actions.tell_of_ending_exemptions()


@shared_task
def hold_against_calendar() -> None:
    if day := last_profiled_day():
        actions.hold_against_calendar(until=day)


@shared_task
def balance_new_totals() -> None:
    actions.balance_feeders()


@shared_task
def balance_all_feeders() -> None:
    actions.balance_feeders(all_periods=True)
