"""The rows of the law in the admin; every edit is a proposal for a second person."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from changes.admin import ProposesChanges
from law.models import CalendarYear, MovedDay, Term


class DatedAdmin(ProposesChanges):
    """Saving proposes; a second person approves under Changes. Nothing is deleted, it ends."""

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


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
