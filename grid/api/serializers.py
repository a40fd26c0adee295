"""What the API says of meters and batches."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from grid.choices import Unit
from grid.models import Meter, MeterProfile, ReadingBatch, ReadingReject
from grid.wording import describe_problem, describe_reason


class RejectSerializer(serializers.ModelSerializer[ReadingReject]):
    """One refused value, in words of the reader's language."""

    problem = serializers.SerializerMethodField()
    accepted = serializers.SerializerMethodField()

    class Meta:
        model = ReadingReject
        fields: ClassVar = ["row", "column", "value", "code", "params", "problem", "accepted"]

    def get_problem(self, reject: ReadingReject) -> str:
        return describe_problem(reject.code, reject.params)[0]

    def get_accepted(self, reject: ReadingReject) -> str:
        return describe_problem(reject.code, reject.params)[1]


class ReadingBatchSerializer(serializers.ModelSerializer[ReadingBatch]):
    """A batch with its progress; power and energy themselves are in the lake."""

    supplier = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)

    class Meta:
        model = ReadingBatch
        fields: ClassVar = [
            "id", "supplier", "file_name", "sha256", "size", "unit", "partial", "channel", "state",
            "received_at", "started_at", "finished_at", "rows_total", "rows_read", "rows_stored",
            "rows_rejected", "problems", "meters", "new_meters", "step_minutes", "first_start",
            "last_start", "coverage", "registers_back", "left_out", "error",
        ]  # fmt: skip
        read_only_fields = fields


class UploadSerializer(serializers.Serializer[Any]):
    """A file of readings as a multipart form."""

    supplier = serializers.SlugField(help_text="code of the supplier")
    file = serializers.FileField(help_text="CSV, Parquet or XLSX")
    unit = serializers.ChoiceField(choices=Unit.choices, required=False, allow_blank=True)
    partial = serializers.BooleanField(required=False, default=False)  # type: ignore[assignment]  # the form's name; the base means PATCH by it


class ReasonSerializer(serializers.Serializer[Any]):
    """One reason of a score."""

    code = serializers.CharField()
    weight = serializers.FloatField()
    text = serializers.CharField()


class ProfileSerializer(serializers.ModelSerializer[MeterProfile]):
    """A load profile: score 0 to 1, power in kW."""

    reasons = serializers.SerializerMethodField()

    class Meta:
        model = MeterProfile
        fields: ClassVar = [
            "until", "days", "score", "pattern", "est_kw", "coverage", "mean_kw", "peak_kw",
            "load_factor", "reasons", "computed_at",
        ]  # fmt: skip

    @extend_schema_field(ReasonSerializer(many=True))
    def get_reasons(self, profile: MeterProfile) -> list[dict[str, Any]]:
        return [
            {
                "code": one["code"], "weight": one["weight"],
                "text": describe_reason(one["code"], one["params"]),
            }
            for one in profile.reasons
        ]  # fmt: skip


class MeterSerializer(serializers.ModelSerializer[Meter]):
    """A meter as its supplier reports it."""

    supplier = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)

    class Meta:
        model = Meter
        fields: ClassVar = [
            "id", "code", "supplier", "customer_bin", "customer_name", "tariff_group", "activity",
            "contract_kw", "feeder", "kato", "lat", "lon", "cell", "step_minutes", "first_day",
            "last_day",
        ]  # fmt: skip
