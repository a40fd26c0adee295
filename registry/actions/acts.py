"""A competent body's act on a registration: the only thing that changes its status."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.clock import today
from common.errors import Refused
from registry.choices import ENDED
from registry.models import Registration, SiteMeter, StatusRecord
from registry.workflow import REGISTRATIONS


@dataclass(frozen=True, slots=True)
class Act:
    """What the competent body decided: its reference, its date, and since when it counts."""

    reference: str
    date: dt.date | None
    effective_from: dt.date | None


@transaction.atomic
def record_act(
    *, registration: Registration, verb: str, act: Act, actor: Any, reason: str = ""
) -> None:
    """Move a registration as a competent body's act did, and keep the status with its day.

    Raises Refused without reference, date or day, WrongState, NotAllowed.
    """
    _check_days(registration, act)
    REGISTRATIONS.make(
        verb,
        registration,
        actor=actor,
        reason=reason,
        changes={
            "act_reference": act.reference.strip(),
            "act_date": act.date,
            "status_from": act.effective_from,
            **_beginning(registration, act),
        },
        facts={
            "act": act.reference,
            "act_date": str(act.date),
            "effective_from": str(act.effective_from),
        },
    )
    StatusRecord.objects.create(
        registration=registration,
        status=registration.status,
        effective_from=act.effective_from or today(),
        act_reference=registration.act_reference,
        act_date=registration.act_date,
    )
    if registration.status in ENDED:
        _end_meters(registration)


def _beginning(registration: Registration, act: Act) -> dict[str, dt.date | None]:
    """A granted registration begins on the day of the act unless its term says otherwise."""
    return {} if registration.valid_from else {"valid_from": act.effective_from}


def _check_days(registration: Registration, act: Act) -> None:
    if act.date and act.effective_from and act.effective_from < act.date:
        raise Refused(_("An act takes effect on its own date or later."), field="effective_from")
    since = registration.status_from
    if since and act.effective_from and act.effective_from < since:
        raise Refused(
            _("The present status counts since %(day)s; a later one cannot begin earlier.")
            % {"day": since},
            field="effective_from",
        )


def _end_meters(registration: Registration) -> None:
    last = registration.status_from
    declared = SiteMeter.objects.filter(site__registration=registration)
    declared.overlapping(last, None).exclude(valid_from__gt=last).update(valid_to=last)
