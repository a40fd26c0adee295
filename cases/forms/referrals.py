"""The form of a referral: a letter from outside that becomes a lead."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions import ReferralWords
from cases.forms.fields import words_field
from cases.forms.tips import checked_bin, regions
from pages.fields import LookupInput


class ReferralForm(forms.Form):
    sender = forms.CharField(label=_("Who wrote"), max_length=200)
    letter = forms.CharField(
        label=_("Number and date of the letter"),
        max_length=100,
        required=False,
        help_text=_("The same letter entered twice raises one lead."),
    )
    title = forms.CharField(label=_("What it is about"), max_length=150)
    text = words_field(_("What they say"), rows=5)
    region = forms.ChoiceField(label=_("Region"), required=False, choices=regions)
    place = forms.CharField(label=_("Where?"), required=False, max_length=500)
    party_name = forms.CharField(
        label=_("Party"),
        required=False,
        max_length=300,
        help_text=_("Type a name, BIN, entry or meter: the registry suggests its operators."),
        widget=LookupInput("registry:lookup", fills={"party_bin": "bin"}),
    )
    party_bin = forms.CharField(label=_("BIN or IIN"), required=False, max_length=20)
    meter = forms.CharField(label=_("Meter"), required=False, max_length=64)
    mw = forms.DecimalField(
        label=_("Estimate, MW"), required=False, min_value=0, max_value=10_000, decimal_places=3
    )

    def clean_party_bin(self) -> str:
        return checked_bin(self.cleaned_data["party_bin"])

    def words(self) -> ReferralWords:
        """What was written, for the action."""
        given = dict(self.cleaned_data)
        mw = given.pop("mw")
        return ReferralWords(**given, est_kw=float(mw) * 1000 if mw is not None else None)
