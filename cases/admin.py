"""Leads, tips and cases in the admin: to look at. They change by moves alone, on the pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from cases.models import (
    Case,
    Comment,
    ContradictingSource,
    Contradiction,
    Decision,
    Evidence,
    Lead,
    Lifting,
    NumberSeries,
    OpinionRequest,
    Participation,
    Task,
    Tip,
    TipFile,
    TipReporter,
)
from journal.admin import AskedAsOffered


class LookOnly(AskedAsOffered):
    """Shown, searched, filtered; neither added, changed nor deleted here."""

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(Lead)
class LeadAdmin(LookOnly, ModelAdmin):
    list_display = ["number", "words", "source", "state", "region", "confidence", "due_on", "case"]
    list_filter = ["state", "source", "region"]
    search_fields = ["number", "meter", "party_bin", "search"]
    list_select_related = ["case"]
    date_hierarchy = "raised_at"


class SourceInline(LookOnly, TabularInline):
    model = ContradictingSource
    extra = 0


@admin.register(Contradiction)
class ContradictionAdmin(LookOnly, ModelAdmin):
    """Without the numbers of the operators: they may be persons'."""

    list_display = ["lead", "words", "stated_by", "stated_at"]
    search_fields = ["lead__number", "words"]
    exclude = ["against"]
    list_select_related = ["lead", "stated_by"]
    inlines = [SourceInline]


@admin.register(ContradictingSource)
class ContradictingSourceAdmin(LookOnly, ModelAdmin):
    list_display = ["contradiction", "seq", "kind", "reference", "dated_on", "figure", "unit"]
    list_filter = ["kind"]
    search_fields = ["reference", "contradiction__lead__number"]
    list_select_related = ["contradiction"]


@admin.register(Tip)
class TipAdmin(LookOnly, ModelAdmin):
    """Without the reporter: the seal holds for administrators too."""

    list_display = ["number", "place", "power", "anonymous", "competitor", "language", "filed_at"]
    list_filter = ["power", "anonymous", "language", "region"]
    search_fields = ["number", "place", "party_bin"]
    exclude = ["receipt_hash"]


@admin.register(TipReporter)
class TipReporterAdmin(LookOnly, ModelAdmin):
    """That a reporter is sealed, never who it is."""

    list_display = ["tip"]
    fields = ["tip"]
    search_fields = ["tip__number"]
    list_select_related = ["tip"]


@admin.register(TipFile)
class TipFileAdmin(LookOnly, ModelAdmin):
    list_display = ["id", "tip", "content_type", "size", "added_at"]
    list_filter = ["content_type"]
    search_fields = ["tip__number", "sha256"]
    fields = ["tip", "content_type", "size", "sha256"]
    list_select_related = ["tip"]


class ParticipationInline(LookOnly, TabularInline):
    model = Participation
    extra = 0


class TaskInline(LookOnly, TabularInline):
    model = Task
    extra = 0
    fields = ["title", "agency", "due_on", "mandatory", "done_at"]


class OpinionInline(LookOnly, TabularInline):
    model = OpinionRequest
    extra = 0
    fields = ["agency", "due_on", "answer", "answered_at"]


@admin.register(Case)
class CaseAdmin(LookOnly, ModelAdmin):
    list_display = ["number", "title", "state", "outcome", "lead_agency", "owner", "due_on"]
    list_filter = ["state", "outcome", "lead_agency", "confidentiality", "region"]
    search_fields = ["number", "title", "meter", "party_bin", "search"]
    list_select_related = ["lead_agency", "owner"]
    date_hierarchy = "opened_at"
    inlines = [ParticipationInline, TaskInline, OpinionInline]


@admin.register(Participation)
class ParticipationAdmin(LookOnly, ModelAdmin):
    list_display = ["case", "agency", "role", "since", "until", "granted_by"]
    list_filter = ["role", "agency"]
    search_fields = ["case__number"]
    list_select_related = ["case", "agency", "granted_by"]


@admin.register(Task)
class TaskAdmin(LookOnly, ModelAdmin):
    list_display = ["title", "case", "agency", "assignee", "due_on", "mandatory", "done_at"]
    list_filter = ["mandatory", "agency"]
    search_fields = ["title", "case__number"]
    list_select_related = ["case", "agency", "assignee"]


@admin.register(Comment)
class CommentAdmin(LookOnly, ModelAdmin):
    """Without the text: notes are for the bodies that they were written to."""

    list_display = ["case", "author", "agency", "audience", "written_at", "edited_at"]
    list_filter = ["audience", "agency"]
    search_fields = ["case__number"]
    fields = ["case", "author", "agency", "audience", "happened_on", "edited_at"]
    list_select_related = ["case", "author", "agency"]


@admin.register(OpinionRequest)
class OpinionAdmin(LookOnly, ModelAdmin):
    list_display = ["case", "agency", "due_on", "answer", "answered_by", "answered_at"]
    list_filter = ["answer", "agency"]
    search_fields = ["case__number"]
    list_select_related = ["case", "agency", "answered_by"]


@admin.register(Evidence)
class EvidenceAdmin(LookOnly, ModelAdmin):
    list_display = ["case", "seq", "title", "kind", "content_type", "size", "indicator", "added_at"]
    list_filter = ["kind", "indicator", "content_type"]
    search_fields = ["case__number", "title", "sha256"]
    exclude = ["original", "viewing"]
    list_select_related = ["case"]


@admin.register(Decision)
class DecisionAdmin(LookOnly, ModelAdmin):
    list_display = ["case", "outcome", "decided_by", "decided_at"]
    list_filter = ["outcome"]
    search_fields = ["case__number"]
    list_select_related = ["case", "decided_by"]


@admin.register(Lifting)
class LiftingAdmin(LookOnly, ModelAdmin):
    list_display = ["case", "decision", "asked_by", "asked_at"]
    search_fields = ["case__number"]
    list_select_related = ["case", "decision__operator", "asked_by"]


@admin.register(NumberSeries)
class NumberSeriesAdmin(LookOnly, ModelAdmin):
    list_display = ["prefix", "year", "last"]
    list_filter = ["year"]
    search_fields = ["prefix"]
