"""Acts, statements and figures as JSON."""

from rest_framework import serializers

from law.models import Act, FeeRate, Norm, Position

TITLES = ["title_kk", "title_ru", "title_en"]
SURE = ["source", "confirmed_by", "verified"]


class NormSerializer(serializers.ModelSerializer[Norm]):
    class Meta:
        model = Norm
        fields = ["code", "label", *TITLES, "in_force_from", "in_force_to", *SURE]


class ActSerializer(serializers.ModelSerializer[Act]):
    body = serializers.SlugRelatedField[Act](slug_field="code", read_only=True)
    norms = NormSerializer(many=True, read_only=True)

    class Meta:
        model = Act
        fields = [
            *("code", "kind", "number", "body", "matter", "status", "dated"),
            *("in_force_from", "in_force_to", *TITLES, *SURE, "norms"),
        ]


class PositionSerializer(serializers.ModelSerializer[Position]):
    body = serializers.SlugRelatedField[Position](slug_field="code", read_only=True)

    class Meta:
        model = Position
        fields = [
            *("code", "body", "speaker", "said_on", "precision", "instrument", "matter", *TITLES),
            *("outcome_kk", "outcome_ru", "outcome_en", *SURE),
        ]


class FeeRateSerializer(serializers.ModelSerializer[FeeRate]):
    """``rate`` in KZT a kWh; null where the law has one that no source told."""

    act = serializers.SlugRelatedField[FeeRate](slug_field="code", read_only=True)

    class Meta:
        model = FeeRate
        fields = [
            *("id", "condition", "price_from", "price_to", "rate", "declared_by", "paid_by"),
            *("valid_from", "valid_to", "act", "source", "verified"),
        ]
