"""A rule of the law as a field of a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from law.models import Act, Norm, Position

Found = Act | Norm | Position
KINDS: dict[str, type[Found]] = {"norm": Norm, "act": Act, "statement": Position}


class GroundField(forms.ChoiceField):
    """A norm, an act or a statement: ``norm:<code>``, ``act:<code>``, ``statement:<code>``.

    Statements are offered too: whoever picks one learns why it founds nothing.
    """

    def offer(self, user: Any) -> None:
        """Fills the choices with what the person may read."""
        self.reader = user
        norms = Norm.objects.visible_to(user).select_related("act")
        acts, said = Act.objects.visible_to(user), Position.objects.visible_to(user)
        self.choices = [
            ("", "–"),
            (_("Norms"), [(f"norm:{one.code}", str(one)) for one in norms]),
            (_("Acts as a whole"), [(f"act:{one.code}", str(one)) for one in acts]),
            (_("Statements"), [(f"statement:{one.code}", str(one)) for one in said]),
        ]

    def clean(self, value: Any) -> Found | None:
        """The row itself."""
        kind, _colon, code = str(super().clean(value)).partition(":")
        if not kind:
            return None
        found: Found = KINDS[kind].objects.visible_to(self.reader).get(code=code)
        return found
