"""Where the cross-checks stand under /api/v1/."""

from rest_framework.routers import BaseRouter

from crosschecks.api.views import CheckRunViewSet, CheckViewSet, FindingViewSet


def register(router: BaseRouter) -> None:
    router.register("checks", CheckViewSet, basename="checks")
    router.register("check-runs", CheckRunViewSet, basename="check-runs")
    router.register("findings", FindingViewSet, basename="findings")
