"""The roof: settings, addresses, queue, navigation, search and the dashboard."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal import (
            celery,  # noqa: F401 - every process that enqueues needs the queue's app
            system_checks,  # noqa: F401 - importing it registers the check
        )
