"""The API of the law."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from journal.api.bases import EtagMixin, VisibleModelViewSet
from journal.api.pages import CursorPages
from law.api.serializers import ActSerializer, FeeRateSerializer, PositionSerializer
from law.choices import Instrument, Matter, PowerSource
from law.models import Act, FeeRate, Position


class ByEntry(CursorPages):
    """Pages in the order of entry."""

    ordering = "pk"


class ActFilter(django_filters.FilterSet):
    """``on``: in force on that day."""

    matter = django_filters.MultipleChoiceFilter(choices=Matter.choices)
    on = django_filters.DateFilter(method="in_force")

    class Meta:
        model = Act
        fields = ["matter", "status", "verified"]

    def in_force(self, rows: Any, _name: str, day: Any) -> Any:
        return rows.in_force(day)


class ActViewSet(EtagMixin, VisibleModelViewSet):
    """Acts with their norms; found by code."""

    model = Act
    serializer_class = ActSerializer
    pagination_class = ByEntry
    filterset_class = ActFilter
    lookup_field = "code"

    def get_queryset(self) -> QuerySet[Act]:
        rows: QuerySet[Act] = super().get_queryset()
        return rows.select_related("body").prefetch_related("norms")


class PositionFilter(django_filters.FilterSet):
    matter = django_filters.MultipleChoiceFilter(choices=Matter.choices)
    instrument = django_filters.MultipleChoiceFilter(choices=Instrument.choices)

    class Meta:
        model = Position
        fields = ["matter", "instrument", "verified"]


class PositionViewSet(EtagMixin, VisibleModelViewSet):
    """Public statements; none founds a decision."""

    model = Position
    serializer_class = PositionSerializer
    pagination_class = ByEntry
    filterset_class = PositionFilter
    lookup_field = "code"

    def get_queryset(self) -> QuerySet[Position]:
        rows: QuerySet[Position] = super().get_queryset()
        return rows.select_related("body")


class FeeRateFilter(django_filters.FilterSet):
    condition = django_filters.ChoiceFilter(choices=PowerSource.choices)
    on = django_filters.DateFilter(method="holding")

    class Meta:
        model = FeeRate
        fields = ["condition", "verified"]

    def holding(self, rows: Any, _name: str, day: Any) -> Any:
        return rows.on(day)


class FeeRateViewSet(EtagMixin, VisibleModelViewSet):
    """Fee rates with their days and sources."""

    model = FeeRate
    serializer_class = FeeRateSerializer
    pagination_class = ByEntry
    filterset_class = FeeRateFilter

    def get_queryset(self) -> QuerySet[FeeRate]:
        rows: QuerySet[FeeRate] = super().get_queryset()
        return rows.select_related("act")
