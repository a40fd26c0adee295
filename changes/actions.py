"""The writes: propose a change, approve it, refuse it, withdraw it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from changes import guarded
from changes.models import Change
from changes.selectors import as_python, as_stored, model_of, pair_refused, plain, row_of
from changes.workflow import CHANGES
from common import clock
from common.errors import NotAllowed, Refused
from journal.actions import record


@transaction.atomic
def propose_change(
    *, model: type[models.Model], row: models.Model | None, values: Mapping[str, Any],
    reason: str, actor: Any,
) -> Change:  # fmt: skip
    """Proposes new values for fields of a row, or a row to be made (``row`` None).

    Values that the row already holds are left out. Raises NotAllowed; Refused when the model or
    a field is not under two persons, nothing would change, no reason is given, or a proposal for
    the row waits already.
    """
    rules = guarded.of(model._meta.label_lower)
    if not rules.may_propose(actor, row):
        raise NotAllowed(_("You may not propose this change."))
    if not reason.strip():
        raise Refused(_("Please give: %(field)s.") % {"field": _("Reason")}, field="reason")
    changed = _changed(rules, row, values)
    if row is not None and _waiting(rules, row).exists():
        raise Refused(_("A change of this row waits for a second person already."))
    change = Change.objects.create(
        model=rules.label,
        row=str(row.pk) if row else "",
        label=str(row or _new_row(model, values))[:300],
        base={name: as_stored(row, name) for name in changed} if row else {},
        values=changed,
        reason=reason.strip(),
        proposed_by=actor,
    )
    facts = {"fields": sorted(changed), "row": change.row}
    record("changes.change.propose", change, actor=actor, reason=change.reason, facts=facts)
    return change


def _waiting(rules: guarded.Guarded, row: models.Model) -> Any:
    return Change.objects.filter(model=rules.label, row=str(row.pk), state="proposed")


def _changed(
    rules: guarded.Guarded, row: models.Model | None, values: Mapping[str, Any]
) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for name, value in values.items():
        if row is not None and name not in rules.fields:
            raise Refused(_("This field does not change by two persons."), field=name)
        wanted = plain(value.pk if isinstance(value, models.Model) else value)
        if row is None or as_stored(row, name) != wanted:
            changed[name] = wanted
    if not changed:
        raise Refused(_("Nothing would change."))
    return changed


def _new_row(model: type[models.Model], values: Mapping[str, Any]) -> models.Model:
    """The row as it would be; checked now, so that the second person sees no impossible one."""
    row = model()
    for name, value in values.items():
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            raise Refused(_("There is no such field."), field=name) from None
        setattr(row, name, value)
    try:
        row.full_clean(validate_constraints=True)
    except ValidationError as wrong:
        raise Refused("; ".join(wrong.messages)) from wrong
    return row


@transaction.atomic
def approve_change(*, change: Change, actor: Any) -> models.Model:
    """Makes the change, in one transaction with its approval.

    Raises NotAllowed for the proposer, Refused when the base moved meanwhile, when this pair of
    persons is not enough, or when the row's own rules refuse the values.
    """
    if why := pair_refused(change, actor):
        raise Refused(why)
    moment = {"decided_by": actor, "decided_at": clock.now()}
    row = _locked(change)
    CHANGES.make("approve", change, actor=actor, changes=moment, facts=dict(change.values))
    model = model_of(change)
    values = {
        model._meta.get_field(name).attname: as_python(model._meta.get_field(name), value)  # type: ignore[union-attr]  # a plain field
        for name, value in change.values.items()
    }
    try:
        with transaction.atomic():
            made = guarded.of(change.model).make(row or model(), values, actor)
    except ValidationError as wrong:
        raise Refused("; ".join(wrong.messages)) from wrong
    except IntegrityError as wrong:
        raise Refused(_("The row's own rules refuse these values.")) from wrong
    if not change.row:
        Change.objects.filter(pk=change.pk).update(row=str(made.pk))
        change.row = str(made.pk)
    return made


def _locked(change: Change) -> models.Model | None:
    """The row, locked, so that its base cannot move between the check and the write."""
    if change.row:
        model_of(change)._base_manager.select_for_update().filter(pk=change.row).first()
    return row_of(change)


def refuse_change(*, change: Change, actor: Any, reason: str) -> None:
    """Leaves everything as it is; the reason goes to the proposer."""
    moment = {"decided_by": actor, "decided_at": clock.now()}
    CHANGES.make("refuse", change, actor=actor, reason=reason, changes=moment)


def withdraw_change(*, change: Change, actor: Any) -> None:
    """Takes an own proposal back."""
    CHANGES.make("withdraw", change, actor=actor, changes={"decided_at": clock.now()})
