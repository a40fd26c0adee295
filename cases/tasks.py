"""Doors for the schedule: each calls one action."""

from celery import shared_task

from cases import actions


@shared_task
def wake_deferred_leads() -> int:
    """Returns deferred leads whose day has come."""
    return actions.wake_due_leads()


@shared_task
def remind_of_terms() -> int:
    """Sends the reminders of the day."""
    return actions.remind_of_terms()


@shared_task
def end_expired_handovers() -> int:
    """Ends offers of cases that nobody accepted in time."""
    return actions.end_expired_offers()


@shared_task
def pass_on_work() -> int:
    """Gives the open work of people who have left to those who stay."""
    return actions.pass_on_work()


@shared_task
def sweep_unsent_files() -> int:
    """Deletes files of tip forms that were never sent."""
    return actions.drop_unsent_files()
