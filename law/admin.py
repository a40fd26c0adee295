"""Terms and calendar in the admin; every edit is journalled."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from journal.actions import record
from law.models import CalendarYear, MovedDay, Term


class DatedAdmin(ModelAdmin):
    """What belongs together for all rows of the law: no deletion, a line in the journal."""

    readonly_fields = ["verified"]

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        super().save_model(request, obj, form, change)
        facts = {name: str(form.cleaned_data[name]) for name in form.changed_data}
        record(f"law.row.{'change' if change else 'add'}", obj, actor=request.user, facts=facts)


@admin.register(Term)
class TermAdmin(DatedAdmin):
    list_display = ["code", "name", "working_days", "valid_from", "valid_to", "verified"]
    list_filter = ["code", "verified"]
    search_fields = ["code", "name", "source"]


@admin.register(CalendarYear)
class CalendarYearAdmin(DatedAdmin):
    list_display = ["year", "verified", "source"]
    list_filter = ["verified"]
    search_fields = ["source"]


@admin.register(MovedDay)
class MovedDayAdmin(DatedAdmin):
    list_display = ["day", "is_working", "verified", "source"]
    list_filter = ["is_working", "verified"]
    search_fields = ["source"]
