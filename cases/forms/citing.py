"""Naming a legal ground."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import day_field, words_field
from law.forms import GroundField
from pages.doors import MoveForm


class GroundForm(MoveForm):
    """The rule, the day of the event, and what it is cited for."""

    ground = GroundField(label=_("Rule"))
    event_on = day_field(_("Day of the event"))
    why = forms.CharField(label=_("What it is cited for"), max_length=500)

    def prepare(self) -> None:
        field = self.fields["ground"]
        if isinstance(field, GroundField):
            field.offer(self.user)


class UnciteForm(MoveForm):
    reason = words_field(_("Why the rule no longer founds the case"), rows=2)
