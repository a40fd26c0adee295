"""Enumerations of the law."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Matter(TextChoices):
    """What an act or a statement is about; competence is asked by matter."""

    MINING = "mining", _("digital mining: who may mine")
    POWER = "power", _("electricity for miners")
    FEE = "fee", _("fee and taxes")
    EXCHANGE = "exchange", _("exchange and sale of digital assets")
    ENFORCEMENT = "enforcement", _("enforcement")
    PROCEDURE = "procedure", _("administrative procedure")


class ActKind(TextChoices):
    """What kind of paper it is."""

    CODE = "code", pgettext_lazy("a kind of act", "code")
    LAW = "law", _("law")
    DECREE = "decree", _("decree")
    ORDER = "order", _("order")


class ActStatus(TextChoices):
    """Where an act stands."""

    DRAFT = "draft", _("draft")
    ADOPTED = "adopted", _("adopted")
    REPEALED = "repealed", _("repealed")


class Instrument(TextChoices):
    """In which form a body spoke; none of these is an act."""

    SPEECH = "speech", _("speech or interview")
    RELEASE = "release", _("press release")
    DRAFT = "draft", _("published draft")
    INSTRUCTION = "instruction", _("political instruction")
    MEMO = "memo", _("operational memo")


class Precision(TextChoices):
    """How exactly a source told the day."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class Need(TextChoices):
    """What an operator needed to mine under a regime."""

    NOTHING = "nothing", _("nothing of its own kind")
    NOTIFICATION = "notification", _("notification")
    LICENCE = "licence", _("licence, type 1 or 2")


class PowerSource(TextChoices):
    """The condition that a fee rate hangs on."""

    ANY = "any", _("any electricity")
    GRID = "grid", _("grid or import")
    OWN = "own", _("own generation, not renewable")
    RENEWABLE = "renewable", _("own renewable generation")
    NO_METER = "no_meter", _("no control meter, or a faulty one")
