"""Enumerations of the grid."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class BatchState(TextChoices):
    RECEIVED = "received", _("received")
    STORING = "storing", _("being checked and stored")
    STORED = "stored", _("stored")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("failed")


NO_ROOM, STOPPED = "no_room", "stopped"  # why a batch failed, where the reason is a known one


class RunState(TextChoices):
    DUE = "due", _("due")
    RUNNING = "running", _("running")
    DONE = "done", _("done")


class Pattern(TextChoices):
    FLAT = "flat", _("flat, day and night")
    NIGHT_BLOCK = "night_block", _("by the clock")
    STEPPED = "stepped", _("added in steps")
    NONE = "none", _("nothing like mining")


class Unit(TextChoices):
    KWH = "kwh", _("kWh in the interval")
    KW = "kw", _("mean kW of the interval")
    MWH = "mwh", _("MWh in the interval")
    MW = "mw", _("mean MW of the interval")


class Convention(TextChoices):
    START = "start", _("the beginning of the interval")
    END = "end", _("the end of the interval")


class Shown(TextChoices):
    INTERVAL = "interval", _("energy or mean power of the interval")
    REGISTER = "register", _("what the register shows at the time")


class ChangeKind(TextChoices):
    RESET = "reset", _("the register went back")
    EXCHANGE = "exchange", _("another meter")


class Interval(IntegerChoices):
    QUARTER = 15, _("15 minutes")
    HALF = 30, _("30 minutes")
    HOUR = 60, _("60 minutes")


class LookAlike(TextChoices):
    """What is lawful and has a load like mining."""

    COLD_STORE = "cold_store", _("cold store")
    TELECOM = "telecom", _("telecom site")
    DATA_CENTRE = "data_centre", _("data centre")
    PUMPING = "pumping", _("pumping station")
    STREET_LIGHTING = "street_lighting", _("street lighting")
    GREENHOUSE = "greenhouse", _("greenhouse")
    HEATING = "heating", _("electric heating")
    EV_DEPOT = "ev_depot", _("depot of electric vehicles")
    PROCESS = "process", _("industrial process")
    OTHER = "other", _("another, in words")


class EventKind(TextChoices):
    CURTAILMENT = "curtailment", _("curtailment order")
    INTERNET = "internet", _("internet outage")
    SUPPLY = "supply", _("supply outage")


EVENT_FIELDS = (
    "code", "kind", "regions", "feeder", "begins_at", "ends_at", "source", "verified",
)  # fmt: skip
WHOLE_COUNTRY = "00"


class Channel(TextChoices):
    PAGE = "page", _("page")
    API = "api", _("API")
    COMMAND = "command", _("command")
    FOLDER = "folder", _("watched folder")
