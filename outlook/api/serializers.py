"""Figures, forecasts and months as JSON, each with its unit, source and whether it is verified."""

from rest_framework import serializers

from outlook.models import BalanceFigure, Forecast, HashRateMonth


class FigureSerializer(serializers.ModelSerializer[BalanceFigure]):
    series = serializers.SlugRelatedField[BalanceFigure](slug_field="code", read_only=True)
    unit = serializers.CharField(read_only=True)

    class Meta:
        model = BalanceFigure
        fields = [
            "id", "series", "year", "measure", "value", "unit", "source", "remark", "verified",
        ]  # fmt: skip


class ForecastSerializer(serializers.ModelSerializer[Forecast]):
    unit = serializers.CharField(read_only=True)

    class Meta:
        model = Forecast
        fields = [
            *("id", "vintage", "subject", "energy", "year", "value", "value_to", "unit"),
            *("source", "remark", "verified"),
        ]


class MonthSerializer(serializers.ModelSerializer[HashRateMonth]):
    """``share`` in percent of the network, ``ehs`` in EH/s, power in MW."""

    class Meta:
        model = HashRateMonth
        fields = [
            "month", "share", "ehs", "mw_low", "mw_middle", "mw_high", "source", "verified",
        ]  # fmt: skip
