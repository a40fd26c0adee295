"""The form of a tip: phone first, nothing that a witness need not know."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cases.actions import TipWords
from cases.choices import Power
from cases.forms.fields import day_field, words_field
from common import clock
from common.identifiers import BadIdentifier, check_bin
from common.regions import REGIONS
from registry.selectors.public import PublicEntry

BAD_BIN = {
    "length": gettext_lazy(
        "A BIN or IIN has 12 digits. A zero at the beginning may have been lost."
    ),
    "not_digits": gettext_lazy("A BIN or IIN has only digits."),
    "check_digit": gettext_lazy("One of the digits is wrong. Look again, or leave it empty."),
    "never_issued": gettext_lazy("Such a number is never issued. Look again, or leave it empty."),
}
# About where the country lies; a point elsewhere is a slip of the hand.
LATITUDES, LONGITUDES = (40.0, 56.0), (46.0, 88.0)


def regions() -> list[tuple[str, str]]:
    """The regions by name in the reader's language."""
    language = (get_language() or "ru")[:2]
    named = sorted((region.name(language), code) for code, region in REGIONS.items())
    return [("", _("Choose, if you know it")), *((code, name) for name, code in named)]


def checked_bin(text: str) -> str:
    """The number, or ""; a wrong one is refused with what may be meant, never repaired silently."""
    if not text.strip():
        return ""
    try:
        return check_bin(text).value
    except BadIdentifier as problem:
        message = BAD_BIN.get(problem.code, BAD_BIN["length"])
        raise ValidationError(
            message, code=problem.code, params={"repair": problem.repair or ""}
        ) from problem


class TipForm(forms.Form):
    what = words_field(
        gettext_lazy("What have you noticed?"),
        rows=5,
        help_text=gettext_lazy("In your own words: noise, cables, containers, lorries."),
        error_messages={"required": gettext_lazy("Write at least one sentence.")},
    )
    place = forms.CharField(
        label=gettext_lazy("Where?"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("An address, or a point on the map."),
    )
    lat = forms.FloatField(label=gettext_lazy("Latitude"), required=False, localize=False)
    lon = forms.FloatField(label=gettext_lazy("Longitude"), required=False, localize=False)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False, choices=regions)
    power = forms.ChoiceField(
        label=gettext_lazy("How much power, roughly?"),
        choices=Power.choices,
        initial=Power.UNKNOWN,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("It is fine not to know exactly."),
    )
    seen_on = day_field(gettext_lazy("When did you see it?"), required=False)
    who = forms.CharField(
        label=gettext_lazy("Do you know who it is?"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Company or person")}),
    )
    party_bin = forms.CharField(
        label=gettext_lazy("BIN or IIN"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "id"}),
    )
    competitor = forms.BooleanField(
        label=gettext_lazy("This is a competitor of mine or of my company"), required=False
    )
    anonymous = forms.BooleanField(
        label=gettext_lazy("Send without my name: only the receipt code leads back to it"),
        required=False,
    )

    def clean_party_bin(self) -> str:
        return checked_bin(self.cleaned_data["party_bin"])

    def clean_seen_on(self) -> Any:
        day = self.cleaned_data["seen_on"]
        if day and day > clock.today():
            raise ValidationError(_("This day is still to come. Choose today or an earlier day."))
        return day

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        lat, lon = given.get("lat"), given.get("lon")
        if (lat is None) != (lon is None):
            self.add_error("place", _("A point needs both degrees. Choose it on the map again."))
        elif lat is not None and lon is not None and not _inside(lat, lon):
            self.add_error("place", _("The point lies outside Kazakhstan. Choose it again."))
        elif lat is None and not given.get("place", "").strip():
            self.add_error("place", _("Give an address or a point on the map."))
        return given

    def words(self) -> TipWords:
        """What was written, for the action."""
        return TipWords(**self.cleaned_data, language=(get_language() or "ru")[:2])


def mismatch_words(entry: PublicEntry) -> dict[str, str]:
    """What a tip about an entry of the public register begins with; the filer goes on writing."""
    told = _("Entry %(number)s of the public register, %(name)s, does not match what I see: ")
    return {
        "what": told % {"number": entry.number, "name": entry.name},
        "who": entry.name if entry.bin else "",
        "party_bin": entry.bin,
        "place": ", ".join(entry.regions),
    }


def _inside(lat: float, lon: float) -> bool:
    return LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lon <= LONGITUDES[1]


class ReceiptForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Receipt code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "id"}),
    )
