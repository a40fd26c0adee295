"""Celery doors of the journal."""

from celery import shared_task

from journal.delivery import deliver_due


@shared_task
def deliver_news() -> int:
    return deliver_due()
