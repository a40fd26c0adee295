"""Doors for the schedule: each calls one action."""

from celery import shared_task

from council import actions


@shared_task
def remind_of_votes() -> int:
    """Sends the reminders of the day."""
    return actions.remind_of_votes()
