"""Meters, readings, load profiles and feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GridConfig(AppConfig):
    name = "grid"
    verbose_name = _("Grid")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from grid import workflow as _tables  # noqa: F401 - the table registers its verbs
        from grid.wording import NEWS, VERBS
        from journal.words import register

        register(verbs=VERBS, news=NEWS)
