"""Putting a finding aside for a term, with a reason; and taking it up again."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common import clock
from common.errors import NotAllowed, Refused
from crosschecks import policies
from crosschecks.actions.decisions import reopen_after
from crosschecks.models import Finding, Suppression
from journal.actions import record

LONGEST = timedelta(days=366)


@transaction.atomic
def suppress_finding(*, finding: Finding, reason: str, until: date, actor: Any) -> Suppression:
    """Put a finding aside until a day at most a year away. Raises NotAllowed, Refused."""
    if not policies.may_suppress(actor):
        raise NotAllowed
    today = clock.today()
    if not reason.strip():
        raise Refused(_("Say why the finding is explained."), field="reason")
    if not today <= until <= today + LONGEST:
        raise Refused(_("Choose a day from today on, at most a year away."), field="until")
    locked = Finding.objects.select_for_update().get(pk=finding.pk)
    if Suppression.objects.filter(finding=locked, ended_at__isnull=True).exists():
        raise Refused(_("This finding is already put aside."))
    suppression = Suppression.objects.create(
        finding=locked,
        reason=reason.strip(),
        until=until,
        since=today,
        by=actor,
        decision_then=locked.decision,
    )
    facts = {"until": until.isoformat()}
    record("crosschecks.finding.suppress", locked, actor=actor, reason=reason, facts=facts)
    return suppression


@transaction.atomic
def unsuppress_finding(*, finding: Finding, actor: Any, reason: str = "") -> None:
    """End the term early. Raises NotAllowed, Refused."""
    if not policies.may_suppress(actor):
        raise NotAllowed
    open_ones = Suppression.objects.select_for_update().filter(
        finding=finding, ended_at__isnull=True
    )
    suppression = open_ones.select_related("finding").first()
    if suppression is None:
        raise Refused(_("This finding is not put aside."))
    suppression.ended_at = clock.now()
    suppression.save(update_fields=["ended_at"])
    reopen_after(suppression)
    record("crosschecks.finding.unsuppress", finding, actor=actor, reason=reason)
