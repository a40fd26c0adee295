"""Forms of a person's own pages."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role, Theme
from accounts.models import LANGUAGES, Agency
from accounts.policies import is_admin, may_invite, may_invite_as


class PreferencesForm(forms.Form):
    """Language and theme; either may be left out."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme.choices, required=False)


class AcceptInvitationForm(forms.Form):
    """The password of a new account."""

    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=_("Password once more"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given.get("password") != given.get("again"):
            self.add_error("again", _("The two passwords differ."))
        return given


class InviteForm(forms.Form):
    """Whom to invite, for which body and with which roles: what ``inviter`` may offer."""

    email = forms.EmailField(label=_("E-mail"))
    full_name = forms.CharField(label=_("Full name"), max_length=200)
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Body"))
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="ru")
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The second person reads it before the invitation is sent."),
    )  # fmt: skip

    def __init__(self, *args: Any, inviter: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Agency.objects.filter(is_active=True)
        own = bodies if is_admin(inviter) else bodies.filter(pk=inviter.agency_id)
        offered = [choice for choice in Role.choices if may_invite_as(inviter, [choice[0]])]
        self.fields["agency"].queryset = own if may_invite(inviter) else bodies.none()  # type: ignore[attr-defined]  # a choice of models
        self.fields["roles"].choices = offered  # type: ignore[attr-defined]  # a choice
