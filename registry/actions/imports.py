"""Bringing a file in: check all of it, show what it would do, then apply it whole."""

from datetime import date
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils.translation import gettext as _

from common.clock import now, today
from common.errors import BadFile, NotAllowed, Refused
from journal.actions import record
from registry.actions.importers import IMPORTERS
from registry.choices import ImportKind, ImportState
from registry.imports.plans import Plan, as_json
from registry.models import ImportBatch
from registry.policies import may_import
from registry.workflow import IMPORTS

CHANGES_KEPT = 1000
PROBLEMS_KEPT = 20_000
ONE_IMPORT_AT_A_TIME = 0x4F47_0001  # any number that nobody else takes an advisory lock on


def plan_file(*, kind: str, name: str, content: bytes, act: str = "") -> Plan:
    """What the file would do, with every problem of every row; writes nothing.

    Raises BadFile when the file cannot be gone through row by row.
    """
    return IMPORTERS[kind].plan(name, content, today(), act)


@transaction.atomic
def check_file(
    *,
    name: str,
    content: bytes,
    actor: Any,
    kind: str = ImportKind.REGISTRATIONS,
    act_reference: str = "",
    act_date: date | None = None,
) -> ImportBatch:
    """Keep the file with what was found in it; an unreadable one is kept with its reason."""
    if not may_import(actor):
        raise NotAllowed(_("You may not bring files into the registry."))
    if bool(act_reference.strip()) != bool(act_date):
        raise Refused(_("Give the act and its date, or neither."), field="act_date")
    batch = ImportBatch(
        kind=kind,
        file_name=name[:255],
        sha256=sha256(content).hexdigest(),
        size=len(content),
        uploaded_by=actor,
        act_reference=act_reference.strip(),
        act_date=act_date,
    )
    try:
        _describe(batch, plan_file(kind=kind, name=name, content=content, act=act_reference))
    except BadFile as bad:
        batch.state = ImportState.UNREADABLE
        batch.problems = as_json(bad.problems)
    batch.file.save(f"{batch.sha256[:16]}.bin", ContentFile(content), save=False)
    batch.save()
    record("registry.import.check", batch, actor=actor, facts=_facts(batch))
    return batch


@transaction.atomic
def apply_batch(*, batch: ImportBatch, actor: Any, partial: bool = False) -> ImportBatch:
    """Write a checked file to the registry in one transaction.

    With ``partial`` the refused rows are left out; without it one refused row stops the file.
    Raises Refused, also when the registry changed since the check; WrongState the second time.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_IMPORT_AT_A_TIME])
    if partial != batch.partial:
        batch.partial = partial
        batch.save(update_fields=["partial"])
    IMPORTS.make(
        "apply",
        batch,
        actor=actor,
        changes={"applied_by": actor, "applied_at": now()},
        facts=_facts(batch),
    )
    importer = IMPORTERS[batch.kind]
    with batch.file.open("rb") as file:
        plan = importer.plan(batch.file_name, file.read(), today(), batch.act_reference)
    if plan.digest() != batch.plan_digest:
        raise Refused(_("The registry has changed since this file was checked. Check it again."))
    importer.write(plan, batch, actor)
    return batch


def discard_batch(*, batch: ImportBatch, actor: Any) -> None:
    """Put a checked file aside without applying it."""
    IMPORTS.make("discard", batch, actor=actor)


def _describe(batch: ImportBatch, plan: Plan) -> None:
    batch.state = ImportState.CHECKED
    batch.rows, batch.rejected = plan.rows, plan.rejected
    batch.new, batch.same, batch.changed = (
        plan.count("new"),
        plan.count("same"),
        plan.count("changed"),
    )
    batch.problems = as_json(plan.problems[:PROBLEMS_KEPT])
    batch.changes = plan.changes[:CHANGES_KEPT]
    batch.notices = [*plan.notices]
    batch.plan_digest = plan.digest()
    if ImportBatch.objects.filter(sha256=batch.sha256, state=ImportState.APPLIED).exists():
        batch.notices.append("applied_before")


def _facts(batch: ImportBatch) -> dict[str, object]:
    return {
        "file": batch.file_name,
        "sha256": batch.sha256,
        "new": batch.new,
        "same": batch.same,
        "changed": batch.changed,
        "rejected": batch.rejected,
        "act": batch.act_reference,
    }
