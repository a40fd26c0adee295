"""Setting a check: its dated thresholds, and its pause."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from changes.guarded import Values
from common import clock
from common.errors import NotAllowed, Refused
from crosschecks import policies
from crosschecks.catalogue import CHECKS, Check
from crosschecks.models import CheckSetting, Threshold
from crosschecks.selectors.thresholds import SEED_SOURCE, SEEDED_FROM
from journal.actions import record


def seed_thresholds(*, check: Check) -> None:
    """Give every threshold of the check a first row, unverified; existing rows are left alone."""
    Threshold.objects.bulk_create(
        [
            Threshold(
                check_slug=check.slug,
                name=name,
                value=value,
                valid_from=SEEDED_FROM,
                source=SEED_SOURCE,
            )
            for name, value in check.thresholds.items()
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def set_threshold(
    *,
    slug: str,
    name: str,
    value: float,
    valid_from: date,
    source: str,
    actor: Any,
) -> Threshold:
    """A new value from a day on; the older rows stay for the days that they held.

    Raises Refused for a name that the check does not have, a second value for the same day, or
    a missing source.
    """
    if slug not in CHECKS or name not in CHECKS.get(slug).thresholds:
        raise Refused(_("The check has no such threshold."), field="name")
    if not source.strip():
        raise Refused(_("Name the source of the value."), field="source")
    if Threshold.objects.filter(check_slug=slug, name=name, valid_from=valid_from).exists():
        raise Refused(_("There is a value from this day on already."), field="valid_from")
    threshold = Threshold.objects.create(
        check_slug=slug,
        name=name,
        value=value,
        valid_from=valid_from,
        source=source.strip(),
        set_by=actor,
    )
    facts = {"check": slug, "name": name, "value": value, "valid_from": valid_from.isoformat()}
    record("crosschecks.threshold.set", threshold, actor=actor, reason=source, facts=facts)
    return threshold


@transaction.atomic
def write_threshold(row: Threshold, values: Values, actor: Any) -> Threshold:
    """Writes what two persons agreed: a new value from a day on, or that a lawyer vouched.

    A value that held is never overwritten: another one is another row.
    """
    if row.pk is None:
        row = set_threshold(
            slug=values["check_slug"], name=values["name"], value=values["value"],
            valid_from=values["valid_from"], source=values["source"], actor=actor,
        )  # fmt: skip
    if "verified" in values:
        row.verified = values["verified"]
        row.save(update_fields=["verified"])
        record("crosschecks.threshold.vouch", row, actor=actor, facts={"verified": row.verified})
    return row


@transaction.atomic
def pause_check(*, slug: str, reason: str, actor: Any) -> CheckSetting:
    """Keep a check from running by itself. Raises NotAllowed, Refused without a reason."""
    if not reason.strip():
        raise Refused(_("Say why the check is paused."), field="reason")
    setting = _switch(slug, actor, enabled=False, reason=reason.strip())
    record("crosschecks.check.pause", setting, actor=actor, reason=reason.strip())
    return setting


@transaction.atomic
def resume_check(*, slug: str, actor: Any) -> CheckSetting:
    """Let a check run by itself again. Raises NotAllowed."""
    setting = _switch(slug, actor, enabled=True, reason="")
    record("crosschecks.check.resume", setting, actor=actor)
    return setting


def _switch(slug: str, actor: Any, *, enabled: bool, reason: str) -> CheckSetting:
    if not policies.may_pause(actor):
        raise NotAllowed
    if slug not in CHECKS:
        raise Refused(_("There is no such check."))
    setting, _created = CheckSetting.objects.update_or_create(
        check_slug=slug,
        defaults={
            "enabled": enabled,
            "reason": reason,
            "changed_by": actor,
            "changed_at": clock.now(),
        },
    )
    return setting
