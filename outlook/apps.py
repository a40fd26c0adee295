"""The picture: suspected and registered power by region, and the path of leads."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutlookConfig(AppConfig):
    name = "outlook"
    verbose_name = _("Picture")
    default_auto_field = "django.db.models.BigAutoField"
