"""The history of imports."""

from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intake.catalogue import KINDS
from intake.choices import BUSY, ImportState
from intake.models import ImportBatch
from intake.policies import kinds_to_bring, may_see_imports
from intake.wording import state_badge
from pages.badges import Badge
from pages.lists import Column, ListPage, Preset
from pages.parts import Act


class ImportFilter(django_filters.FilterSet):
    """Kind, state, when it was sent."""

    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=())
    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=ImportState.choices)
    uploaded_at = django_filters.DateFromToRangeFilter(label=_("Sent"))

    class Meta:
        model = ImportBatch
        fields = ["kind", "state", "uploaded_at"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        # Words in the reader's language, so not before there is a reader.
        self.filters["kind"].extra["choices"] = KINDS.choices()


@dataclass(frozen=True)
class ImportRow:
    """A file as the list tells it."""

    batch: ImportBatch

    def __getattr__(self, name: str) -> Any:
        return getattr(self.batch, name)

    @property
    def badge(self) -> Badge:
        return state_badge(self.batch.state)

    @property
    def kind_word(self) -> str:
        slug = self.batch.kind
        return str(KINDS.get(slug).title) if slug in KINDS else slug

    @property
    def sender(self) -> str:
        return self.batch.uploaded_by.full_name if self.batch.uploaded_by else ""


class ImportList(ListPage):
    """Every file that was brought in."""

    title = _("Imports")
    noun = _("imports")
    lead = _("A file is checked first; nothing is written before somebody has seen what it does.")
    columns = (
        Column("file_name", _("File"), kind="link", second="kind_word", fill=True, phone="main"),
        Column("sender", _("Sent by"), foot=True),
        Column("uploaded_at", _("Sent"), kind="moment", sort="uploaded_at", foot=True),
        Column("rows", _("Rows"), kind="number", sort="rows", foot=True),
        Column("new", _("New"), kind="number", sort="new"),
        Column("changed", _("Changed"), kind="number", sort="changed"),
        Column("rejected", _("Refused"), kind="number", sort="rejected"),
        Column("badge", _("State"), kind="badge", sort="state", phone="end"),
    )
    default_sort = "-pk"
    search = ("file_name__icontains", "sha256__startswith", "act_reference__icontains")
    search_hint = _("File name, hash or act")
    filterset_class = ImportFilter
    presets = (
        Preset("all", _("All")),
        Preset("open", _("To decide"), lambda _user: Q(state=ImportState.CHECKED)),
        Preset("busy", _("At work"), lambda _user: Q(state__in=BUSY)),
        Preset("mine", _("Mine"), lambda user: Q(uploaded_by=user)),
    )
    empty_text = _("Bring the first file in: choose its kind, and look at the sample beside it.")

    def allowed(self) -> bool:
        return may_see_imports(self.request.user)

    def queryset(self) -> QuerySet[ImportBatch]:
        rows = ImportBatch.objects.visible_to(self.request.user)
        return rows.select_related("uploaded_by")

    def rows(self, page: list[Any]) -> list[Any]:
        return [ImportRow(batch) for batch in page]

    def acts(self) -> list[Act]:
        if not kinds_to_bring(self.request.user):
            return []
        label = _("Bring a file in")
        return [Act(label, reverse("imports:upload"), icon="upload", primary=True, key="n")]
