"""Cites rules of the law as the legal grounds of a case."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import policies
from cases.models import Case, Citation
from common import clock
from common.errors import NotAllowed, Refused
from journal.actions import record
from law.models import Act, Norm, Position
from law.selectors import may_found


@transaction.atomic
def cite(
    *, case: Case, ground: Act | Norm | Position, event_on: date, why: str, actor: User
) -> Citation:  # fmt: skip
    """Names a rule on which a decision may rest.

    Raises Refused with the reason when it cannot found one about an event of that day: a
    statement, a draft, a rule not in force then, a body without competence, a row that nobody
    vouched for.
    """
    if not policies.may_contribute(actor, case):
        raise NotAllowed(_("Only participants of a case under way name its legal grounds."))
    verdict = may_found(ground, event_on)
    if not verdict.may:
        raise Refused(verdict.why, field="ground")
    rule: dict[str, Any] = {"norm": ground} if isinstance(ground, Norm) else {"act": ground}
    try:
        with transaction.atomic():
            citation = Citation.objects.create(
                case=case, event_on=event_on, why=why.strip(), cited_by=actor, **rule
            )
    except IntegrityError as twice:
        raise Refused(_("This rule is cited for that day already."), field="ground") from twice
    facts = {"what": str(citation), "event_on": event_on.isoformat()}
    record("cases.case.cite", case, actor=actor, reason=why.strip(), facts=facts)
    return citation


@transaction.atomic
def withdraw_citation(*, citation: Citation, reason: str, actor: User) -> None:
    """The rule no longer founds the case; that it once did stays in the file."""
    if not policies.may_contribute(actor, citation.case):
        raise NotAllowed(_("Only participants of a case under way name its legal grounds."))
    if not reason.strip():
        raise Refused(_("Say why the rule no longer founds the case."), field="reason")
    citation.withdrawn_at = clock.now()
    citation.save(update_fields=["withdrawn_at"])
    facts = {"what": str(citation)}
    record("cases.case.uncite", citation.case, actor=actor, reason=reason.strip(), facts=facts)
