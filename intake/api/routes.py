"""Addresses of the imports' API."""

from rest_framework.routers import BaseRouter

from intake.api.views import ImportViewSet


def register(router: BaseRouter) -> None:
    """imports, with their rows, error files and decisions."""
    router.register("imports", ImportViewSet, basename="import")
