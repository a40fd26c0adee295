"""Forms of the registry: an act of a competent body, the public search."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from common.clock import today
from law.models import Body
from pages.wording import short_date
from registry.choices import Kind, Standing
from registry.models import EquipmentModel, Operator, Registration
from registry.selectors.issuers import issuer_on
from registry.selectors.public import Question
from registry.wording import regions


class VenueForm(forms.Form):
    """An exchange that the AIFC admitted."""

    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.SlugField(label=_("Code"), max_length=50, help_text=_("Used in files of sales."))
    admitted_from = forms.DateField(label=_("Admitted from"))
    admitted_to = forms.DateField(label=_("Admitted until"), required=False)
    source = forms.CharField(label=_("Source"), max_length=1000)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("admitted_from", "admitted_to"):
            self.fields[name].widget = DayInput()


class DayInput(forms.DateInput):
    """The browser's own date field; it speaks ISO whatever the reader's language."""

    input_type = "date"

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%Y-%m-%d", **more)


class ActForm(forms.Form):
    """What the competent body decided; nothing moves without it."""

    act_reference = forms.CharField(
        label=_("Act of the competent body"),
        max_length=200,
        help_text=_("Its number, as it is printed."),
    )
    act_body = forms.ModelChoiceField(
        Body.objects.all(),
        label=_("Issued by"),
        to_field_name="code",
        help_text=_("Only a body that was competent for digital mining on that date."),
    )
    act_date = forms.DateField(label=_("Date of the act"), widget=DayInput())
    effective_from = forms.DateField(
        label=_("In effect from"), widget=DayInput(), help_text=_("The day of the act or later.")
    )
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act_body"].initial = issuer_on(today())

    def clean_act_date(self) -> Any:
        day = self.cleaned_data["act_date"]
        if day > today():
            raise forms.ValidationError(_("An act is recorded after it was issued."))
        return day


class RegisterForm(forms.Form):
    """A question to the public register; an empty form asks for the whole list of today."""

    q = forms.CharField(max_length=200, required=False)
    on = forms.DateField(label=_("Status as of"), widget=DayInput())
    standing = forms.ChoiceField(label=_("Status"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    after = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput())

    def __init__(self, asked: QueryDict) -> None:
        # The day is always shown, also when none was chosen.
        super().__init__({**asked.dict(), "on": asked.get("on") or today().isoformat()})
        fields: dict[str, Any] = self.fields
        fields["standing"].choices = [("", _("any status")), *Standing.choices]
        fields["kind"].choices = [("", _("any kind")), *Kind.choices]
        fields["region"].choices = [("", _("whole country")), *regions()]

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError(
                _("%(day)s is still to come. Choose today or an earlier day."),
                params={"day": short_date(day)},
            )
        return day

    def question(self) -> Question:
        """What is asked; of today, and of the whole list, where the form says nothing valid."""
        given = self.cleaned_data
        return Question(
            text=given.get("q", ""),
            on=given.get("on") or today(),
            standing=given.get("standing", ""),
            kind=given.get("kind", ""),
            region=given.get("region", ""),
            after=given.get("after", ""),
        )


class AsOfForm(forms.Form):
    """The day of which the register is asked; today unless a real day is given."""

    on = forms.DateField(label=_("As of"), widget=DayInput(), required=False)


TYPED_BY: dict[Any, str] = {Operator: "bin", Registration: "number", EquipmentModel: "key"}


def correction_form(model: Any, fields: Sequence[str]) -> Any:
    """A form of a row's correctable fields and the reason, for a model of the registry."""

    class Correction(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
        reason = forms.CharField(
            label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("What shows that the record is wrong: a paper, its number and date."),
        )  # fmt: skip

        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            for name, field in self.fields.items():
                if isinstance(field, forms.ModelChoiceField):
                    self._typed(name, field)

        def _typed(self, name: str, field: Any) -> None:
            """A party or entry is typed by its number: a list of all of them has no end."""
            key = TYPED_BY.get(field.queryset.model)
            if key is None:
                owner = self.instance.operator_id
                field.queryset = field.queryset.filter(registration__operator=owner)
                return
            field.to_field_name, field.widget = key, forms.TextInput(attrs={"class": "id"})
            self.initial[name] = getattr(getattr(self.instance, name), key, "")

    days: dict[str, Any] = {
        f.name: DayInput() for f in model._meta.concrete_fields if isinstance(f, models.DateField)
    }
    return forms.modelform_factory(model, form=Correction, fields=list(fields), widgets=days)
