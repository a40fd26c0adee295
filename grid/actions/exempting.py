"""Exemptions: proposed with their document, written when a second person approves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from changes.actions import propose_change
from changes.guarded import Values, save_row
from changes.models import Change
from common.clock import today
from common.errors import NotAllowed, Refused
from grid.audience import approver
from grid.models import Exemption, ExemptionDocument
from grid.policies import may_exempt
from journal.actions import record
from pages.kept import keep
from pages.uploads import PHOTOS, check_upload

if TYPE_CHECKING:
    from django.core.files.base import File
    from django.db import models

ACCEPTED = {"application/pdf", *PHOTOS.values()}
TOLD_BEFORE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Paper:
    """The document as its proposer names it."""

    title: str
    number: str
    dated: date


@transaction.atomic
def propose_exemption(
    *, values: Mapping[str, Any], paper: Paper, upload: "File[bytes]", actor: Any
) -> Change:
    """Keeps the document and proposes the exemption that it founds.

    ``values``: fields of Exemption without document and persons. Raises NotAllowed; Refused when
    the file is no PDF or photo, or the row's own rules refuse the values.
    """
    if not may_exempt(actor):
        raise NotAllowed(_("Exemptions are proposed by officers and heads of the three bodies."))
    document = _kept(paper, upload, actor)
    try:
        return propose_change(
            model=Exemption, row=None, reason=values["reason"], actor=actor,
            values={**values, "document": document, "proposed_by": actor},
        )  # fmt: skip
    except Refused:
        for file in (document.original, document.viewing):
            if file:
                file.delete(save=False)
        raise


def _kept(paper: Paper, upload: "File[bytes]", actor: Any) -> ExemptionDocument:
    if paper.dated > today():
        raise Refused(_("The document is dated in the future."), field="dated")
    checked = check_upload(upload)
    if checked.content_type not in ACCEPTED:
        raise Refused(_("Send the document as PDF or as a photo."), field="file")
    document = ExemptionDocument(
        title=paper.title.strip(), number=paper.number.strip(), dated=paper.dated, added_by=actor
    )
    keep(document, upload, checked)
    document.save(force_insert=True)
    return document


@transaction.atomic
def write_exemption(row: "models.Model", values: Values, actor: Any) -> Exemption:
    """Writes an approved exemption, or an approved earlier end of one; a term never grows.

    Raises Refused when the end would move out, or the approver is the one who proposed.
    """
    if not isinstance(row, Exemption):
        raise TypeError(row)
    fresh = row.pk is None
    if not fresh and values["valid_to"] > row.valid_to:
        raise Refused(_("A term is not made longer: propose a new exemption with its document."))
    if fresh:
        row.approved_by = actor
    written = save_row(row, values, actor)
    facts = {"subject": row.subject, "to": row.valid_to.isoformat(), "category": row.category}
    record(f"grid.exemption.{'grant' if fresh else 'shorten'}", written, actor=actor, facts=facts)
    return row


@transaction.atomic
def tell_of_ending_exemptions() -> int:
    """Tells who approved them of exemptions that end within 30 days, once; returns how many."""
    soon = Exemption.objects.on(today()).filter(valid_to__lte=today() + TOLD_BEFORE)
    rows = list(soon.filter(told_of_end__isnull=True).select_for_update(of=("self",)))
    for row in rows:
        Exemption.objects.filter(pk=row.pk).update(told_of_end=today())
        record("grid.exemption.ending", row, actor=None, tells=approver(row))
    return len(rows)


def take_document(*, document: ExemptionDocument, actor: Any) -> None:
    """Enters into the journal that somebody opened the document."""
    record("grid.exemption.document", document, actor=actor)
