"""Enters a referral: what another body wrote to the group becomes a lead."""

from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases import policies
from cases.actions.intake import raise_lead
from cases.choices import LeadSource
from cases.models import Lead
from cases.wording import frozen
from common.errors import NotAllowed
from common.names import fold


@dataclass(frozen=True, slots=True)
class ReferralWords:
    """``sender`` wrote ``text``; ``letter`` is the letter's number and date, power in kW."""

    title: str
    sender: str
    text: str
    letter: str = ""
    region: str = ""
    place: str = ""
    party_name: str = ""
    party_bin: str = ""
    meter: str = ""
    est_kw: float | None = None


@transaction.atomic
def enter_referral(*, words: ReferralWords, actor: User) -> Lead:
    """Raises the lead of a referral; the same letter of the same sender raises one lead."""
    if not policies.may_raise_referral(actor):
        raise NotAllowed(_("Referrals are entered by officers of the three bodies."))
    sender = fold(words.sender)
    letter = fold(words.letter) or uuid4().hex
    source = frozen(gettext_lazy("Letter of %(sender)s %(letter)s"), {
        "sender": words.sender, "letter": words.letter,
    })  # fmt: skip
    said = {"kk": words.text, "ru": words.text, "en": words.text}
    return raise_lead(
        source=LeadSource.REFERRAL,
        key=f"referral:{sender}:{letter}"[:200],
        title={"kk": words.title, "ru": words.title, "en": words.title},
        reasons=[
            {"text": said, "weight": None, "source": source, "origin": f"referral:{words.sender}"}
        ],
        kato=words.region,
        place=words.place,
        party_name=words.party_name,
        party_bin=words.party_bin,
        meter=words.meter,
        est_kw_low=words.est_kw,
        est_kw_high=words.est_kw,
        facts={"sender": words.sender, "letter": words.letter},
        actor=actor,
    )
