"""The rows of the law in the admin; every edit is a proposal for a second person."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from changes.admin import ProposesChanges
from law.models import (
    Act,
    Body,
    CalendarYear,
    Competence,
    FeeRate,
    MonthlyIndex,
    MovedDay,
    Norm,
    Position,
    Regime,
    SaleQuota,
    Term,
)


class LawAdmin(ProposesChanges):
    """Saving proposes; a second person approves under Changes. Nothing is deleted, it ends."""

    list_filter: Any = ["verified"]
    search_fields: Any = ["source"]

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


TITLES = ["title_kk", "title_ru", "title_en", "source"]


@admin.register(Act)
class ActAdmin(LawAdmin):
    list_display = ["title_ru", "kind", "number", "body", "status", "in_force_from", "verified"]
    list_filter = ["status", "matter", "verified"]
    search_fields = ["code", "number", *TITLES]
    list_select_related = ["body"]


@admin.register(Norm)
class NormAdmin(LawAdmin):
    list_display = ["label", "act", "title_ru", "verified"]
    search_fields = ["code", "label", *TITLES]
    list_select_related = ["act"]


@admin.register(Position)
class PositionAdmin(LawAdmin):
    list_display = ["title_ru", "speaker", "body", "said_on", "instrument", "verified"]
    list_filter = ["instrument", "matter", "verified"]
    search_fields = ["code", "speaker", *TITLES]
    list_select_related = ["body"]


@admin.register(Body)
class BodyAdmin(ModelAdmin):
    """Bodies are named here; what they may settle is a competence, by two persons."""

    list_display = ["code", "title_ru", "title_kk", "title_en"]
    search_fields = ["code", "title_kk", "title_ru", "title_en"]

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(Competence)
class CompetenceAdmin(LawAdmin):
    list_display = ["body", "matter", "valid_from", "valid_to", "verified"]
    list_filter = ["matter", "verified"]
    search_fields = ["body__title_ru", "source"]
    list_select_related = ["body"]


@admin.register(Regime)
class RegimeAdmin(LawAdmin):
    list_display = ["title_ru", "need", "valid_from", "valid_to", "verified"]
    search_fields = TITLES


@admin.register(FeeRate)
class FeeRateAdmin(LawAdmin):
    list_display = ["condition", "price_from", "price_to", "rate", "valid_from", "verified"]
    list_filter = ["condition", "verified"]


@admin.register(SaleQuota)
class SaleQuotaAdmin(LawAdmin):
    list_display = ["percent", "base", "valid_from", "valid_to", "verified"]


@admin.register(MonthlyIndex)
class MonthlyIndexAdmin(LawAdmin):
    list_display = ["kzt", "valid_from", "valid_to", "verified"]


@admin.register(Term)
class TermAdmin(LawAdmin):
    list_display = ["code", "name", "working_days", "valid_from", "valid_to", "verified"]
    list_filter = ["code", "verified"]
    search_fields = ["code", "name", "source"]


@admin.register(CalendarYear)
class CalendarYearAdmin(LawAdmin):
    list_display = ["year", "verified", "source"]


@admin.register(MovedDay)
class MovedDayAdmin(LawAdmin):
    list_display = ["day", "is_working", "verified", "source"]
    list_filter = ["is_working", "verified"]
