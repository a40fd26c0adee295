"""Celery doors of the outlook."""

from celery import shared_task

from outlook import actions


@shared_task
def take_picture() -> None:
    actions.take_picture()
