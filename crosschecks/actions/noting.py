"""Keeps the book of findings: new, same, gone, back; each in a small transaction of its own."""

from collections.abc import Iterator
from itertools import islice

from django.db import transaction

from common import clock
from crosschecks.actions.claims import Claim
from crosschecks.actions.leads import raise_lead_for
from crosschecks.catalogue import Check, Hit
from crosschecks.choices import FindingState, Seen
from crosschecks.models import CheckRun, Finding, Sighting, Suppression

CHUNK = 200
# What a hit tells about its subject on the day; the newest day's word is kept.
TOLD = (
    "label", "severity", "registration", "party_name", "party_bin", "place", "kato", "lat",
    "lon", "declared_kw", "est_kw_low", "est_kw_high", "confidence",
)  # fmt: skip
LISTED = ("notes", "indicators", "meters", "feeds")


@transaction.atomic
def note_hit(claim: Claim, check: Check, run: CheckRun, hit: Hit) -> None:
    """One hit with its finding, sighting and lead: all of it or nothing. Raises Lost."""
    claim.hold()
    finding, created = Finding.objects.select_for_update(of=("self",)).get_or_create(
        check_slug=check.slug,
        fingerprint=check.key(hit.subject),
        defaults={
            **_told(hit),
            "subject": hit.subject,
            "first_run": run,
            "last_run": run,
            "first_seen": run.day,
            "last_seen": run.day,
        },
    )
    if not created and Sighting.objects.filter(run=run, finding=finding).exists():
        return  # seen before this run was interrupted
    seen = Seen.NEW if created else _recognise(finding, run, hit)
    raised = _wants_lead(finding)
    if raised:
        raise_lead_for(finding, check, run)
    finding.save()
    Sighting.objects.create(
        finding=finding, run=run, seen=seen, raised_lead=raised, facts=dict(hit.facts)
    )


def _recognise(finding: Finding, run: CheckRun, hit: Hit) -> Seen:
    """Bring a known finding up to the day; an older day only widens what is known."""
    finding.first_seen = min(finding.first_seen, run.day)
    if run.day < finding.last_seen:
        return Seen.SAME
    returned = finding.state == FindingState.GONE
    for name, value in _told(hit).items():
        setattr(finding, name, value)
    finding.last_seen, finding.last_run = run.day, run
    if returned:
        finding.state = FindingState.BACK
    return Seen.BACK if returned else Seen.SAME


def _wants_lead(finding: Finding) -> bool:
    """Never twice in an episode, never over a person's word."""
    if finding.lead_key or finding.decision:
        return False
    return not Suppression.objects.filter(finding=finding).in_force(clock.today()).exists()


def _told(hit: Hit) -> dict[str, object]:
    told: dict[str, object] = {name: getattr(hit, name) for name in TOLD}
    told |= {name: list(getattr(hit, name)) for name in LISTED}
    return told | {"facts": dict(hit.facts)}


def note_gone(claim: Claim, run: CheckRun) -> None:
    """What this run should have seen and did not is gone. Raises Lost.

    Nothing is gone because of an older day, nor because its supplier sent too little.
    """
    if CheckRun.objects.counted().filter(check_slug=run.check_slug, day__gt=run.day).exists():
        return
    unseen = _unseen(run)
    while chunk := list(islice(unseen, CHUNK)):
        _close_chunk(claim, run, chunk)


def _unseen(run: CheckRun) -> Iterator[Finding]:
    live = Finding.objects.live().filter(check_slug=run.check_slug, last_seen__lte=run.day)
    for finding in live.exclude(sightings__run=run).only("pk", "feeds"):
        if not set(finding.feeds) & set(run.late_feeds):
            yield finding


@transaction.atomic
def _close_chunk(claim: Claim, run: CheckRun, chunk: list[Finding]) -> None:
    claim.hold()
    Finding.objects.filter(pk__in=[finding.pk for finding in chunk]).update(state=FindingState.GONE)
    Sighting.objects.bulk_create(
        Sighting(finding=finding, run=run, seen=Seen.GONE) for finding in chunk
    )
