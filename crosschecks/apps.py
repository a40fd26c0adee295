"""Compares the sources with each other; what does not fit becomes a finding."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CrosschecksConfig(AppConfig):
    name = "crosschecks"
    verbose_name = _("Cross-checks")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from crosschecks import catalogue
        from crosschecks.wording import NEWS, VERBS
        from journal import words

        words.register(verbs=VERBS, news=NEWS)
        catalogue.walk()
