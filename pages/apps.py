"""What every page is made of: badges, lists and words for numbers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from journal import words

        words.register(
            verbs={
                "pages.view.share": _("shared a view of a list"),
                "pages.list.export": _("downloaded a list"),
            }
        )
