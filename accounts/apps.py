"""Who you are: agencies, people and roles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and bodies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import wording
        from journal import words

        words.register(verbs=wording.VERBS, news=wording.NEWS)
