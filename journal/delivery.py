"""Empties the outbox: each delivery once, failures again with growing pauses."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from journal.channels import CHANNELS
from journal.models import Delivery

MAX_ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=2)


def deliver_due(limit: int = 100) -> int:
    """Delivers what is due, row by row; two workers at once share the rows between them.

    Returns how many were sent. A row that failed ``MAX_ATTEMPTS`` times is closed with its error.
    """
    sent = 0
    for _turn in range(limit):
        with transaction.atomic():
            delivery = (
                Delivery.objects.select_for_update(skip_locked=True, of=("self",))
                .filter(state=Delivery.State.QUEUED, next_attempt_at__lte=timezone.now())
                .select_related("announcement__recipient")
                .order_by("next_attempt_at")
                .first()
            )
            if delivery is None:
                break
            sent += _attempt(delivery)
    return sent


def _attempt(delivery: Delivery) -> bool:
    delivery.attempts += 1
    try:
        CHANNELS[delivery.channel](delivery.announcement)
    except OSError as error:  # smtplib's errors and refused connections are OSErrors
        delivery.error = str(error)
        delivery.next_attempt_at = timezone.now() + FIRST_PAUSE * 2**delivery.attempts
        if delivery.attempts >= MAX_ATTEMPTS:
            delivery.state = Delivery.State.FAILED
    else:
        delivery.state, delivery.sent_at = Delivery.State.SENT, timezone.now()
    delivery.save()
    return delivery.state == Delivery.State.SENT
