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
