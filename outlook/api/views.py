"""`/api/v1/balance-figures/`, `forecasts/`, `hash-rate-months/`: officials, auditors, admins."""

from journal.api.bases import EtagMixin, VisibleModelViewSet
from journal.api.pages import CursorPages
from outlook.api.serializers import FigureSerializer, ForecastSerializer, MonthSerializer
from outlook.models import BalanceFigure, Forecast, HashRateMonth


class ByEntry(CursorPages):
    """Pages in the order of entry."""

    ordering = "pk"


class FigureViewSet(EtagMixin, VisibleModelViewSet):
    """Figures of past years."""

    model = BalanceFigure
    serializer_class = FigureSerializer
    pagination_class = ByEntry
    select = ("series",)
    filterset_fields = ["series__code", "year", "measure", "verified"]


class ForecastViewSet(EtagMixin, VisibleModelViewSet):
    """Forecasts by vintage."""

    model = Forecast
    serializer_class = ForecastSerializer
    pagination_class = ByEntry
    filterset_fields = ["vintage", "subject", "energy", "year", "verified"]


class MonthViewSet(EtagMixin, VisibleModelViewSet):
    """Mining seen from above, month by month."""

    model = HashRateMonth
    serializer_class = MonthSerializer
    pagination_class = ByEntry
    filterset_fields = ["verified"]
