"""The list of proposed changes."""

from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from changes.choices import ChangeState
from changes.models import Change
from changes.policies import decides_something, may_see_changes
from changes.wording import BADGES
from pages.lists import Column, ListPage, Preset


def _for_me(user: Any) -> Q:
    return Q(state=ChangeState.PROPOSED, model__in=decides_something(user)) & ~Q(proposed_by=user)


class ChangeList(ListPage):
    """What waits for a second person, and what was decided."""

    title = _("Changes by two persons")
    noun = _("changes")
    lead = _("One person proposes a change, another approves it. Until then nothing changes.")
    columns = (
        Column("label", _("Subject"), kind="link", second="kind_word", fill=True, phone="main"),
        Column("proposed_by", _("Proposed by"), foot=True),
        Column("proposed_at", _("Proposed"), kind="date", sort="proposed_at", foot=True),
        Column("badge", _("State"), kind="badge", sort="state", phone="end"),
    )
    default_sort = "-proposed_at"
    search = ("label__icontains", "reason__icontains")
    presets = (
        Preset("mine", _("Waiting for me"), _for_me),
        Preset("waiting", _("Waiting"), lambda _user: Q(state=ChangeState.PROPOSED)),
        Preset("own", _("Proposed by me"), lambda user: Q(proposed_by=user)),
        Preset("all", _("All")),
    )
    empty_text = _("Nothing waits. A change is proposed from the page of the row itself.")

    def allowed(self) -> bool:
        return may_see_changes(self.request.user)

    def queryset(self) -> QuerySet[Change]:
        return Change.objects.visible_to(self.request.user).select_related("proposed_by")

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            row.badge = BADGES[ChangeState(row.state)]
            row.kind_word = str(apps.get_model(row.model)._meta.verbose_name)
        return page
