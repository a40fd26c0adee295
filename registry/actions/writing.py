"""Writes the steps of a registrations file in bulk: parties, entries, places, meters."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from common.clock import today
from common.names import search_form
from registry.actions.acts import Act, record_act
from registry.actions.bulk import copy_new
from registry.actions.planning import (
    OPERATOR_FIELDS,
    SITE_FIELDS,
    Known,
    known_for,
    move_between,
)
from registry.choices import ASKED_FOR, ENDED, Status
from registry.imports.drafts import Draft
from registry.imports.plans import Step
from registry.models import ImportBatch, Operator, Registration, Site, SiteMeter, StatusRecord

BATCH = 2000
DAY = timedelta(days=1)


def write_registrations(steps: Sequence[Step], batch: ImportBatch, actor: Any) -> None:
    """Carry out the new and changed steps; the caller holds the transaction."""
    steps = [step for step in steps if step.verdict != "same"]
    drafts = [step.draft for step in steps]
    known = known_for(drafts, today())
    _write_operators(steps, known)
    _write_registrations(drafts, known, batch, actor)
    fresh_sites = _write_sites(steps, known)
    _write_meters(drafts, known, batch, fresh_sites)


def _write_operators(steps: Sequence[Step], known: Known) -> None:
    fresh: dict[str, Operator] = {}
    renamed: dict[str, Operator] = {}
    for step in steps:
        draft = step.draft
        present = known.operators.get(draft.bin)
        if present is None:
            fresh[draft.bin] = _operator(draft)
        elif any(getattr(draft, c) != getattr(present, f) for c, f in OPERATOR_FIELDS.items()):
            present.name, present.legal_form = draft.operator_name, draft.legal_form
            # A bulk update reckons nothing, so the search form is set by hand.
            present.search = search_form(
                present.name, present.name_kk, present.name_ru, present.name_en
            )
            renamed[draft.bin] = present
    copy_new(Operator, fresh.values())
    Operator.objects.bulk_update(
        renamed.values(), ["name", "legal_form", "search"], batch_size=BATCH
    )
    known.operators.update(fresh)


def _operator(draft: Draft) -> Operator:
    return Operator(
        bin=draft.bin,
        kind=draft.bin_kind,
        name=draft.operator_name,
        legal_form=draft.legal_form,
        kato=draft.kato,
    )


def _write_registrations(
    drafts: Sequence[Draft], known: Known, batch: ImportBatch, actor: Any
) -> None:
    fresh: dict[str, Registration] = {}
    moved: dict[str, Draft] = {}
    for draft in drafts:
        present = known.registrations.get(draft.number)
        if present is None:
            fresh[draft.number] = _registration(draft, known, batch)
        else:
            moved[draft.number] = draft
    copy_new(Registration, fresh.values())
    records = [record for one in fresh.values() for record in _past(one, batch)]
    copy_new(StatusRecord, records)
    for number, draft in moved.items():
        _change_registration(known.registrations[number], draft, batch, actor)
    known.registrations.update(fresh)


def _registration(draft: Draft, known: Known, batch: ImportBatch) -> Registration:
    return Registration(
        number=draft.number,
        operator=known.operators[draft.bin],
        kind=draft.kind,
        status=draft.status,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
        act_reference=batch.act_reference,
        act_date=batch.act_date,
        status_from=_status_from(draft.status, draft.valid_from, draft.valid_to, batch),
        source=batch,
    )


def _status_from(status: str, first: date | None, last: date | None, batch: ImportBatch) -> date:
    """Since when an imported status counts: exact for a term that ran out, else the list's day."""
    listed = batch.act_date or today()
    if status == Status.EXPIRED and last and last < listed:
        return last + DAY
    if status == Status.ACTIVE and first:
        return first
    return max(listed, first) if first else listed


def _past(registration: Registration, batch: ImportBatch) -> Iterable[StatusRecord]:
    """The status from the file, and before a suspension or an end the time in force."""
    act = {"act_reference": batch.act_reference, "act_date": batch.act_date}
    begun, since = registration.valid_from, registration.status_from or today()
    if begun and begun < since and registration.status not in ASKED_FOR:
        yield StatusRecord(
            registration=registration, status=Status.ACTIVE, effective_from=begun, **act
        )
    yield StatusRecord(
        registration=registration, status=registration.status, effective_from=since, **act
    )


def _change_registration(
    present: Registration, draft: Draft, batch: ImportBatch, actor: Any
) -> None:
    if present.valid_to != draft.valid_to:
        # Meters declared to the end of the term go on, or stop, with the term.
        meters = SiteMeter.objects.filter(site__registration=present, valid_to=present.valid_to)
        meters.update(valid_to=draft.valid_to)
    status = present.status
    if any(
        getattr(present, name) != getattr(draft, name)
        for name in ("kind", "valid_from", "valid_to")
    ):
        present.kind = draft.kind
        present.valid_from, present.valid_to = draft.valid_from, draft.valid_to
        present.save(update_fields=["kind", "valid_from", "valid_to"])
    if status != draft.status:
        verb = move_between(status, draft.status)
        act = Act(batch.act_reference, batch.act_date, max(_listed(batch), _since(present)))
        record_act(registration=present, verb=verb or "", act=act, actor=actor)


def _listed(batch: ImportBatch) -> date:
    return batch.act_date or today()


def _since(registration: Registration) -> date:
    return registration.status_from or date.min


def _write_sites(steps: Sequence[Step], known: Known) -> set[int]:
    """Return the ids of the sites that are new."""
    fresh: list[Site] = []
    changed: list[Site] = []
    for step in steps:
        draft = step.draft
        site = known.site(draft)
        if site is None:
            site = Site(registration=known.registrations[draft.number], name=draft.site_name)
            known.sites[draft.number, draft.site_name] = site
            fresh.append(site)
        else:
            changed.append(site)
        for column, name in SITE_FIELDS.items():
            setattr(site, name, getattr(draft, column))
    copy_new(Site, fresh)
    for site in changed:
        site.save()
    return {site.pk for site in fresh}


def _write_meters(
    drafts: Sequence[Draft], known: Known, batch: ImportBatch, fresh_sites: set[int]
) -> None:
    fresh: list[SiteMeter] = []
    for draft in drafts:
        site = known.sites[draft.number, draft.site_name]
        declared = known.open_meters.get(site.pk, {})
        first, last = _declared_for(draft, batch, is_first=site.pk in fresh_sites)
        fresh.extend(
            SiteMeter(site=site, code=code, valid_from=first, valid_to=last)
            for code in draft.meter_codes
            if code not in declared
        )
        for code, meter in declared.items():
            if code not in draft.meter_codes:
                _withdraw(meter, _listed(batch))
    copy_new(SiteMeter, fresh)


def _declared_for(
    draft: Draft, batch: ImportBatch, *, is_first: bool
) -> tuple[date | None, date | None]:
    """A meter declared with its site counts from the term's beginning, a later one from the list.

    It ends with the term, or with the registration if that ended before.
    """
    begun = draft.valid_from or date.min
    first = draft.valid_from if is_first else max(_listed(batch), begun)
    last = draft.valid_to
    if draft.status in ENDED:
        over = _status_from(draft.status, draft.valid_from, draft.valid_to, batch)
        last = min(over, last or date.max)
    return first, max(first, last) if first and last else last


def _withdraw(meter: SiteMeter, listed: date) -> None:
    if meter.valid_from is not None and meter.valid_from >= listed:
        meter.delete()
        return
    meter.valid_to = listed - DAY
    meter.save(update_fields=["valid_to"])
