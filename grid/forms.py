"""Forms of the grid: a file of readings, and the period of a curve."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grid.choices import Unit
from grid.models import Supplier
from grid.policies import may_upload


class UploadForm(forms.Form):
    """A supplier's file. Without a choice of suppliers it is the person's own."""

    supplier = forms.ModelChoiceField(label=_("Supplier"), queryset=Supplier.objects.none())
    file = forms.FileField(
        label=_("File with readings"),
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

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        visible = Supplier.objects.visible_to(user).filter(is_active=True)
        mine = [s.pk for s in visible if may_upload(user, s)]
        field: Any = self.fields["supplier"]
        field.queryset = visible.filter(pk__in=mine)
        if len(mine) == 1:
            field.initial = mine[0]


class PeriodForm(forms.Form):
    """The days that a curve shows."""

    first = forms.DateField(required=False)
    last = forms.DateField(required=False)
