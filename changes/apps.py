"""Changes by two persons: one proposes, another approves."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangesConfig(AppConfig):
    name = "changes"
    verbose_name = _("Changes by two persons")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from changes import wording
        from journal import words

        words.register(verbs=wording.VERBS, news=wording.NEWS)
