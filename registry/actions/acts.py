"""A competent body's act on a registration: the only thing that changes its status."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.clock import today
from common.errors import Refused
from law.choices import Matter
from law.models import Body
from law.selectors import competent_bodies, was_competent
from pages.wording import MISSING, short_date
from registry.choices import ENDED
from registry.models import Registration, SiteMeter, StatusRecord
from registry.workflow import REGISTRATIONS


@dataclass(frozen=True, slots=True)
class Act:
    """What a competent body decided: reference, date, since when it counts, and which body."""

    reference: str
    date: dt.date | None
    effective_from: dt.date | None
    body: Body | None = None


@transaction.atomic
def record_act(
    *, registration: Registration, verb: str, act: Act, actor: Any, reason: str = ""
) -> None:
    """Move a registration as a competent body's act did, and keep the status with its day.

    Raises Refused without reference, body, date or day, or when the body was not competent for
    digital mining on the act's date; WrongState, NotAllowed.
    """
    _check_body(act)
    _check_days(registration, act)
    REGISTRATIONS.make(
        verb,
        registration,
        actor=actor,
        reason=reason,
        changes=_changes(registration, act),
        facts={
            "act": act.reference,
            "act_body": act.body.code if act.body else "",
            "act_date": str(act.date),
            "effective_from": str(act.effective_from),
        },
    )
    _status_record(registration, act.effective_from or today()).save()
    if registration.status in ENDED:
        _end_meters(registration)


@transaction.atomic
def record_acts(
    *, registrations: Sequence[Registration], verb: str, act: Act, actor: Any, source_id: int | None
) -> None:
    """Move many registrations as one act did: the published list behind an imported file.

    A later day than the act's counts for a registration whose present status began after it.
    The rows must be locked. Raises Refused, WrongState, NotAllowed, and then none is moved.
    """
    _check_body(act)
    since = {one.pk: max(act.effective_from or today(), one.status_from or dt.date.min)
             for one in registrations}  # fmt: skip

    def changes(one: Registration) -> dict[str, Any]:
        own = Act(act.reference, act.date, since[one.pk], act.body)
        _check_days(one, own)
        return _changes(one, own)

    REGISTRATIONS.make_for_each(
        verb,
        registrations,
        actor=actor,
        changes=changes,
        facts={"act": act.reference, "act_date": str(act.date)},
    )
    StatusRecord.objects.bulk_create(
        [_status_record(one, since[one.pk], source_id) for one in registrations], batch_size=2000
    )
    for one in registrations:
        if one.status in ENDED:
            _end_meters(one)


def _changes(registration: Registration, act: Act) -> dict[str, Any]:
    return {
        "act_reference": act.reference.strip(),
        "act_body": act.body,
        "act_date": act.date,
        "status_from": act.effective_from,
        **_beginning(registration, act),
    }


def _status_record(
    registration: Registration, since: dt.date, source_id: int | None = None
) -> StatusRecord:
    return StatusRecord(
        registration=registration,
        status=registration.status,
        effective_from=since,
        act_reference=registration.act_reference,
        act_body=registration.act_body,
        act_date=registration.act_date,
        source_id=source_id,
    )


def _beginning(registration: Registration, act: Act) -> dict[str, dt.date | None]:
    """A granted registration begins on the day of the act unless its term says otherwise."""
    return {} if registration.valid_from else {"valid_from": act.effective_from}


def _check_body(act: Act) -> None:
    """The body had to be competent for digital mining when it acted (the law's dated rows)."""
    if act.body is None or act.date is None or was_competent(act.body.pk, Matter.MINING, act.date):
        return  # without body or date the move itself refuses
    able = ", ".join(str(body) for body in competent_bodies(Matter.MINING, act.date))
    told = _("%(body)s was not competent for registrations on %(day)s. Competent then: %(able)s.")
    words = {"body": act.body, "day": short_date(act.date), "able": able or MISSING}
    raise Refused(told % words, field="act_body")


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
