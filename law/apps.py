"""Acts, dated figures, legal terms and working days."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LawConfig(AppConfig):
    name = "law"
    verbose_name = _("Law")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from journal import words
        from law import wording

        words.register(verbs=wording.VERBS)
