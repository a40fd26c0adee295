"""Celery doors of the registry."""

from celery import shared_task

from registry import actions


@shared_task
def count_name_words() -> None:
    actions.count_name_words()


@shared_task
def search_pairs() -> None:
    actions.search_pairs()
