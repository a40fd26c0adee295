"""Cross-checks in the admin: runs and findings to read, thresholds to add."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from changes.admin import ProposesChanges
from crosschecks.models import (
    CheckRun,
    CheckSetting,
    Finding,
    Sighting,
    Suppression,
    Threshold,
)


class ReadOnly(ModelAdmin):
    """The book of the runs is written by runs and by acts on the pages; nothing is deleted."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return bool(request.user.is_staff)


@admin.register(CheckRun)
class CheckRunAdmin(ReadOnly):
    list_display = [
        "check_slug", "day", "state", "done", "total", "hits", "new", "gone", "started_at",
        "finished_at", "asked_by",
    ]  # fmt: skip
    list_filter = ["check_slug", "state"]
    search_fields = ["check_slug", "error"]
    date_hierarchy = "day"
    list_select_related = ["asked_by"]


@admin.register(Finding)
class FindingAdmin(ReadOnly):
    list_display = [
        "label", "check_slug", "state", "severity", "party_name", "est_kw_high", "first_seen",
        "last_seen", "decision",
    ]  # fmt: skip
    list_filter = ["check_slug", "state", "severity", "decision"]
    search_fields = ["label", "subject", "party_name", "party_bin", "fingerprint"]
    date_hierarchy = "last_seen"


@admin.register(Sighting)
class SightingAdmin(ReadOnly):
    list_display = ["finding", "run", "seen", "raised_lead"]
    list_filter = ["seen", "raised_lead", "run__check_slug"]
    search_fields = ["finding__label", "finding__subject"]
    list_select_related = ["finding", "run"]


@admin.register(Suppression)
class SuppressionAdmin(ReadOnly):
    list_display = ["finding", "until", "by", "since", "ended_at"]
    list_filter = ["finding__check_slug", "until"]
    search_fields = ["reason", "finding__label", "finding__subject"]
    list_select_related = ["finding", "by"]


@admin.register(CheckSetting)
class CheckSettingAdmin(ReadOnly):
    list_display = ["check_slug", "enabled", "reason", "changed_by", "changed_at"]
    list_filter = ["enabled"]
    search_fields = ["check_slug", "reason"]
    list_select_related = ["changed_by"]


class ThresholdForm(forms.ModelForm):  # type: ignore[type-arg]  # generic at type time only
    """A dated value; saving proposes it, a second person approves."""

    class Meta:
        model = Threshold
        fields = ["check_slug", "name", "value", "valid_from", "source", "verified"]


@admin.register(Threshold)
class ThresholdAdmin(ProposesChanges):
    form = ThresholdForm
    list_display = [
        "check_slug", "name", "value", "valid_from", "verified", "source", "set_by",
    ]  # fmt: skip
    list_filter = ["check_slug", "verified"]
    search_fields = ["check_slug", "name", "source"]
    list_select_related = ["set_by"]

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False
