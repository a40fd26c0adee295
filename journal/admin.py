"""The journal in the admin: to read, never to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from journal.models import Announcement, AnsweredCall, Delivery, Event


class AskedAsOffered:
    """The address filters by what the page offers: a column left out cannot be guessed at.

    Django lets an administrator filter by every column of the model itself, shown or not.
    """

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        page: Any = self
        offered = [one for one in (*page.list_filter, page.date_hierarchy) if one]
        return any(lookup == one or lookup.startswith(f"{one}__") for one in offered)


class ReadOnly(AskedAsOffered, ModelAdmin):
    """Nothing here is added, changed or removed by hand."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(Event)
class EventAdmin(ReadOnly):
    list_display = ["id", "happened_at", "actor_name", "verb", "subject_label", "reason"]
    list_filter = ["verb", "subject_type", "happened_at"]
    search_fields = ["actor_name", "subject_label", "subject_id", "reason", "request_id"]


@admin.register(Announcement)
class AnnouncementAdmin(ReadOnly):
    """Without the recipient and the page: news of a tip would name who filed it."""

    list_display = fields = ["created_at", "kind", "read_at"]
    list_filter = ["kind", "created_at"]
    search_fields = ["kind"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    """Where a letter got stuck, and why."""

    list_display = ["announcement", "channel", "state", "attempts", "next_attempt_at", "error"]
    fields = ["channel", "state", "attempts", "next_attempt_at", "sent_at", "error"]
    list_filter = ["channel", "state"]
    search_fields = ["error"]
    list_select_related = ["announcement"]


@admin.register(AnsweredCall)
class AnsweredCallAdmin(ReadOnly):
    """Without the answer: it may show what opens only to who called."""

    list_display = fields = ["created_at", "user", "key", "status", "location"]
    list_filter = ["status", "created_at"]
    search_fields = ["key", "user__full_name", "location"]
    list_select_related = ["user"]
