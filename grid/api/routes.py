"""Addresses of the grid's API."""

from rest_framework.routers import SimpleRouter

from grid.api.views import MeterViewSet, ReadingBatchViewSet


def register(router: SimpleRouter) -> None:
    """Add the grid's resources to the API."""
    router.register("meters", MeterViewSet, basename="meter")
    router.register("reading-batches", ReadingBatchViewSet, basename="reading-batch")
