"""Fields that several forms share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import AgencyKind
from accounts.models import Agency

WORDS = 4000


def words_field(
    label: Any, *, required: bool = True, rows: int = 3, **more: Any
) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        **more,
    )


def day_field(label: Any, *, required: bool = True, **more: Any) -> forms.DateField:
    """A day, chosen from the browser's calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, **more)


def body_field(label: Any = "", **more: Any) -> "forms.ModelChoiceField[Agency]":
    """One of the three bodies."""
    bodies = Agency.objects.filter(kind=AgencyKind.MEMBER, is_active=True)
    return forms.ModelChoiceField(bodies, label=label or _("Body"), to_field_name="code", **more)
