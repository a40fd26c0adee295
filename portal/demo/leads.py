"""Leads from referrals and from the checks, and what became of those without a case."""

from collections.abc import Iterator
from datetime import timedelta

from accounts.models import User
from cases.actions import defer_lead, dismiss_lead, raise_lead, take_lead
from cases.choices import LeadSource, LeadState
from cases.models import Lead
from portal.demo.names import texts
from portal.demo.places import SITES, draw_place
from portal.demo.stage import Stage, said
from portal.demo.stories import Story

LANGUAGES = ("kk", "ru", "en")
SENDER = {
    "kk": "Демо-серіктес органның хаты", "ru": "Письмо органа-партнёра (демо)",
    "en": "Letter of a partner body (demo)",
}  # fmt: skip
KW = (450, 1200, 2600, 800, 3400, 1500)
TAKEN, DEFERRED = 5, 2  # findings of the newest run that somebody works on


def newest_finding(place: int) -> Lead:
    """A finding's lead that nobody has taken: the one that waits longest."""
    lead = (
        Lead.objects.filter(source=LeadSource.FINDING, state=LeadState.NEW).order_by("pk").first()
    )
    if lead is None:
        raise LookupError(f"no finding waits for case {place}: the checks found too little")
    return lead


def raise_referral(stage: Stage, serial: int, actor: User) -> Lead:
    """A lead from a partner body's letter, entered by an official."""
    dice = stage.dice(f"referral:{serial}")
    found = texts("cases")["referral"]["item"]
    item, kw = found[serial % len(found)], KW[serial % len(KW)]
    place = draw_place(dice.choice(tuple(SITES)), dice)
    text = {code: item[f"why_{code}"].format(n=kw) for code in LANGUAGES}
    return raise_lead(
        source=LeadSource.REFERRAL,
        key=f"referral:demo-{serial}",
        title={code: item[code] for code in LANGUAGES},
        reasons=[{"text": text, "weight": None, "source": SENDER}],
        kato=place.kato,
        place=place.address,
        lat=place.lat,
        lon=place.lon,
        est_kw_low=kw * 0.7,
        est_kw_high=kw * 1.3,
        actor=actor,
    )


def single_referrals(stage: Stage) -> Iterator[Story]:
    """A referral that was dismissed, one being looked at, one that is new."""
    for serial, days in ((101, 95), (102, 4), (103, 1)):
        yield _referral(stage, serial, days)


def _referral(stage: Stage, serial: int, days: int) -> Story:
    yield stage.moments.worked(days, 11, serial % 60)
    officer = stage.worker("energy", serial)
    lead = raise_referral(stage, serial, officer)
    if days == 1:
        return
    yield stage.moments.worked(days - 1, 10, serial % 60)
    take_lead(lead=lead, actor=officer)
    if serial == 101:
        yield stage.moments.worked(days - 3, 17, 10)
        reason = said("dismiss", "vague", stage.dice("referral"))
        dismiss_lead(lead=lead, reason=reason, actor=officer)


def triage(stage: Stage) -> Story:
    """A day after each run: look-alikes are dismissed, a few leads taken or put aside."""
    dice = stage.dice("triage")
    for back in (12, 2):
        yield stage.moments.worked(back, 16, 20)
        _dismiss_lookalikes(stage)
    yield stage.moments.worked(1, 15, 5)
    waiting = list(_waiting()[: TAKEN + DEFERRED])
    for place, lead in enumerate(waiting[:TAKEN]):
        take_lead(lead=lead, actor=stage.worker("energy", place))
    for place, lead in enumerate(waiting[TAKEN:]):
        until = stage.moments.today + timedelta(days=5 + 7 * place)
        words = said("defer", "texts", dice)
        defer_lead(lead=lead, until=until, reason=words, actor=stage.worker("energy"))


def _dismiss_lookalikes(stage: Stage) -> None:
    dice = stage.dice("lookalikes")
    for lead in _waiting():
        meter = stage.world.meter.get(lead.meter)
        if meter is not None and not meter.load.pattern:
            reason = said("dismiss", "lookalike", dice)
            dismiss_lead(lead=lead, reason=reason, actor=stage.worker("energy", lead.pk))


def _waiting() -> list[Lead]:
    new = Lead.objects.filter(source=LeadSource.FINDING, state=LeadState.NEW)
    return list(new.order_by("pk"))
