"""Applies a checked file: the judged rows are staged and compared once more, then written whole."""

from typing import Any

import pghistory
from django.db import IntegrityError, connection, transaction

from common import clock
from common.errors import BadFile
from intake.actions.asking import open_task
from intake.actions.checking import facts_of, read_judged
from intake.actions.claims import Claim
from intake.actions.files import working_folder
from intake.actions.planning import plan
from intake.actions.staging import NOT_THE_TABLES_FAULT, Staging
from intake.actions.stops import Stopped
from intake.actions.writing import write
from intake.catalogue import KINDS
from intake.choices import Stage, Task
from intake.models import ImportBatch, ImportRun
from intake.workflow import IMPORTS

ONE_IMPORT_AT_A_TIME = 0x4F47_0001  # any number that nobody else takes an advisory lock on


@transaction.atomic
def ask_to_apply(*, batch: ImportBatch, actor: Any, partial: bool = False) -> ImportRun:
    """Decide that a checked file is applied; returns the task, for a worker or the caller to do.

    With ``partial`` the refused rows are left out; without it one refused row stops the file.
    Raises Refused, NotAllowed, WrongState.
    """
    if partial != batch.partial:
        batch.partial = partial
        batch.save(update_fields=["partial"])
    IMPORTS.make("apply", batch, actor=actor, facts=_facts(batch))
    return open_task(batch=batch, task=Task.APPLY, actor=actor)


def apply(batch: ImportBatch, claim: Claim, actor: Any) -> None:
    """Write the file in one transaction. Raises Stopped when the tables have moved since."""
    try:
        with transaction.atomic(), pghistory.context(imported=batch.pk) as context:
            _write(batch, claim, actor)
            claim.hold()
            changes = {
                "applied_at": clock.now(), "applied_by": actor, "context": context.id,
            }  # fmt: skip
            IMPORTS.make("finish", batch, actor=actor, changes=changes, facts=_facts(batch))
    except IntegrityError as error:
        if isinstance(error.__cause__, NOT_THE_TABLES_FAULT):
            raise Stopped("moved") from error
        raise


def _write(batch: ImportBatch, claim: Claim, actor: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_IMPORT_AT_A_TIME])
    staging = Staging(KINDS.get(batch.kind), batch, actor)
    with working_folder() as folder:
        try:
            for rows in read_judged(batch, folder):
                staging.take(staging.kind.judge.complete(rows))
        except BadFile as bad:
            raise Stopped("moved") from bad
    claim.tell(Stage.COMPARING, 0, batch.rows)
    staging.lock()
    _refuse_again(staging, batch)
    found = plan(staging)
    if found.digest != batch.plan_digest:
        raise Stopped("moved")
    write(staging, lambda share: claim.tell(Stage.WRITING, int(share * batch.rows), batch.rows))
    staging.drop()


def _refuse_again(staging: Staging, batch: ImportBatch) -> None:
    """The cells that were refused at the check; their rows were not kept, so cannot come up."""
    staging.run(
        'INSERT INTO refused SELECT c."row", c."column", c.value, c.code, c.params'
        " FROM intake_refusedcell c WHERE c.batch_id = %(batch)s"
        ' AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.row = c."row")'
    )


def discard_batch(*, batch: ImportBatch, actor: Any) -> None:
    """Put a checked file aside without applying it."""
    IMPORTS.make("discard", batch, actor=actor)


def _facts(batch: ImportBatch) -> dict[str, object]:
    counts = {name: getattr(batch, name) for name in ("new", "same", "changed", "rejected")}
    return {
        **facts_of(counts), "file": batch.file_name, "sha256": batch.sha256,
        "act": batch.act_reference,
    }  # fmt: skip
