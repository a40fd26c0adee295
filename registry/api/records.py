"""Equipment, contracts, returns and official lists under /api/v1/, for reading."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from journal.api.bases import EtagMixin, VisibleModelViewSet
from registry.api.fields import MaskedField
from registry.api.filters import OnFilter
from registry.api.views import ByNumber
from registry.models import Equipment, EquipmentModel, FeeReturn, OfficialList, SupplyContract


class EquipmentSerializer(serializers.ModelSerializer[Equipment]):
    """``rated_kw``: kW of the lot without overhead, null while unknown."""

    rated_kw = serializers.FloatField(read_only=True, allow_null=True)

    class Meta:
        model = Equipment
        fields = [
            "id", "site", "lot", "model", "described", "rated_w", "count", "serials", "rated_kw",
            "customs_declaration", "customs_date", "valid_from", "valid_to", "source",
        ]  # fmt: skip
        read_only_fields = fields


class EquipmentFilter(OnFilter):
    customs_declaration = django_filters.CharFilter(lookup_expr="iexact")

    class Meta:
        model = Equipment
        fields = ["site", "model", "lot", "customs_declaration", "on"]


class EquipmentViewSet(EtagMixin, VisibleModelViewSet):
    """Devices at sites, as declared."""

    model = Equipment
    serializer_class = EquipmentSerializer
    pagination_class = ByNumber
    filterset_class = EquipmentFilter
    select = ("model",)


class EquipmentModelSerializer(serializers.ModelSerializer[EquipmentModel]):
    class Meta:
        model = EquipmentModel
        fields = [
            "id", "key", "manufacturer", "name", "year", "hashrate_ths", "power_w", "tolerance",
            "cooling", "source", "verified",
        ]  # fmt: skip
        read_only_fields = fields


class EquipmentModelViewSet(EtagMixin, VisibleModelViewSet):
    """The catalogue: watts at the wall, tolerance in percent."""

    model = EquipmentModel
    serializer_class = EquipmentModelSerializer
    pagination_class = ByNumber
    filterset_fields = ("key", "manufacturer", "verified")


class ContractSerializer(serializers.ModelSerializer[SupplyContract]):
    """kW, kWh and KZT a kWh of the contract; a person's number as supplier is masked."""

    supplier_bin = MaskedField()

    class Meta:
        model = SupplyContract
        fields = [
            "id", "operator", "site", "number", "kind", "supplier_name", "supplier_bin", "kw",
            "kwh", "kzt_per_kwh", "valid_from", "valid_to", "source",
        ]  # fmt: skip
        read_only_fields = fields


class ContractFilter(OnFilter):
    class Meta:
        model = SupplyContract
        fields = ["operator", "site", "kind", "number", "on"]


class ContractViewSet(EtagMixin, VisibleModelViewSet):
    """Where operators get their power."""

    model = SupplyContract
    serializer_class = ContractSerializer
    pagination_class = ByNumber
    filterset_class = ContractFilter


class FeeReturnSerializer(serializers.ModelSerializer[FeeReturn]):
    class Meta:
        model = FeeReturn
        fields = [
            "id", "operator", "year", "quarter", "version", "kwh", "rate_kzt", "due_kzt",
            "paid_kzt", "filed_on", "paid_on", "source",
        ]  # fmt: skip
        read_only_fields = fields


class FeeReturnViewSet(EtagMixin, VisibleModelViewSet):
    """Returns of the fee; ``paid_kzt`` is null while no payment was reported."""

    model = FeeReturn
    serializer_class = FeeReturnSerializer
    pagination_class = ByNumber
    filterset_fields = ("operator", "year", "quarter", "version")


class OfficialListSerializer(serializers.ModelSerializer[OfficialList]):
    """``numbers``: the entries that stood on the list."""

    numbers: Any = serializers.SlugRelatedField(
        source="entries", slug_field="number", many=True, read_only=True
    )

    class Meta:
        model = OfficialList
        fields = ["id", "kind", "day", "body", "reference", "numbers"]
        read_only_fields = fields


class OfficialListViewSet(EtagMixin, VisibleModelViewSet):
    """Published lists as they stood on their day."""

    model = OfficialList
    serializer_class = OfficialListSerializer
    pagination_class = ByNumber
    filterset_fields = ("kind", "day")

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().prefetch_related("entries")
