"""The closed lists of leads, tips and cases."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LeadSource(TextChoices):
    TIP = "tip", _("tip")
    FINDING = "finding", _("cross-check")
    REFERRAL = "referral", _("referral")


class LeadState(TextChoices):
    NEW = "new", _("new lead")
    TAKEN = "taken", _("in triage")
    DEFERRED = "deferred", _("deferred")
    AWAITING_SECOND = "awaiting_second", _("awaits a second person")
    DISMISSED = "dismissed", _("dismissed")
    PROMOTED = "promoted", _("case opened")
    ATTACHED = "attached", _("attached")


OPEN_LEADS = (LeadState.NEW, LeadState.TAKEN, LeadState.AWAITING_SECOND)
UNDECIDED = (LeadState.NEW, LeadState.TAKEN, LeadState.DEFERRED, LeadState.AWAITING_SECOND)


class SourceKind(TextChoices):
    """The independent sources that speak about an operator."""

    REGISTRY = "registry", _("registry")
    OFFICIAL_LIST = "official_list", _("official list")
    READINGS = "readings", _("meter readings")
    FEEDER = "feeder", _("feeder balance")
    FEE_RETURN = "fee_return", _("fee return")
    EXCHANGE_SALE = "exchange_sale", _("sales on an exchange")
    INSPECTION = "inspection", _("inspection by a competent body")
    TIP = "tip", _("tip")
    REFERRAL = "referral", _("referral")


# Each of these is one source, however many entries or tips it holds.
ONE_SOURCE = (SourceKind.REGISTRY, SourceKind.TIP)


class FigureUnit(TextChoices):
    """The unit of a figure that a source states."""

    KW = "kw", _("kW")
    KWH = "kwh", _("kWh")
    KZT = "kzt", _("KZT")
    DEVICES = "devices", _("devices")
    PERCENT = "percent", "%"
    COINS = "coins", _("units of the digital asset")


class CaseState(TextChoices):
    OPEN = "open", _("opened")
    EVIDENCE = "evidence", _("collecting evidence")
    OPINIONS = "opinions", _("waiting for opinions")
    DECISION = "decision", _("up for decision")
    CLOSED = "closed", _("case closed")


UNDER_WAY = (CaseState.OPEN, CaseState.EVIDENCE, CaseState.OPINIONS, CaseState.DECISION)


class Outcome(TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    REFERRED = "referred", _("referred to a competent body")
    NOT_CONFIRMED = "not_confirmed", _("not confirmed")
    REGULARISED = "regularised", _("regularised")


# What finds against somebody needs every gate; the others end a case without a finding.
ADVERSE = (Outcome.CONFIRMED, Outcome.REFERRED)
HARMLESS = (Outcome.NOT_CONFIRMED, Outcome.REGULARISED)


class Confidentiality(TextChoices):
    ORDINARY = "ordinary", _("participants")
    RESTRICTED = "restricted", _("lead body and bodies asked")


class ParticipationRole(TextChoices):
    LEAD = "lead", _("leads the case")
    ASKED = "asked", _("asked for an opinion")
    INFORMED = "informed", _("informed")
    OFFERED = "offered", _("was offered the case")


class Audience(TextChoices):
    OWN = "own", _("own body only")
    PARTICIPANTS = "participants", _("all participants")


class Answer(TextChoices):
    FOR = "for", _("for")
    AGAINST = "against", _("against")
    ABSTAIN = "abstain", _("abstains")


class EvidenceKind(TextChoices):
    FILE = "file", _("file")
    FROZEN = "frozen", _("frozen copy")


class Power(TextChoices):
    """How much power the filer of a tip thinks it is, in MW."""

    TO_1 = "to_1", _("up to 1 MW")
    TO_5 = "1_5", _("1–5 MW")
    TO_20 = "5_20", _("5–20 MW")
    OVER_20 = "over_20", _("more than 20 MW")
    UNKNOWN = "unknown", _("I don't know")


# Bounds in kW; an open end stays open rather than being invented.
POWER_KW: dict[str, tuple[float | None, float | None]] = {
    Power.TO_1: (0, 1_000),
    Power.TO_5: (1_000, 5_000),
    Power.TO_20: (5_000, 20_000),
    Power.OVER_20: (20_000, None),
    Power.UNKNOWN: (None, None),
}
