"""The outlook in the admin: pictures and forecasts to read, figures by two persons."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from changes.admin import ProposesChanges
from outlook.models import (
    BalanceFigure,
    Break,
    FeeReceipt,
    Forecast,
    HashRateMonth,
    Picture,
    Series,
)


class ReadOnlyAdmin(ModelAdmin):
    """Shown only."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return bool(request.user.is_staff)


@admin.register(Picture)
class PictureAdmin(ReadOnlyAdmin):
    list_display = ["day", "taken_at"]
    list_filter = ["day"]
    search_fields = ["day"]


@admin.register(Forecast)
class ForecastAdmin(ReadOnlyAdmin):
    """A vintage never changes; another one is brought in by a file."""

    list_display = ["vintage", "subject", "energy", "year", "value", "value_to", "source"]
    list_filter = ["vintage", "subject", "energy"]
    search_fields = ["vintage", "source", "remark"]


class SourcedAdmin(ProposesChanges):
    """Saving proposes; a second person approves under Changes. Nothing is deleted."""

    list_filter: Any = ["verified"]
    search_fields: Any = ["source"]

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(Series)
class SeriesAdmin(SourcedAdmin):
    list_display = ["code", "title_ru", "source", "verified"]


@admin.register(BalanceFigure)
class BalanceFigureAdmin(SourcedAdmin):
    list_display = ["year", "measure", "value", "series", "source", "verified"]
    list_filter = ["series", "measure", "verified"]
    list_select_related = ["series"]


@admin.register(Break)
class BreakAdmin(SourcedAdmin):
    list_display = ["year", "title_ru", "regional", "source", "verified"]


@admin.register(HashRateMonth)
class HashRateMonthAdmin(SourcedAdmin):
    list_display = ["month", "share", "ehs", "mw_low", "mw_high", "source", "verified"]


@admin.register(FeeReceipt)
class FeeReceiptAdmin(SourcedAdmin):
    list_display = ["quarter", "region", "kzt", "rate", "source", "verified"]
