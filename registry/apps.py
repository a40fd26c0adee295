"""Operators, registrations and sites: the white side."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = _("Registry")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from intake.catalogue import walk
        from journal.words import register
        from registry.wording import VERBS

        register(verbs=VERBS)
        walk("registry.imports")
