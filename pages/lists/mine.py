"""What a person keeps of a list, on its page: columns, views and whom they are shared with."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from pages.lists import keeping
from pages.lists.columns import Column
from pages.lists.views import Preset, Tab, told_count
from pages.models import KeptList

KEEPING = {
    "columns": "keep_columns",
    "view": "keep_view",
    "views": "change_views",
    "forget": "forget_view",
}


class KeepsChoices:
    """The part of a list page that remembers what its readers chose."""

    if TYPE_CHECKING:
        request: HttpRequest
        public: ClassVar[bool]
        columns: ClassVar[Sequence[Column]]
        presets: ClassVar[Sequence[Preset]]

        def preset(self, query: QueryDict) -> Preset | None: ...

    @property
    def key(self) -> str:
        """The list's name in what is kept: "registry.RegistrationList"."""
        return f"{type(self).__module__.partition('.')[0]}.{type(self).__name__}"

    @cached_property
    def kept(self) -> list[KeptList]:
        """The person's choice and the views that the person sees, in one query."""
        return [] if self.public else keeping.kept_for(self.key, self.request.user)

    @cached_property
    def named(self) -> list[KeptList]:
        """The views, one's own first."""
        mine = self.request.user.pk
        return sorted((one for one in self.kept if one.name), key=lambda one: one.owner_id != mine)

    @property
    def own_choice(self) -> KeptList | None:
        """The person's columns and first view, if any were chosen."""
        mine = self.request.user.pk
        return next((one for one in self.kept if not one.name and one.owner_id == mine), None)

    @property
    def opens_first(self) -> KeptList | None:
        """The view that the person chose to begin with, while it is still seen."""
        chosen = self.own_choice.opens_id if self.own_choice else None
        return next((one for one in self.named if one.pk == chosen), None)

    def first_view(self, query: QueryDict) -> KeptList | None:
        """Where an address without any state leads; every state, even an empty view, is kept."""
        return None if query else self.opens_first

    def columns_of(self, query: QueryDict) -> list[Column]:
        """The columns shown: of the saved view that is open, else the person's own choice."""
        opened = self.opened(query) or self.own_choice
        return keeping.chosen(self.columns, opened.columns if opened else ())

    def opened(self, query: QueryDict) -> KeptList | None:
        """The saved view that the address names, if the person sees it."""
        named = query.get("saved", "")
        return next((one for one in self.named if str(one.pk) == named), None)

    def tabbed(self, query: QueryDict) -> list[KeptList]:
        """Views with a tab and a count: one's own, some of others, and the one that is open."""
        mine, opened = self.request.user.pk, self.opened(query)
        others = [one for one in self.named if one.owner_id != mine]
        left_out = {one.pk for one in others[keeping.MOST_SHARED :]}
        return [one for one in self.named if one == opened or one.pk not in left_out]

    def tabs(self, query: QueryDict, counts: Mapping[str, int]) -> list[Tab]:
        """The saved views with their counters."""
        opened, mine = self.opened(query), self.request.user.pk
        current = None if opened else self.preset(query)
        presets = [
            Tab(
                one.label,
                f"?view={one.key}",
                told_count(counts[one.key]),
                one == current,
                one.shared,
            )
            for one in self.presets
        ]
        saved = [
            Tab(
                one.name if one.owner_id == mine else f"{one.name} · {one.owner}",
                one.address,
                told_count(counts[str(one.pk)]),
                one == opened,
                one.shared,
            )
            for one in self.tabbed(query)
        ]
        if saved and not presets:
            presets = [Tab(_("Whole list"), "?view=", "", opened is None, shared=False)]
        return presets + saved

    # ── Posted ──────────────────────────────────────────────────────────────

    def keep_columns(self, query: QueryDict) -> str:
        """Ticked columns by their places; "as delivered" forgets the choice."""
        reset = self.request.POST.get("reset")
        keys = [] if reset else keeping.keys_of(self.request.POST, self.columns)
        keeping.keep_columns(page=self.key, keys=keys, actor=self.request.user)
        query.pop("saved", None)  # an open view brings its own columns and would hide the choice
        if not query:
            query["view"] = ""  # else the view that opens first would hide it
        return _("The columns are kept for you.")

    def keep_view(self, query: QueryDict) -> str:
        """The present state of the list under a name."""
        posted = self.request.POST
        view = keeping.save_view(
            page=self.key, name=posted.get("name", ""), query=query.urlencode(),
            keys=[column.key for column in self.columns_of(query)],
            audience=posted.get("share", ""), actor=self.request.user,
        )  # fmt: skip
        return _("The view “%(name)s” is kept.") % {"name": view.name}

    def change_views(self, query: QueryDict) -> str:
        """Names and audiences of one's own views, and which view opens first."""
        posted, user = self.request.POST, self.request.user
        if posted.get("view"):
            return self.forget_view(query)
        for view in self.named:
            if view.owner_id == user.pk and f"name-{view.pk}" in posted:
                keeping.change_view(
                    view=view, name=posted[f"name-{view.pk}"],
                    audience=posted.get(f"share-{view.pk}", ""), actor=user,
                )  # fmt: skip
        first = next((one for one in self.named if str(one.pk) == posted.get("first")), None)
        keeping.open_first(page=self.key, view=first, actor=user)
        return _("The views are as you set them.")

    def forget_view(self, query: QueryDict) -> str:
        """An own view goes; nobody's rows do."""
        named = self.request.POST.get("view", "")
        view = next((one for one in self.named if str(one.pk) == named), None)
        if view is None:
            raise PermissionDenied
        if query.get("saved") == named:
            query.pop("saved")
        keeping.forget_view(view=view, actor=self.request.user)
        return _("The view “%(name)s” is forgotten.") % {"name": view.name}
