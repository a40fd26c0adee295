"""Who you are: agencies, people and roles."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import wording
        from journal import words

        words.register(verbs=wording.VERBS, news=wording.NEWS)
