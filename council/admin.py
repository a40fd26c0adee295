"""The council in the admin: proposals to read; the voting rule changes by two persons."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from changes.admin import ProposesChanges
from council.models import Ballot, Proposal, Remark, VotingRule


class ReadOnly:
    """Shown, never changed: the acts stand on the pages."""

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return bool(request.user.is_staff)


class RemarkInline(ReadOnly, TabularInline):
    model = Remark
    extra = 0


class BallotInline(ReadOnly, TabularInline):
    model = Ballot
    extra = 0


@admin.register(Proposal)
class ProposalAdmin(ReadOnly, ModelAdmin):
    list_display = ["number", "title", "agency", "state", "vote_until", "decided_at"]
    list_filter = ["state", "kind", "agency"]
    search_fields = ["number", "title"]
    list_select_related = ["agency"]
    inlines = [RemarkInline, BallotInline]


@admin.register(VotingRule)
class VotingRuleAdmin(ProposesChanges):
    list_display = ["valid_from", "valid_to", "quorum", "votes_for", "verified", "source"]
    list_filter = ["verified"]
    search_fields = ["source"]
