"""Where the outlook stands under /api/v1/."""

from rest_framework.routers import BaseRouter

from outlook.api.views import FigureViewSet, ForecastViewSet, MonthViewSet


def register(router: BaseRouter) -> None:
    router.register("balance-figures", FigureViewSet, basename="balance-figure")
    router.register("forecasts", ForecastViewSet, basename="forecast")
    router.register("hash-rate-months", MonthViewSet, basename="hash-rate-month")
