"""Leads, triage and the work on cases."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("Leads and cases")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cases import wording
        from cases import workflow as _tables  # noqa: F401 - the tables register their verbs
        from journal import words

        words.register(verbs=wording.VERBS, news=wording.NEWS)
