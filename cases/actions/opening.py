"""Opens a case from a lead, with its lead body and a frozen copy of what was known."""

from accounts.models import User
from cases.actions.access import body_of
from cases.actions.evidence import freeze_lead
from cases.actions.intake import search_text
from cases.actions.numbers import CASE, next_number
from cases.choices import ParticipationRole
from cases.models import Case, Lead, Participation
from cases.selectors import terms
from common import clock
from journal.actions import record

TITLE_LENGTH = 200
COPIED = (
    "place", "kato", "region", "lat", "lon", "cell", "meter", "party_name", "party_folded",
    "party_bin", "est_kw_low", "est_kw_high",
)  # fmt: skip


def open_case(*, lead: Lead, owner: User, actor: User, title: str = "") -> Case:
    """Opens a case on a lead: the owner's body leads it. The lead itself is moved by the caller."""
    words = (title.strip() or lead.words)[:TITLE_LENGTH]
    case = Case(
        number=next_number(CASE),
        title=words,
        owner=owner,
        lead_agency=body_of(owner),
        opened_at=clock.now(),
        due_on=terms.due_after(terms.CASE),
        **{field: getattr(lead, field) for field in COPIED},
    )
    case.search = search_text(
        case.number, words, lead.number, case.party_name, case.place, case.meter
    )
    case.save(force_insert=True)
    Participation.objects.create(
        case=case,
        agency=body_of(owner),
        role=ParticipationRole.LEAD,
        since=case.opened_at,
        granted_by=actor,
    )
    record("cases.case.open", case, actor=actor, facts={"what": lead.number})
    freeze_lead(case=case, lead=lead, actor=actor)
    return case
