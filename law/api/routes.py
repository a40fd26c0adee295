"""Where the law stands under /api/v1/."""

from rest_framework.routers import BaseRouter

from law.api.views import ActViewSet, FeeRateViewSet, PositionViewSet


def register(router: BaseRouter) -> None:
    router.register("acts", ActViewSet, basename="acts")
    router.register("statements", PositionViewSet, basename="statements")
    router.register("fee-rates", FeeRateViewSet, basename="fee-rates")
