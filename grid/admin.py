"""The grid in the admin: suppliers are kept here; everything else is to be read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from changes.admin import ProposesChanges
from grid.models import (
    Exemption,
    ExemptionDocument,
    FeedDay,
    Feeder,
    FeederTotal,
    GridEvent,
    HouseholdTariff,
    LakeFile,
    LossNorm,
    Meter,
    MeterChange,
    MeterFeeder,
    MeterProfile,
    MeterTotal,
    ProfileRun,
    ReadingBatch,
    ReadingReject,
    RetentionTerm,
    Supplier,
)
from journal.actions import record


@admin.register(Supplier)
class SupplierAdmin(ProposesChanges):
    """Companies that send readings; a second person approves how their files are read.

    None is deleted: its batches stay.
    """

    list_display = [
        "name",
        "code",
        "agency",
        "zone",
        "convention",
        "unit",
        "ratio",
        "shown",
        "interval",
        "days_allowed",
        "is_active",
    ]
    list_filter = ["is_active"]
    search_fields = ["name", "code"]
    list_select_related = ["agency"]

    def save_open(self, request: HttpRequest, obj: Any, form: Any) -> None:
        super().save_open(request, obj, form)
        facts = {name: str(form.cleaned_data[name]) for name in form.changed_data}
        record("grid.supplier.change", obj, actor=request.user, facts=facts)

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class ReadOnly(ModelAdmin):
    """Written by the portal's own work alone."""

    def has_add_permission(self, _request: HttpRequest, *_more: Any) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return bool(request.user.is_staff)


@admin.register(Meter)
class MeterAdmin(ReadOnly):
    list_display = [
        "code",
        "supplier",
        "customer_name",
        "customer_bin",
        "tariff_group",
        "activity",
        "contract_kw",
        "kato",
        "last_day",
    ]
    list_filter = ["supplier"]
    search_fields = ["code", "customer_name", "customer_bin", "feeder"]
    list_select_related = ["supplier"]


@admin.register(MeterChange)
class MeterChangeAdmin(ReadOnly):
    list_display = ["meter", "moment", "kind", "before_kwh", "after_kwh", "serial", "batch"]
    list_filter = ["kind"]
    search_fields = ["meter__code", "serial", "source"]
    date_hierarchy = "moment"
    list_select_related = ["meter", "batch"]


@admin.register(ReadingBatch)
class ReadingBatchAdmin(ReadOnly):
    list_display = [
        "file_name", "supplier", "state", "channel", "received_at", "rows_stored",
        "rows_rejected", "meters", "coverage", "uploaded_by",
    ]  # fmt: skip
    list_filter = ["state", "supplier", "channel"]
    search_fields = ["file_name", "sha256"]
    date_hierarchy = "received_at"
    list_select_related = ["supplier", "uploaded_by"]


@admin.register(ReadingReject)
class ReadingRejectAdmin(ReadOnly):
    list_display = ["batch", "row", "column", "value", "code"]
    list_filter = ["code"]
    search_fields = ["batch__file_name", "value"]
    list_select_related = ["batch"]


@admin.register(LakeFile)
class LakeFileAdmin(ReadOnly):
    list_display = [
        "name",
        "supplier",
        "month",
        "rows",
        "meters",
        "size",
        "created_at",
        "replaced_at",
    ]
    list_filter = ["supplier", "month"]
    search_fields = ["name"]
    list_select_related = ["supplier"]


@admin.register(FeedDay)
class FeedDayAdmin(ReadOnly):
    list_display = ["supplier", "day", "readings", "expected", "meters", "counted_at"]
    list_filter = ["supplier"]
    search_fields = ["supplier__name"]
    date_hierarchy = "day"
    list_select_related = ["supplier"]


@admin.register(ProfileRun)
class ProfileRunAdmin(ReadOnly):
    list_display = ["until", "state", "done", "total", "computed_at"]
    list_filter = ["state"]
    search_fields = ["until"]
    date_hierarchy = "until"


@admin.register(MeterProfile)
class MeterProfileAdmin(ReadOnly):
    list_display = ["meter", "until", "score", "pattern", "est_kw", "coverage", "computed_at"]
    list_filter = ["pattern"]
    search_fields = ["meter__code"]
    date_hierarchy = "until"
    list_select_related = ["meter"]


@admin.register(LossNorm)
class LossNormAdmin(ProposesChanges):
    """Saving proposes; a second person approves under Changes. Nothing is deleted."""

    list_display = ["feeder", "valid_from", "percent", "source", "verified"]
    list_filter = ["verified"]
    list_select_related = ["feeder"]
    search_fields = ["feeder__code", "source"]
    raw_id_fields = ["feeder"]

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(Feeder)
class FeederAdmin(ReadOnly):
    list_display = ["code", "supplier", "kato"]
    list_select_related = ["supplier"]
    search_fields = ["code", "supplier__name"]


@admin.register(FeederTotal)
class FeederTotalAdmin(ReadOnly):
    list_display = ["feeder", "period", "kwh", "source"]
    list_select_related = ["feeder"]
    search_fields = ["feeder__code", "period"]


@admin.register(MeterTotal)
class MeterTotalAdmin(ReadOnly):
    list_display = ["meter", "period", "kwh", "source"]
    list_select_related = ["meter"]
    search_fields = ["meter__code", "period"]


@admin.register(MeterFeeder)
class MeterFeederAdmin(ReadOnly):
    list_display = ["meter", "valid_from", "feeder_code"]
    list_select_related = ["meter"]
    search_fields = ["meter__code", "feeder_code"]


@admin.register(ExemptionDocument)
class ExemptionDocumentAdmin(ReadOnly):
    list_display = ["title", "number", "dated", "content_type", "added_by", "added_at"]
    list_select_related = ["added_by"]
    search_fields = ["title", "number", "sha256"]
    date_hierarchy = "added_at"


@admin.register(GridEvent)
class GridEventAdmin(ProposesChanges):
    """Saving proposes; a second person approves under Changes. Nothing is deleted."""

    list_display = ["code", "kind", "regions", "feeder", "begins_at", "ends_at", "verified"]
    list_filter = ["kind", "verified"]
    list_select_related = ["feeder"]
    search_fields = ["code", "source"]
    date_hierarchy = "begins_at"
    raw_id_fields = ["feeder"]

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(Exemption)
class ExemptionAdmin(ReadOnly):
    list_display = ["subject", "category", "valid_from", "valid_to", "proposed_by", "approved_by"]
    list_filter = ["category"]
    list_select_related = ["meter", "proposed_by", "approved_by"]
    search_fields = ["meter__code", "tariff_group", "document__title", "document__number"]
    date_hierarchy = "valid_to"


class DatedRules(ProposesChanges):
    """Saving proposes; a second person approves under Changes. Nothing is deleted, it ends."""

    list_filter: Any = ["verified"]
    search_fields: Any = ["source"]

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(RetentionTerm)
class RetentionTermAdmin(DatedRules):
    list_display = ["months", "valid_from", "valid_to", "source", "verified"]


@admin.register(HouseholdTariff)
class HouseholdTariffAdmin(DatedRules):
    list_display = ["beginning", "valid_from", "valid_to", "source", "verified"]
    search_fields = ["beginning", "source"]
