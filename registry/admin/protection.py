"""Decisions on the mark, to look at: they are made on their page, by named persons."""

from django.contrib import admin

from registry.admin.entries import ShownInline, ShownOnly
from registry.models import DecidingPerson, ProtectionDecision


class DecidingPersonInline(ShownInline):
    model = DecidingPerson


@admin.register(ProtectionDecision)
class ProtectionDecisionAdmin(ShownOnly):
    list_display = ["id", "operator", "state", "lead_agency", "valid_from", "valid_until"]
    list_filter = ["state", "lead_agency"]
    search_fields = ["operator__bin", "operator__name", "operator__search"]
    list_select_related = ["operator", "lead_agency"]
    date_hierarchy = "drafted_at"
    inlines = [DecidingPersonInline]


@admin.register(DecidingPerson)
class DecidingPersonAdmin(ShownOnly):
    list_display = ["decision", "deed", "person", "agency", "as_head", "signed_at"]
    list_filter = ["deed", "as_head", "agency"]
    search_fields = ["decision__operator__name", "person__full_name"]
    list_select_related = ["decision__operator", "person", "agency"]
