"""The words of this app."""

from django.utils.translation import gettext_lazy as _

VERBS = {"outlook.row.write": _("changed a figure of the outlook")}
