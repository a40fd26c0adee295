"""The list of proposals."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.selectors.terms import days_left
from council import policies
from council.choices import DECIDED, OPEN, ProposalKind, ProposalState
from council.models import Proposal
from council.selectors import votes_waiting_for
from pages.lists import Column, ListPage, Preset
from pages.parts import Act


def unvoted(user: Any) -> Q:
    """Put to the vote, and the person's body has not voted."""
    return Q(pk__in=votes_waiting_for(user).values("pk"))


class ProposalFilter(django_filters.FilterSet):
    """By state, kind and the body that proposes."""

    state = django_filters.MultipleChoiceFilter(
        choices=ProposalState.choices, label=_("State"), widget=forms.CheckboxSelectMultiple
    )
    kind = django_filters.MultipleChoiceFilter(
        choices=ProposalKind.choices, label=_("Kind"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Proposal
        fields = ["state", "kind", "agency"]


class ProposalList(ListPage):
    """What the three bodies propose to each other, and what became of it."""

    title = _("Council")
    noun = _("proposals")
    lead = _("The three bodies discuss a proposal and vote on it. An adopted one binds nobody.")
    columns = (
        Column("number", _("Number"), sort="number", css="id", foot=True),
        Column("title", _("Proposal"), kind="link", second="kind_word", fill=True, phone="main"),
        Column("agency", _("Proposed by"), sort="agency__code", foot=True),
        Column("votes", _("Votes"), css="num", title=_("Bodies that have voted")),
        Column("submitted_at", _("Submitted"), kind="date", sort="submitted_at"),
        Column("days", _("Days"), kind="days", sort="vote_until", title=_("Working days left")),
        Column("badge", _("State"), kind="badge", sort="state", phone="end"),
    )
    default_sort = "-number"
    filterset_class = ProposalFilter
    search = ("number__icontains", "title__icontains", "text__icontains", "problem__icontains")
    presets = (
        Preset("open", _("Open"), lambda _user: Q(state__in=OPEN)),
        Preset(
            "vote",
            _("My body is to vote"),
            lambda user: Q(pk__in=votes_waiting_for(user).values("pk")),
        ),
        Preset("ours", _("Proposed by my body"), lambda user: Q(agency=user.agency_id)),
        Preset("decided", _("Decided"), lambda _user: Q(state__in=DECIDED)),
        Preset("all", _("All")),
    )
    empty_text = _("An official of one of the three bodies writes the first proposal.")

    def allowed(self) -> bool:
        return policies.may_see_council(self.request.user)

    def queryset(self) -> QuerySet[Proposal]:
        rows = Proposal.objects.visible_to(self.request.user).select_related("agency")
        cast = Count("ballots", filter=Q(ballots__replaced_at__isnull=True))
        counted: QuerySet[Proposal] = rows.annotate(votes_cast=cast)
        return counted

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            row.kind_word = row.get_kind_display()
            voting = row.state == ProposalState.VOTING
            row.votes = str(row.votes_cast) if voting or row.state in DECIDED else "–"
            row.days = days_left(row.vote_until) if voting else None
        return page

    def acts(self) -> list[Act]:
        if not policies.may_propose(self.request.user):
            return []
        return [Act(_("New proposal"), reverse("council:new"), icon="plus", primary=True)]
