"""Leads from referrals and from the checks, and what became of those without a case."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet

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
TAKEN = 3  # findings of the newest days that somebody works on
HANDLED = 6  # findings that are settled in one sitting
FATES = ("deferred", "taken", "dismissed")
LOOKALIKES = ("telecom", "cold_store")


def waiting_finding(check: str) -> Lead:
    """The largest finding of a check that nobody has taken."""
    new = _new_findings().filter(key__startswith=check)
    lead = new.order_by("-est_kw_high", "pk").first()
    if lead is None:
        raise LookupError(f"no finding of {check} waits: the check found too little")
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
    yield _referral(stage, 101, 95, fate="dismissed")
    yield _referral(stage, 102, 4, fate="taken")
    yield _referral(stage, 103, 1, fate="new")


def _referral(stage: Stage, serial: int, days: int, *, fate: str) -> Story:
    yield stage.moments.worked(days, 11, serial % 60)
    officer = stage.worker("energy", serial)
    lead = raise_referral(stage, serial, officer)
    if fate == "new":
        return
    yield stage.moments.worked(days - 1, 10, serial % 60)
    take_lead(lead=lead, actor=officer)
    if fate == "dismissed":
        yield stage.moments.worked(days - 3, 17, 10)
        reason = said("dismiss", "vague", stage.dice("referral"))
        dismiss_lead(lead=lead, reason=reason, actor=officer)


def triage(stage: Stage) -> Story:
    """What officers do after each run: look-alikes go, the rest is shared out little by little."""
    yield stage.moments.worked(12, 16, 20)
    _dismiss_lookalikes(stage)
    for back in (8, 6):
        yield stage.moments.worked(back, 16, 40)
        _share_out(stage, list(_new_findings()[:HANDLED]))
    yield stage.moments.worked(1, 15, 5)
    _dismiss_lookalikes(stage)
    for place, lead in enumerate(_new_findings().order_by("-pk")[:TAKEN]):
        take_lead(lead=lead, actor=stage.worker("energy", place))


def _share_out(stage: Stage, waiting: list[Lead]) -> None:
    dice = stage.dice("triage")
    for place, lead in enumerate(waiting):
        officer, fate = stage.worker("energy", 1 + place // 2), FATES[place % len(FATES)]
        if fate == "taken":
            take_lead(lead=lead, actor=officer)
        elif fate == "dismissed":
            dismiss_lead(lead=lead, reason=said("dismiss", "looked_into", dice), actor=officer)
        else:
            until = stage.moments.today + timedelta(days=4 + 3 * place)
            defer_lead(lead=lead, until=until, reason=said("defer", "texts", dice), actor=officer)


def _dismiss_lookalikes(stage: Stage) -> None:
    dice = stage.dice("lookalikes")
    for lead in _new_findings():
        meter = stage.world.meter.get(lead.meter)
        if meter is not None and not meter.load.pattern:
            kind = meter.load.legal if meter.load.legal in LOOKALIKES else "looked_into"
            reason = said("dismiss", kind, dice)
            dismiss_lead(lead=lead, reason=reason, actor=stage.worker("energy", lead.pk))


def _new_findings() -> QuerySet[Lead]:
    new: QuerySet[Lead] = Lead.objects.filter(source=LeadSource.FINDING, state=LeadState.NEW)
    return new.order_by("pk")
