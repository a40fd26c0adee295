"""A member's own tips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases import policies
from cases.models import Tip
from pages.lists import Column, ListPage
from pages.parts import Act

if TYPE_CHECKING:
    from django.db.models import QuerySet


class TipList(ListPage):
    title = _("My tips")
    noun = _("tips")
    columns = (
        Column("number", _("Number"), css="id", foot=True),
        Column("what", _("What"), kind="link", value="lead.words", second="place", fill=True,
               phone="main"),
        Column("filed", _("Filed"), kind="moment", value="filed_at", foot=True),
        Column("state", _("State"), kind="badge", value="badge", phone="end"),
    )  # fmt: skip
    default_sort = "-filed_at"
    empty_text = _("Tips that you filed under your name are listed here.")

    def allowed(self) -> bool:
        return policies.may_file_tip(self.request.user)

    def queryset(self) -> QuerySet[Tip]:
        own: QuerySet[Tip] = Tip.objects.of(self.request.user)
        return own.select_related("lead")

    def acts(self) -> list[Act]:
        return [Act(_("New tip"), reverse("tips:new"), icon="plus", primary=True)]
