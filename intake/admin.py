"""Imports in the admin: to find and read; they are brought in on the portal's own pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action

from intake.models import ImportBatch


@admin.register(ImportBatch)
class ImportBatchAdmin(ModelAdmin):
    """Rows that only the imports' own actions write."""

    list_display = [
        "file_name", "kind", "state", "rows", "new", "same", "changed", "rejected",
        "uploaded_by", "uploaded_at", "applied_at",
    ]  # fmt: skip
    list_filter = ["state", "kind"]
    search_fields = ["file_name", "sha256", "act_reference"]
    list_select_related = ["uploaded_by"]
    date_hierarchy = "uploaded_at"
    fields = readonly_fields = [
        "file_name", "kind", "state", "rows", "new", "same", "changed", "rejected", "partial",
        "act_reference", "act_date", "sha256", "size", "uploaded_by", "uploaded_at",
        "applied_by", "applied_at", "undone_at",
    ]  # fmt: skip
    actions_list = ["bring"]
    actions_detail = ["look"]

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    @action(description=_("Bring a file in"), url_path="bring")
    def bring(self, _request: HttpRequest) -> HttpResponse:
        """The page where a file is sent."""
        return redirect("imports:upload")

    @action(description=_("Preview, errors, undoing"), url_path="look")
    def look(self, _request: HttpRequest, object_id: str) -> HttpResponse:
        """The page of the file."""
        return redirect("imports:batch", object_id)
