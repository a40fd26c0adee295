"""Naming a legal ground."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import day_field, words_field
from cases.forms.moves import MoveForm
from law.models import Act, Norm, Position

Found = Act | Norm | Position
KINDS: dict[str, type[Found]] = {"norm": Norm, "act": Act, "statement": Position}


class GroundForm(MoveForm):
    """Statements are offered too: whoever picks one learns why it founds nothing."""

    ground = forms.ChoiceField(label=_("Rule"))
    event_on = day_field(_("Day of the event"))
    why = forms.CharField(label=_("What it is cited for"), max_length=500)

    def prepare(self) -> None:
        field = self.fields["ground"]
        if not isinstance(field, forms.ChoiceField):
            return
        norms = Norm.objects.visible_to(self.user).select_related("act")
        acts = Act.objects.visible_to(self.user)
        said = Position.objects.visible_to(self.user)
        field.choices = [
            ("", "–"),
            (_("Norms"), [(f"norm:{one.code}", str(one)) for one in norms]),
            (_("Acts as a whole"), [(f"act:{one.code}", str(one)) for one in acts]),
            (_("Statements"), [(f"statement:{one.code}", str(one)) for one in said]),
        ]

    def clean_ground(self) -> Found:
        kind, _colon, code = self.cleaned_data["ground"].partition(":")
        found: Found = KINDS[kind].objects.visible_to(self.user).get(code=code)
        return found


class UnciteForm(MoveForm):
    reason = words_field(_("Why the rule no longer founds the case"), rows=2)
