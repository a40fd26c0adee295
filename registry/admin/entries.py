"""Operators, registrations, sites and meters: mended by two persons; statuses are only shown."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from changes.admin import ProposesChanges
from registry.admin.forms import OperatorForm, SiteForm
from registry.models import Operator, Registration, Site, SiteMeter, StatusRecord


class Corrected(ProposesChanges):
    """Saving proposes; a second person approves under Changes. Nothing is deleted, it ends.

    ``settled`` are given to a new row and never corrected: they say which row it is.
    """

    settled: tuple[str, ...] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        always = super().get_readonly_fields(request, obj)
        return (*always, *self.settled) if obj else always

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """A row that only waits has nothing beside it yet."""
        return super().get_inlines(request, obj) if obj else []

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class ShownOnly(ModelAdmin):
    """Rows that only acts and imports write."""

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return bool(request.user.is_staff)


class ShownInline(TabularInline):
    """Rows beside their parent, for reading; each has a page of its own."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class RegistrationInline(ShownInline):
    model = Registration
    fields = ["number", "kind", "status", "valid_from", "valid_to"]


class SiteInline(ShownInline):
    model = Site
    fields = ["name", "address", "kato", "declared_kw"]


class MeterInline(ShownInline):
    model = SiteMeter
    fields = ["code", "valid_from", "valid_to"]


class StatusInline(ShownInline):
    model = StatusRecord
    fields = ["status", "effective_from", "act_reference", "act_date", "recorded_at"]
    readonly_fields = ["recorded_at"]
    show_change_link = False


@admin.register(Operator)
class OperatorAdmin(Corrected):
    form = OperatorForm
    settled = ("bin", "kind")
    list_display = ["name", "bin", "kind", "legal_form", "kato", "created_at"]
    list_filter = ["kind", "legal_form"]
    search_fields = ["bin", "name", "name_kk", "name_ru", "name_en", "search"]
    inlines = [RegistrationInline]


@admin.register(Registration)
class RegistrationAdmin(Corrected):
    settled = ("number", "kind")
    list_display = ["number", "operator", "kind", "status", "valid_from", "valid_to"]
    list_filter = ["status", "kind"]
    search_fields = ["number", "operator__bin", "operator__name", "operator__search"]
    list_select_related = ["operator"]
    autocomplete_fields = ["operator"]
    date_hierarchy = "valid_from"
    fields = [
        "number", "operator", "kind", "valid_from", "valid_to",
        "status", "status_from", "act_reference", "act_body", "act_date", "source",
    ]  # fmt: skip
    readonly_fields = ["status", "status_from", "act_reference", "act_body", "act_date", "source"]
    inlines = [SiteInline, StatusInline]


@admin.register(Site)
class SiteAdmin(Corrected):
    form = SiteForm
    list_display = ["name", "registration", "kato", "address", "declared_kw"]
    list_filter = ["registration__status", "registration__kind"]
    search_fields = ["name", "address", "registration__number", "meters__code"]
    list_select_related = ["registration"]
    autocomplete_fields = ["registration"]
    inlines = [MeterInline]


@admin.register(SiteMeter)
class SiteMeterAdmin(Corrected):
    settled = ("site",)
    list_display = ["code", "site", "valid_from", "valid_to"]
    list_filter = ["valid_to"]
    search_fields = ["code", "site__name", "site__registration__number"]
    list_select_related = ["site"]
    autocomplete_fields = ["site"]


@admin.register(StatusRecord)
class StatusRecordAdmin(ShownOnly):
    list_display = [
        "registration", "status", "effective_from", "act_reference", "act_date", "recorded_at",
    ]  # fmt: skip
    list_filter = ["status"]
    search_fields = ["registration__number", "act_reference"]
    list_select_related = ["registration"]
