"""Forms of the admin: what the database demands, told at the field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.identifiers import BadIdentifier, check_bin, kind_of
from common.regions import is_valid_kato
from registry.models import Operator, Site
from registry.wording import bin_words


def checked_kato(code: str) -> str:
    """The code, if a region begins with it; raises ValidationError."""
    if code and not is_valid_kato(code):
        raise ValidationError(_("A KATO code has 9 digits and begins with a region's two."))
    return code


class OperatorForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """An operator; the kind of its number follows from the number."""

    class Meta:
        model = Operator
        fields = [
            "bin", "kind", "name", "name_kk", "name_ru", "name_en", "legal_form", "address",
            "kato",
        ]  # fmt: skip
        widgets = {"kind": forms.HiddenInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            self.fields["kind"].required = False

    def clean_bin(self) -> str:
        try:
            number = check_bin(self.cleaned_data["bin"])
        except BadIdentifier as bad:
            raise ValidationError(bin_words(bad), params={"repair": bad.repair}) from bad
        return number.value

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("bin"):
            given["kind"] = kind_of(given["bin"])
        return given

    def clean_kato(self) -> str:
        return checked_kato(self.cleaned_data["kato"])


class SiteForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A site with a known place."""

    class Meta:
        model = Site
        fields = [
            "registration", "name", "address", "kato", "lat", "lon", "connection_point", "feeder",
            "declared_kw",
        ]  # fmt: skip

    def clean_kato(self) -> str:
        return checked_kato(self.cleaned_data["kato"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if (given.get("lat") is None) != (given.get("lon") is None):
            raise ValidationError(_("Give latitude and longitude, or neither."))
        return given
