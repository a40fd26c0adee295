"""Files brought in: one mechanism for every kind."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "intake"
    verbose_name = _("Imports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from intake.wording import NEWS, VERBS
        from journal.words import register

        register(verbs=VERBS, news=NEWS)
