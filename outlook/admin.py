"""Pictures in the admin: to read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from outlook.models import Picture


@admin.register(Picture)
class PictureAdmin(ModelAdmin):
    list_display = ["day", "taken_at"]
    list_filter = ["day"]
    search_fields = ["day"]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False
