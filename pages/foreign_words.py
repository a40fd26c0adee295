"""Sentences of Django and allauth that people meet here and that lack a Kazakh translation.

Naming them here brings them into our catalogue, which Django searches as well.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

SIGN_IN = (
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("This account is currently inactive."),
    _("Incorrect code."),
    _("Incorrect password."),
    _("Invalid or expired key."),
    _("Please type your current password."),
    _("The password reset token was invalid."),
    _("You must type the same password each time."),
    _("The new value must be different from the current one."),
    _("Be patient, you are sending too many requests."),
    _("Password successfully changed."),
    _("Password successfully set."),
    _("A new set of recovery codes has been generated."),
    _("Authenticator app activated."),
    _("Authenticator app deactivated."),
    _("Security key added."),
    _("Security key removed."),
    _("Signed out of all other sessions."),
)
PASSWORDS = (
    ngettext_lazy(
        "This password is too short. It must contain at least %(min_length)d character.",
        "This password is too short. It must contain at least %(min_length)d characters.",
        "min_length",
    ),
    _("The password is too similar to the %(verbose_name)s."),
    _("This password is too common."),
    _("This password is entirely numeric."),
)
FORMS = (
    _("Enter a valid email address."),
    _("Enter a valid integer."),
    _("Enter a complete value."),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
)
