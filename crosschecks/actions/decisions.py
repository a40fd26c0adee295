"""Brings people's decisions on leads to the findings, and ends put-aside terms."""

from django.db import transaction

from cases.selectors import lead_outcomes
from common import clock
from crosschecks.choices import Decision
from crosschecks.models import Finding, Suppression
from journal.actions import record


def take_over_decisions(*, check_slug: str) -> int:
    """Copy what people decided on the leads of a check's findings; returns how many changed."""
    findings = list(Finding.objects.filter(check_slug=check_slug).exclude(lead_key=""))
    outcomes = lead_outcomes([finding.lead_key for finding in findings])
    changed = []
    for finding in findings:
        outcome = outcomes.get(finding.lead_key)
        decided = outcome is not None and outcome.decided_by_person
        state = outcome.state if outcome is not None and decided else ""
        word = Decision(state) if state in Decision.values else ""
        reason = outcome.reason if outcome is not None and word else ""
        if (finding.decision, finding.decision_reason) != (word, reason):
            finding.decision, finding.decision_reason = word, reason
            changed.append(finding)
    Finding.objects.bulk_update(changed, ["decision", "decision_reason"], batch_size=500)
    return len(changed)


@transaction.atomic
def end_expired_suppressions(*, check_slug: str) -> int:
    """Close terms that are over, so that their findings count again; returns how many."""
    over = Suppression.objects.select_for_update().filter(
        finding__check_slug=check_slug, ended_at__isnull=True, until__lt=clock.today()
    )
    count = 0
    for suppression in over.select_related("finding"):
        suppression.ended_at = clock.now()
        suppression.save(update_fields=["ended_at"])
        reopen_after(suppression)
        record("crosschecks.suppression.expire", suppression.finding, actor=None)
        count += 1
    return count


def reopen_after(suppression: Suppression) -> None:
    """A term that a person set has ended: a lead dismissed *before* it may be asked anew.

    A lead dismissed while the term ran was decided later than the term, so that decision stands.
    """
    finding = suppression.finding
    if finding.decision == suppression.decision_then == Decision.DISMISSED:
        finding.episode += 1
        finding.lead_key = finding.decision = finding.decision_reason = ""
        finding.save(update_fields=["episode", "lead_key", "decision", "decision_reason"])
