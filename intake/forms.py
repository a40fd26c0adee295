"""Forms of the imports: a file with the act behind it, and the reason of an undoing."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.catalogue import KINDS
from intake.policies import kinds_to_bring

ACCEPTED = (".csv", ".xlsx", ".xlsm")


def is_a_table(name: str | None) -> bool:
    """Whether a name ends as those of tables do; what else it is, the check says."""
    return PurePath(name or "").suffix.lower() in ACCEPTED


def not_a_table(name: str | None) -> str:
    """What is said of a file that is none."""
    return gettext("Send a CSV or XLSX file; “%(name)s” is neither.") % {"name": name}


class DayInput(forms.DateInput):
    """The browser's own date field; it speaks ISO whatever the reader's language."""

    input_type = "date"

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%Y-%m-%d", **more)


class UploadForm(forms.Form):
    """A file of one of the kinds that this person may bring in."""

    kind = forms.ChoiceField(label=_("What the file holds"))
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV (UTF-8) or XLSX. Nothing is written before you have seen the result."),
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED)}),
    )
    act_reference = forms.CharField(
        label=_("Act or published list behind the file"),
        help_text=_("Needed if the file changes the status of an entry."),
        max_length=200,
        required=False,
    )
    act_date = forms.DateField(label=_("Its date"), required=False, widget=DayInput())

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        kinds = [KINDS.get(slug) for slug in kinds_to_bring(user)]
        field: Any = self.fields["kind"]
        field.choices = [(kind.slug, str(kind.title).capitalize()) for kind in kinds]
        if not any(kind.needs_act for kind in kinds):
            del self.fields["act_reference"], self.fields["act_date"]

    def clean_file(self) -> Any:
        """Only tables."""
        file = self.cleaned_data["file"]
        if not is_a_table(file.name):
            raise forms.ValidationError(not_a_table(file.name))
        return file


class ReasonForm(forms.Form):
    """Why an import is undone."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
