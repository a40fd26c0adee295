"""Enumerations of the registry."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Under which regime an operator was entered."""

    NOTIFICATION = "notification", _("notification")
    LICENCE_1 = "licence_1", _("licence, type 1")
    LICENCE_2 = "licence_2", _("licence, type 2")


class Status(TextChoices):
    """Where a registration stands; only a competent body's act moves it."""

    APPLIED = "applied", _("applied for")
    IN_REVIEW = "in_review", _("in review")
    ACTIVE = "active", _("in force")
    SUSPENDED = "suspended", _("suspended")
    EXPIRED = "expired", _("expired")
    REVOKED = "revoked", _("revoked")
    SURRENDERED = "surrendered", _("surrendered")


ASKED_FOR = (Status.APPLIED, Status.IN_REVIEW)
"""Asked for and not yet given: no entry of the public register."""

ENDED = (Status.EXPIRED, Status.REVOKED, Status.SURRENDERED)


class Standing(TextChoices):
    """How an entry stands on a day, in the three words of the public register."""

    IN_FORCE = "in_force", _("in force")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("ended")


class ContactKind(TextChoices):
    """How an operator is reached."""

    PHONE = "phone", _("telephone")
    EMAIL = "email", _("e-mail")
    SITE = "site", _("web page")
    OTHER = "other", _("other")


class Part(TextChoices):
    """What a person or company is to an operator."""

    MANAGER = "manager", _("manager")
    OWNER = "owner", _("owner")


class Cooling(TextChoices):
    """How a device is cooled."""

    AIR = "air", _("air")
    HYDRO = "hydro", _("water")
    IMMERSION = "immersion", _("immersion")


class SupplyKind(TextChoices):
    """The ways in which a miner may get power."""

    GRID = "grid", _("grid")
    AUCTION = "auction", _("auction of the single purchaser")
    IMPORT = "import", _("import")
    OWN = "own", _("own generation")
    RENEWABLE = "renewable", _("renewable")


class NumberKind(TextChoices):
    """What an operator's number is; an IIN names a person."""

    BIN = "bin", _("BIN (company)")
    IIN = "iin", _("IIN (sole entrepreneur)")


REGISTRATIONS_FILE = "registrations"
"""The kind of file that is the competent body's list."""

CORRECTED_FIELDS = {
    # A number is who it is, a status is what acts made it: neither is corrected here.
    "operator": ("name", "name_kk", "name_ru", "name_en", "legal_form", "address", "kato"),
    "registration": ("operator", "valid_from", "valid_to"),
    "site": (
        "registration", "name", "address", "kato", "lat", "lon", "connection_point", "feeder",
        "declared_kw",
    ),
    "sitemeter": ("code", "valid_from", "valid_to"),
    "equipment": (
        "model", "described", "rated_w", "count", "serials", "customs_declaration",
        "customs_date", "valid_from", "valid_to", "source",
    ),
    "equipmentmodel": (
        "year", "hashrate_ths", "power_w", "tolerance", "cooling", "source", "verified",
    ),
    "supplycontract": (
        "site", "kind", "supplier_name", "supplier_bin", "kw", "kwh", "kzt_per_kwh",
        "valid_from", "valid_to", "source",
    ),
    "feereturn": ("kwh", "rate_kzt", "due_kzt", "paid_kzt", "filed_on", "paid_on", "source"),
    "contact": ("kind", "value", "is_personal", "valid_from", "valid_to", "source"),
    "principal": ("part", "name", "number", "share", "valid_from", "valid_to", "source"),
}  # fmt: skip
"""The fields that change by two persons, by model."""


class PartySource(TextChoices):
    """Where a party of a pair is written."""

    REGISTRY = "registry", _("registry")
    OFFICIAL_LIST = "official_list", _("official list")


class SameOrNot(TextChoices):
    """What a person decides about two parties."""

    SAME = "same", _("the same party")
    DIFFERENT = "different", _("different parties")
    UNSURE = "unsure", _("not clear")


class ProtectionState(TextChoices):
    """How far a decision on the mark "no restriction applies" is."""

    DRAFTED = "drafted", _("hearing is prepared")
    HEARD = "heard", _("party was heard")
    PROPOSED = "proposed", _("waits for named persons")
    DECIDED = "decided", _("mark lifted")
    RESTORING = "restoring", _("return of the mark is proposed")
    REVERSED = "reversed", _("mark given back")
    REFUSED = "refused", _("mark stays")
    WITHDRAWN = "withdrawn", _("decision withdrawn")


IN_PREPARATION = (ProtectionState.DRAFTED, ProtectionState.HEARD, ProtectionState.PROPOSED)
ONCE_DECIDED = (ProtectionState.DECIDED, ProtectionState.RESTORING, ProtectionState.REVERSED)
"""The mark was lifted at some time: what was decided stands as it was."""


class Attendance(TextChoices):
    """Who of the party was at the hearing; with due notice, nobody is an answer too."""

    CAME = "came", _("the party came")
    REPRESENTED = "represented", _("a representative came")
    ABSENT = "absent", _("nobody came")


class Deed(TextChoices):
    """What named persons sign."""

    LIFTING = "lifting", _("lifting the mark")
    RESTORING = "restoring", _("giving the mark back")


KEEPERS = ("kib", "digital")
"""Bodies of the law that have kept registrations: which of them on a day, its competences say."""
