"""Files a tip: the words, the files, the sealed reporter, the receipt, the lead."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases import policies
from cases.actions.intake import raise_lead
from cases.actions.numbers import TIP, next_number
from cases.choices import POWER_KW, LeadSource, Power
from cases.models import Lead, Tip, TipFile, TipReporter
from cases.wording import frozen
from common import clock, geo
from common.errors import NotAllowed, Refused
from common.regions import REGIONS
from journal.actions import record
from pages.kept import keep
from pages.uploads import MAX_FILES, check_upload

if TYPE_CHECKING:
    from django.core.files.base import File

# Without letters and digits that are mistaken for each other on paper: 30 signs, 78 bits.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
RECEIPT_LENGTH = 16
TITLE_LENGTH = 90
KEEP_UNSENT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class TipWords:
    """What the filer wrote; ``region`` is two KATO digits, degrees WGS 84."""

    what: str
    place: str = ""
    region: str = ""
    lat: float | None = None
    lon: float | None = None
    who: str = ""
    party_bin: str = ""
    power: str = Power.UNKNOWN
    seen_on: date | None = None
    competitor: bool = False
    anonymous: bool = False
    language: str = "ru"


@dataclass(frozen=True, slots=True)
class FiledTip:
    """The tip and its receipt code, which is nowhere kept in clear."""

    tip: Tip
    receipt: str


@transaction.atomic
def file_tip(
    *, words: TipWords, reporter: User, files: Sequence[UUID] = (), receipt: str = ""
) -> FiledTip:
    """Files a tip and raises its lead. An anonymous tip keeps no trace of who filed it.

    ``files`` are tokens of ``keep_tip_file``; without ``receipt`` a new code is drawn. The event
    has no actor: the history of a tip is read by officials from whom the reporter is sealed.
    """
    if not policies.may_file_tip(reporter):
        raise NotAllowed(_("Tips are filed by members of the Association."))
    if not words.what.strip():
        raise Refused(_("Write what you have seen."), field="what")
    if not words.place.strip() and words.lat is None:
        raise Refused(_("Give an address or a point on the map."), field="place")
    receipt = receipt or "".join(secrets.choice(SIGNS) for _sign in range(RECEIPT_LENGTH))
    number = next_number(TIP)
    lead = _raise(number, words)
    tip = _tip(number, receipt, words, lead)
    if not words.anonymous:
        TipReporter.objects.create(tip=tip, user=reporter)
    kept = TipFile.objects.unsent().filter(token__in=list(files)[:MAX_FILES])
    kept.update(tip=tip)
    record("cases.tip.file", tip, actor=None, facts={"what": lead.number})
    return FiledTip(tip, receipt)


def _tip(number: str, receipt: str, words: TipWords, lead: Lead) -> Tip:
    return Tip.objects.create(
        number=number,
        receipt_hash=receipt_hash(receipt),
        what=words.what.strip(),
        who=words.who.strip(),
        party_bin=words.party_bin,
        power=words.power,
        seen_on=words.seen_on,
        language=words.language,
        anonymous=words.anonymous,
        competitor=words.competitor,
        place=lead.place,
        region=lead.region,
        kato=lead.kato,
        lat=lead.lat,
        lon=lead.lon,
        cell=lead.cell,
        filed_at=clock.now(),
        lead=lead,
    )


def _raise(number: str, words: TipWords) -> Lead:
    low, high = POWER_KW[words.power]
    said = " ".join(words.what.split()).rstrip(".")
    title = said if len(said) <= TITLE_LENGTH else said[: TITLE_LENGTH - 1].rstrip() + "…"
    return raise_lead(
        source=LeadSource.TIP,
        key=f"tip:{number}",
        title=frozen(title.replace("%", "%%") % ()),
        reasons=_reasons(number, words),
        kato=words.region or nearest_region(words.lat, words.lon),
        party_name=words.who.strip(),
        party_bin=words.party_bin,
        place=words.place.strip(),
        lat=words.lat,
        lon=words.lon,
        est_kw_low=low,
        est_kw_high=high,
        facts={"tip": number, "anonymous": words.anonymous, "competitor": words.competitor},
    )


def _reasons(number: str, words: TipWords) -> list[dict[str, Any]]:
    by = (
        gettext_lazy("An anonymous tip; never the sole ground of a decision")
        if words.anonymous
        else gettext_lazy("A tip of a member of the Association, whose name is sealed")
    )
    source = frozen(gettext_lazy("Tip %(number)s"), {"number": number})
    reasons: list[dict[str, Any]] = [{"text": frozen(by), "weight": None, "source": source}]
    if words.competitor:
        text = frozen(gettext_lazy("The filer names a competitor: check with care"))
        reasons.append({"text": text, "weight": None, "source": source})
    return reasons


def nearest_region(lat: float | None, lon: float | None) -> str:
    """The region whose centre is nearest to a point; "" without a point."""
    if lat is None or lon is None:
        return ""
    here = (lat, lon)
    return min(REGIONS, key=lambda code: geo.metres(here, (REGIONS[code].lat, REGIONS[code].lon)))


def receipt_hash(receipt: str) -> str:
    """The kept form of a receipt code, whatever spaces or case it was typed with.

    A plain hash is enough: 78 random bits cannot be tried out, and no key has to outlive it.
    """
    plain = "".join(sign for sign in receipt.upper() if sign.isalnum())
    return hashlib.sha256(f"receipt:{plain}".encode()).hexdigest()


def keep_tip_file(*, upload: "File[bytes]") -> TipFile:
    """Keeps one file of a form that is not sent yet. Raises ``Refused`` with the reason.

    ``place`` of the answer is where a photo says that it was taken; it is not stored.
    """
    checked = check_upload(upload)
    kept = TipFile()
    keep(kept, upload, checked)
    kept.save(force_insert=True)
    kept.place = checked.gps
    return kept


def drop_unsent_files() -> int:
    """Deletes files whose form was never sent; how many."""
    old = TipFile.objects.unsent().filter(added_at__lt=clock.now() - KEEP_UNSENT)
    for kept in old:
        kept.original.delete(save=False)
        kept.viewing.delete(save=False)
    return old.delete()[0]
