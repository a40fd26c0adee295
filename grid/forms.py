"""Forms of the grid: a file of readings, the period of a curve, an exemption."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.regions import REGIONS
from grid.actions import looked_at
from grid.choices import LookAlike, Unit
from grid.formats.layout import ROLES
from grid.formats.meaning import SKIPPED
from grid.models import LONGEST_HEADING, Exemption, Meter, Supplier
from grid.policies import may_upload
from grid.wording import role_words


class UploadForm(forms.Form):
    """A supplier's file. Without a choice of suppliers it is the person's own."""

    supplier = forms.ModelChoiceField(label=_("Supplier"), queryset=Supplier.objects.none())
    file = forms.FileField(
        label=_("File with readings"),
        required=False,
        help_text=_(
            "CSV (UTF-8), Parquet or XLSX: meter,start,kwh; or start and one column a meter; or"
            " meter,date and one column an interval; or the headings saved for the supplier."
        ),
    )
    unit = forms.ChoiceField(
        label=_("Unit where no heading names it"), required=False,
        choices=[("", _("as in the supplier's profile")), *Unit.choices],
    )  # fmt: skip
    partial = forms.BooleanField(
        label=_("Store the good rows of a file with bad ones"), required=False
    )

    looked = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        visible = Supplier.objects.visible_to(user).filter(is_active=True)
        mine = [s.pk for s in visible if may_upload(user, s)]
        field: Any = self.fields["supplier"]
        field.queryset = visible.filter(pk__in=mine)
        if len(mine) == 1:
            field.initial = mine[0]
        self.user = user

    def clean(self) -> dict[str, Any]:
        """The file that was chosen, or else the one that was looked at before."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("file") and "file" not in self.errors:
            given["file"] = looked_at(given.get("looked") or "", self.user)
            if given["file"] is None:
                self.add_error("file", _("Choose a file."))
        return given


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """How a supplier's files are read; ``values`` are the fields to propose, mapping and all."""

    skip = forms.CharField(
        label=_("Columns to pass over"), help_text=_("One heading a line."), required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))

    class Meta:
        model = Supplier
        fields = (
            "zone", "convention", "day_first", "unit", "ratio", "shown", "register_digits",
            "header_row", "interval", "days_allowed",
        )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        saved = self.instance.mapping
        self.fields["skip"].initial = "\n".join(saved.get(SKIPPED, []))
        last = {name: self.fields.pop(name) for name in ("skip", "reason")}
        for role in ROLES:
            self.fields[f"column_{role}"] = forms.CharField(
                label=format_lazy(_("Heading: {role}"), role=role_words(role)), required=False,
                initial=saved.get(role, ""), max_length=LONGEST_HEADING,
            )  # fmt: skip
        self.fields.update(last)

    @property
    def standing_for(self) -> list[Any]:
        """The fields of the mapping, as the page shows them."""
        return [self[f"column_{role}"] for role in ROLES] + [self["skip"]]

    @property
    def others(self) -> list[Any]:
        """The fields of the profile but the mapping."""
        return [self[name] for name in self.Meta.fields]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        mapping: dict[str, Any] = {
            role: name.strip() for role in ROLES if (name := given.get(f"column_{role}") or "")
        }
        if skipped := [line.strip() for line in given["skip"].splitlines() if line.strip()]:
            mapping[SKIPPED] = skipped
        self.instance.mapping = mapping  # the supplier's own rules look at it next
        return given

    @property
    def values(self) -> dict[str, Any]:
        """Fields of the supplier with what is proposed for them."""
        told = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {**told, "mapping": self.instance.mapping}


class PeriodForm(forms.Form):
    """The days that a curve shows."""

    first = forms.DateField(required=False)
    last = forms.DateField(required=False)


def regions() -> list[tuple[str, str]]:
    """The first two digits of KATO with the region's name in the reader's language."""
    language = get_language() or "ru"
    return sorted(((r.prefix, r.name(language)) for r in REGIONS.values()), key=lambda one: one[1])


class DayInput(forms.DateInput):
    """The browser's own date field; it speaks ISO whatever the reader's language."""

    input_type = "date"

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%Y-%m-%d", **more)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput())


def _words(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ExemptionForm(forms.Form):
    """One meter or a whole peer group, what it is, the paper that shows it, the term."""

    meter = forms.CharField(
        label=_("Meter"), max_length=64, required=False,
        help_text=_("Its code. Empty: the peer group below, named by all three."),
    )  # fmt: skip
    tariff_group = forms.CharField(label=_("Tariff group"), max_length=500, required=False)
    activity = forms.CharField(label=_("Activity code"), max_length=10, required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    category = forms.ChoiceField(label=_("What it is"), choices=LookAlike.choices)
    category_words = forms.CharField(
        label=_("What it is, in words"), max_length=300, required=False,
        help_text=_("If it is none of these."),
    )  # fmt: skip
    title = forms.CharField(label=_("Title of the document"), max_length=300)
    number = forms.CharField(label=_("Number of the document"), max_length=100)
    dated = _day(_("Date of the document"))
    file = forms.FileField(label=_("The document, as PDF or photo"))
    valid_from = _day(_("From"))
    valid_to = _day(_("Last day"))
    reason = _words(_("Reason"))

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.user = user
        choices: Any = self.fields["region"]
        choices.choices = [("", "–"), *regions()]

    def clean_meter(self) -> Meter | None:
        """The meter of this code."""
        code = self.cleaned_data["meter"].strip()
        if not code:
            return None
        found: Meter | None = Meter.objects.visible_to(self.user).filter(code=code).first()
        if found is None:
            raise forms.ValidationError(_("No supplier has reported a meter of this code."))
        return found


class EarlierEndForm(forms.Form):
    """A new last day of an exemption, before the old one."""

    valid_to = _day(_("Last day"))
    reason = _words(_("Reason"))

    def __init__(self, *args: Any, exemption: Exemption, **more: Any) -> None:
        super().__init__(*args, **more)
        self.exemption = exemption

    def clean_valid_to(self) -> Any:
        """Within the term that was granted."""
        day = self.cleaned_data["valid_to"]
        if not self.exemption.valid_from <= day < self.exemption.valid_to:
            raise forms.ValidationError(_("Choose a day within the term, before its last one."))
        return day
