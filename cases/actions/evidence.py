"""Adds evidence: hashed as it comes in, the original sealed, photos copied for viewing."""

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from cases import policies
from cases.actions.contradicting import as_facts
from cases.choices import EvidenceKind
from cases.models import Case, Evidence, Lead
from common.errors import NotAllowed, Refused
from journal.actions import record
from pages.kept import keep
from pages.uploads import check_upload

if TYPE_CHECKING:
    from django.core.files.base import File

TITLE_LENGTH = 300


@transaction.atomic
def add_evidence(
    *,
    case: Case,
    upload: "File[bytes]",
    actor: User,
    title: str = "",
    source: str = "",
    indicator: bool = False,
) -> Evidence:
    """Keeps a file as evidence. Raises ``Refused`` when its content is not acceptable."""
    if not policies.may_contribute(actor, case):
        raise NotAllowed(_("Only participants of a case under way add evidence."))
    if indicator and not source.strip():
        raise Refused(_("Say whom it comes from: an indicator needs its source."), field="source")
    checked = check_upload(upload)
    evidence = Evidence(
        case=case,
        seq=_next_seq(case),
        kind=EvidenceKind.FILE,
        title=(title.strip() or checked.name)[:TITLE_LENGTH],
        source=source.strip(),
        indicator=indicator,
        added_by=actor,
        agency=actor.agency,
    )
    keep(evidence, upload, checked)
    evidence.save(force_insert=True)
    facts = {"what": f"№ {evidence.seq} {evidence.title}", "sha256": evidence.sha256}
    record("cases.case.add_evidence", case, actor=actor, facts=facts)
    return evidence


def freeze_lead(*, case: Case, lead: Lead, actor: User) -> Evidence:
    """Keeps what a lead said when it came into the case, so that the case stands alone."""
    return freeze(
        case=case,
        title=f"{lead.number}: {lead.words}",
        content={
            "number": lead.number,
            "source": lead.source,
            "key": lead.key,
            "title": lead.title,
            "reasons": lead.reasons,
            "facts": lead.facts,
            "meter": lead.meter,
            "est_kw": [lead.est_kw_low, lead.est_kw_high],
            "confidence": lead.confidence,
            "raised_at": lead.raised_at.isoformat(),
            **_contradiction(lead),
        },
        actor=actor,
    )


def _contradiction(lead: Lead) -> dict[str, Any]:
    if lead.stated is None:
        return {}
    return {"contradiction": {"words": lead.stated.words, "sources": as_facts(lead.stated)}}


def freeze(*, case: Case, title: str, content: dict[str, Any], actor: User | None) -> Evidence:
    """Keeps a copy of something that the portal knew, hashed as JSON with sorted keys."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    encoded = text.encode()
    evidence = Evidence.objects.create(
        case=case,
        seq=_next_seq(case),
        kind=EvidenceKind.FROZEN,
        title=title[:TITLE_LENGTH],
        frozen=content,
        content_type="application/json",
        size=len(encoded),
        sha256=hashlib.sha256(encoded).hexdigest(),
        added_by=actor,
        agency=actor.agency if actor else None,
    )
    facts = {"what": f"№ {evidence.seq} {evidence.title}", "sha256": evidence.sha256}
    record("cases.case.add_evidence", case, actor=actor, facts=facts)
    return evidence


def view_evidence(*, evidence: Evidence, actor: User, original: bool) -> None:
    """Enters into the custody log that somebody opened a piece of evidence."""
    record(
        "cases.case.view_evidence",
        evidence,
        actor=actor,
        facts={"what": evidence.title, "original": original},
    )


def _next_seq(case: Case) -> int:
    Case.objects.select_for_update().only("pk").get(pk=case.pk)
    last = case.evidence.aggregate(last=Max("seq"))["last"]
    return int(last or 0) + 1
