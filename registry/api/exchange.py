"""The exchange pilot under /api/v1/, for reading: officials, auditors and its supervisors."""

from typing import Any

import django_filters
from rest_framework import serializers

from journal.api.bases import EtagMixin, VisibleModelViewSet
from registry.api.fields import MaskedField, NumberField, WalletField
from registry.api.filters import OnFilter
from registry.api.reading import RecordsReadingMixin
from registry.api.views import ByNumber
from registry.models import PilotStage, PoolReport, Sale, Venue
from registry.querysets import numbered


class PilotStageSerializer(serializers.ModelSerializer[PilotStage]):
    class Meta:
        model = PilotStage
        fields = [
            "id", "name_kk", "name_ru", "name_en", "valid_from", "valid_to", "source", "verified",
        ]  # fmt: skip
        read_only_fields = fields


class PilotStageFilter(OnFilter):
    class Meta:
        model = PilotStage
        fields = ["verified", "on"]


class PilotStageViewSet(EtagMixin, VisibleModelViewSet):
    """What was possible from a day on, with its source."""

    model = PilotStage
    serializer_class = PilotStageSerializer
    pagination_class = ByNumber
    filterset_class = PilotStageFilter


class VenueSerializer(serializers.ModelSerializer[Venue]):
    class Meta:
        model = Venue
        fields = ["id", "code", "name", "admitted_from", "admitted_to", "source"]
        read_only_fields = fields


class VenueViewSet(EtagMixin, VisibleModelViewSet):
    """Exchanges that the AIFC admitted."""

    model = Venue
    serializer_class = VenueSerializer
    pagination_class = ByNumber
    filterset_fields = ("code",)


class SaleSerializer(serializers.ModelSerializer[Sale]):
    """``mined`` and ``sold`` in units of the asset; ``share`` of the mined, null while unknown."""

    operator_bin = NumberField(of="operator")
    operator_name = serializers.CharField(source="operator.name", read_only=True)
    venue = serializers.SlugRelatedField[Venue](slug_field="code", read_only=True)
    share = serializers.FloatField(read_only=True, allow_null=True)

    class Meta:
        model = Sale
        fields = [
            "id", "operator", "operator_bin", "operator_name", "venue", "asset", "period_from",
            "period_to", "mined", "sold", "share", "value_kzt", "source",
        ]  # fmt: skip
        read_only_fields = fields


class SaleFilter(django_filters.FilterSet):
    """``operator_bin``: a person's number finds nothing for who may not see it."""

    asset = django_filters.CharFilter(lookup_expr="iexact")
    venue = django_filters.CharFilter(field_name="venue__code")
    period_from = django_filters.DateFromToRangeFilter()
    operator_bin = django_filters.CharFilter(method="by_bin")

    class Meta:
        model = Sale
        fields = ["operator", "operator_bin", "venue", "asset", "period_from"]

    def by_bin(self, rows: Any, _name: str, text: str) -> Any:
        return rows.filter(numbered(text, self.request.user, "operator__"))


class SaleViewSet(RecordsReadingMixin, EtagMixin, VisibleModelViewSet):
    """What miners sold of what they mined."""

    model = Sale
    serializer_class = SaleSerializer
    pagination_class = ByNumber
    filterset_class = SaleFilter
    select = ("operator", "venue")
    party = "operator"


class PoolReportSerializer(serializers.ModelSerializer[PoolReport]):
    """``operator`` is null where the registry knows nobody of this number."""

    number = MaskedField()
    wallet = WalletField()

    class Meta:
        model = PoolReport
        fields = [
            "id", "pool", "operator", "number", "name", "licence_number", "licence_date",
            "wallet", "distributed_on", "asset", "amount", "source",
        ]  # fmt: skip
        read_only_fields = fields


class PoolReportFilter(django_filters.FilterSet):
    """``in_registry=false``: lines of whom the registry does not know."""

    distributed_on = django_filters.DateFromToRangeFilter()
    in_registry = django_filters.BooleanFilter(
        field_name="operator", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = PoolReport
        fields = ["operator", "pool", "asset", "licence_number", "distributed_on", "in_registry"]


class PoolReportViewSet(EtagMixin, VisibleModelViewSet):
    """Lines of the pools' reports to the tax body."""

    model = PoolReport
    serializer_class = PoolReportSerializer
    pagination_class = ByNumber
    filterset_class = PoolReportFilter
