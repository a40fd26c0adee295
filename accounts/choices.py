"""Enumerations of people and bodies."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

ASSOCIATION = "association"
"""The code of the Blockchain Association, whose members file tips."""


NATIONAL_BANK, AIFC = "national_bank", "aifc"
"""The partners who watch the exchange pilot; each has accounts of its own."""


class AgencyKind(TextChoices):
    MEMBER = "member", _("member of the group")
    PARTNER = "partner", _("partner body")
    SUPPLIER = "supplier", _("data supplier")


class Role(TextChoices):
    OFFICER = "officer", _("officer")
    HEAD = "head", _("head")
    ANALYST = "analyst", _("analyst")
    MEMBER = "member", _("association member")
    SUPPLIER = "supplier", _("data supplier")
    AUDITOR = "auditor", _("auditor")
    ADMIN = "admin", _("administrator")
    DELEGATE = "delegate", _("delegate who invites")
    LAWYER = "lawyer", _("lawyer")
    SUPERVISOR = "supervisor", _("exchange supervisor")


class GrantState(TextChoices):
    PROPOSED = "proposed", _("waits for a second person")
    ACTIVE = "active", _("in force")
    ENDING = "ending", _("end waits for a second person")
    REFUSED = "refused", _("refused")
    ENDED = "ended", _("ended")


class InvitationState(TextChoices):
    PROPOSED = "proposed", _("waits for a second person")
    SENT = "sent", _("sent")
    ACCEPTED = "accepted", _("accepted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Theme(TextChoices):
    AUTO = "auto", _("as the device")
    LIGHT = "light", _("light")
    DARK = "dark", _("dark")
