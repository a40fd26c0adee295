"""Closed lists of the power balance, and the one unit of each figure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Unit(TextChoices):
    TWH = "TWh", _("TWh")
    GW = "GW", _("GW")
    MW = "MW", _("MW")
    PERCENT = "%", "%"


class Measure(TextChoices):
    """What a figure of a past year says."""

    GENERATION = "generation", _("generation")
    DEMAND = "demand", _("demand")
    NET_IMPORT = "net_import", _("net import")
    COAL = "coal", _("generation from coal")
    GAS = "gas", _("generation from gas")
    HYDRO = "hydro", _("generation from hydro")
    WIND = "wind", _("generation from wind")
    SOLAR = "solar", _("generation from sun")
    RENEWABLES = "renewables", _("generation from renewables")
    PEAK_LOAD = "peak_load", _("highest load")
    PEAK_OUTPUT = "peak_output", _("own generation at the highest load")
    INSTALLED = "installed", _("installed capacity")
    AVAILABLE = "available", _("available capacity")


class Subject(TextChoices):
    """What a forecast says of a year to come."""

    ADDITION = "addition", _("new capacity")
    MODERNISED = "modernised", _("modernised capacity")
    NEW_AND_MODERNISED = "new_and_modernised", _("new and modernised capacity")
    COMMISSIONED = "commissioned", _("capacity put into operation in the year")
    NEEDED = "needed", _("capacity to be added")
    CAPACITY_DEMAND = "capacity_demand", _("demand for capacity")
    PEAK_DEFICIT = "peak_deficit", _("deficit at the highest load")
    SHARE = "share", _("share of generation")
    GENERATION = "generation", _("generation")
    DEMAND = "demand", _("demand")


class EnergySource(TextChoices):
    ALL = "all", _("all sources")
    COAL = "coal", _("coal")
    GAS = "gas", _("gas")
    HYDRO = "hydro", _("hydro")
    NUCLEAR = "nuclear", _("nuclear")
    RENEWABLES = "renewables", _("renewables")


UNIT_OF = {
    **dict.fromkeys(Measure, Unit.TWH),
    Measure.PEAK_LOAD: Unit.MW,
    Measure.PEAK_OUTPUT: Unit.MW,
    Measure.INSTALLED: Unit.GW,
    Measure.AVAILABLE: Unit.GW,
}
"""The unit of each measure; a file that says another is refused, never converted."""

UNIT_OF_SUBJECT = {
    **dict.fromkeys(Subject, Unit.GW),
    Subject.SHARE: Unit.PERCENT,
    Subject.GENERATION: Unit.TWH,
    Subject.DEMAND: Unit.TWH,
}
"""The unit of each forecast."""
