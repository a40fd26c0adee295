"""Operators, registrations, sites and meters: found and mended; statuses are only shown."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from registry import actions
from registry.admin.forms import OperatorForm, SiteForm
from registry.models import Operator, Registration, Site, SiteMeter, StatusRecord


class Recorded(ModelAdmin):
    """Rows are saved by an action that records it; nothing is deleted, it ends."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        changed = {name: str(form.cleaned_data.get(name, "")) for name in form.changed_data}
        actions.save_entry(entry=obj, actor=request.user, changed=changed)

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class ShownOnly(Recorded):
    """Rows that only acts and imports write."""

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


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
class OperatorAdmin(Recorded):
    form = OperatorForm
    list_display = ["name", "bin", "kind", "legal_form", "kato", "created_at"]
    list_filter = ["kind", "legal_form"]
    search_fields = ["bin", "name", "name_kk", "name_ru", "name_en", "search"]
    inlines = [RegistrationInline]


@admin.register(Registration)
class RegistrationAdmin(Recorded):
    list_display = ["number", "operator", "kind", "status", "valid_from", "valid_to"]
    list_filter = ["status", "kind"]
    search_fields = ["number", "operator__bin", "operator__name", "operator__search"]
    list_select_related = ["operator"]
    autocomplete_fields = ["operator"]
    date_hierarchy = "valid_from"
    fields = [
        "number", "operator", "kind", "valid_from", "valid_to",
        "status", "status_from", "act_reference", "act_date", "source",
    ]  # fmt: skip
    readonly_fields = ["status", "status_from", "act_reference", "act_date", "source"]
    inlines = [SiteInline, StatusInline]


@admin.register(Site)
class SiteAdmin(Recorded):
    form = SiteForm
    list_display = ["name", "registration", "kato", "address", "declared_kw"]
    list_filter = ["registration__status", "registration__kind"]
    search_fields = ["name", "address", "registration__number", "meters__code"]
    list_select_related = ["registration"]
    autocomplete_fields = ["registration"]
    inlines = [MeterInline]


@admin.register(SiteMeter)
class SiteMeterAdmin(Recorded):
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
