"""The list page itself: a class-based view that a subclass only describes."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from common import clock
from common.errors import PortalError, Refused
from journal.actions import record
from pages.lists import bulk, keeping
from pages.lists.bulk import BulkAct
from pages.lists.columns import Column, follow
from pages.lists.export import FORMS, answer, export
from pages.lists.filters import PAGING, address, chips, misfits
from pages.lists.limits import seconds_to_wait, too_many_files
from pages.lists.mine import KEEPING, KeepsChoices
from pages.lists.paging import page_of
from pages.lists.showing import Line, head_of, order_of, pager_of
from pages.lists.views import Preset, count_all, told_count
from pages.parts import Act

if TYPE_CHECKING:
    from django import forms

Text = str | Promise


class ListPage(KeepsChoices, AccessMixin, View):
    """A list of one model. See pages/README.md for what a subclass says."""

    title: ClassVar[Text]
    noun: ClassVar[Text] = gettext_lazy("rows")
    lead: ClassVar[Text] = ""
    columns: ClassVar[Sequence[Column]]
    search: ClassVar[Sequence[str]] = ()
    search_hint: ClassVar[Text] = gettext_lazy("Search this list")
    filterset_class: ClassVar[Any] = None
    presets: ClassVar[Sequence[Preset]] = ()
    bulk: ClassVar[Sequence[BulkAct]] = ()
    default_sort: ClassVar[str | Sequence[str]] = "-pk"
    sort_word: ClassVar[Text] = ""
    page_size: ClassVar[int] = 25
    kw_path: ClassVar[str] = ""
    open_first: ClassVar[bool] = False
    empty_text: ClassVar[Text] = ""
    empty_act: ClassVar[Act | None] = None
    template_name: ClassVar[str] = "components/list_page.html"
    public: ClassVar[bool] = False

    # ── What a subclass says ────────────────────────────────────────────────

    def allowed(self) -> bool:
        """May this person see the list at all? A policy's answer."""
        return True

    def may_export(self) -> bool:
        """May this person take the list away as a file? A policy's answer."""
        return self.request.user.is_authenticated

    def queryset(self) -> QuerySet[Any]:
        """The rows this person may see, with what the cells need."""
        raise NotImplementedError

    def rows(self, page: list[Any]) -> Sequence[Any]:
        """Enrich the rows of one page (keep `pk`)."""
        return page

    def preview_url(self, row: Any) -> str:
        """The drawer's fragment of a row; empty = the list has no drawer."""
        return ""

    def acts(self) -> list[Act]:
        """Buttons of the page head."""
        return []

    def searched(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """Every word must be found by one of the `search` lookups."""
        for word in text.split()[:8]:
            anywhere = Q()
            for lookup in self.search:
                anywhere |= Q(**{lookup: word})
            rows = rows.filter(anywhere)
        return rows

    def extra(self) -> dict[str, Any]:
        """More context for a template of its own."""
        return {}

    def each(
        self, rows: Sequence[Model], act: Callable[[Any], object], done: Callable[[int], str]
    ) -> str:
        """`bulk.each`: one savepoint a row, refusals collected into the sentence."""
        return bulk.each(rows, act, done)

    # ── The answer ──────────────────────────────────────────────────────────

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.public and not request.user.is_authenticated:
            return self.handle_no_permission()
        if not self.allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        first = self.first_view(request.GET)
        if first is not None:
            return HttpResponseRedirect(f"{request.path}{first.address}")
        # A HEAD, such as a link checker's, takes no file away, so it is not journalled as one.
        if request.method == "GET" and request.GET.get("export") in FORMS:
            return self.file(request.GET["export"])
        partial = request.headers.get("HX-Target") == "list"
        template = "components/list.html" if partial else self.template_name
        response = render(request, template, self.context(request.GET))
        patch_vary_headers(response, ["HX-Target"])
        return response

    def file(self, form: str) -> HttpResponseBase:
        """The list as CSV or XLSX, of exactly what it shows; who took it is journalled."""
        if not self.may_export():
            raise PermissionDenied
        wait = seconds_to_wait(self.request)
        if wait:
            return too_many_files(self.request, wait)
        query = self.request.GET
        columns = self.columns_of(query)
        try:
            file, count = export(self.found(query), columns, self.enriched, self.request, form)
        except PortalError as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(address(query, without=("export",)))
        shown = keeping.without_numbers(query)
        facts = {"list": self.key, "query": shown, "rows": count, "form": form}
        record("pages.list.export", None, actor=self.request.user, facts=facts)
        return answer(
            file,
            f"{slugify(str(self.title), allow_unicode=True) or 'list'}-{clock.today().isoformat()}",
            form,
        )

    def enriched(self, page: list[Any]) -> Sequence[Any]:
        """The rows of one page with what their cells need."""
        return self.rows(page)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A bulk act on what was picked, or on everything that the posted query finds.

        Or what the person keeps of the list: columns, a view under a name, a view forgotten.
        """
        query = QueryDict(request.POST.get("query", ""), mutable=True)
        keep = KEEPING.get(request.POST.get("keep", ""))
        try:
            told = getattr(self, keep)(query) if keep else self.act_on_many(query)
        except PortalError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, told)
        return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")

    def act_on_many(self, query: QueryDict) -> str:
        """Find the act, check its form, run `bulk_<key>`; the sentence to show."""
        act = next((one for one in self.offered if one.key == self.request.POST.get("act")), None)
        if act is None:
            raise PermissionDenied
        answers = self._answers(act)
        rows = list(bulk.picked(self.request, self.found(query)))
        told: str = getattr(self, f"bulk_{act.key}")(rows, answers)
        return told

    def _answers(self, act: BulkAct) -> dict[str, Any]:
        if act.form is None:
            return {}
        form: forms.Form = act.form(self.request.POST, prefix=act.key)
        if not form.is_valid():
            wrong = "; ".join(str(error) for errors in form.errors.values() for error in errors)
            raise Refused(_("Nothing was done: %(why)s") % {"why": wrong})
        return form.cleaned_data

    @cached_property
    def offered(self) -> list[BulkAct]:
        """The bulk acts of this person."""
        user = self.request.user
        return [act for act in self.bulk if act.allowed is None or act.allowed(user)]

    # ── From the address to the rows ────────────────────────────────────────

    @cached_property
    def everything(self) -> QuerySet[Any]:
        """`queryset()`, asked once."""
        return self.queryset()

    def preset(self, query: QueryDict) -> Preset | None:
        """The saved view of the address; the first one when it names none."""
        named = query.get("view")
        chosen = next((one for one in self.presets if one.key == named), None)
        return chosen or (self.presets[0] if self.presets else None)

    def filterset(self, query: QueryDict, rows: QuerySet[Any]) -> Any:
        """The bound FilterSet, or None."""
        if self.filterset_class is None:
            return None
        return self.filterset_class(query, queryset=rows, request=self.request)

    def narrowed(self, query: QueryDict, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Filters and search of the address applied to `rows`."""
        filterset = self.filterset(query, rows)
        if filterset is not None:
            # Without the filter an act or a file would reach more rows than the person meant.
            rows = filterset.qs if filterset.is_valid() else rows.none()
        text = query.get("q", "").strip()
        return self.searched(rows, text) if text else rows

    def found(self, query: QueryDict) -> QuerySet[Any]:
        """All rows that the address means, in its order."""
        preset = self.preset(query)
        rows = preset.keep(self.everything, self.request.user) if preset else self.everything
        return self.narrowed(query, rows).order_by(*self.order(query))

    def order(self, query: QueryDict) -> list[Any]:
        """`order_by` terms of the address; the key at the end makes pages exact."""
        return order_of(self.columns, query.get("sort", ""), self.default_sort)

    # ── From the rows to the page ───────────────────────────────────────────

    def context(self, query: QueryDict) -> dict[str, Any]:
        """Everything that components/list_page.html shows."""
        found = self.found(query)
        order = self.order(query)
        page = page_of(found, self.everything, order, query, self.page_size)
        columns = self.columns_of(query)
        rows = self.rows(page.rows)
        counts = self.counts(query, found)
        default = self.default_sort if isinstance(self.default_sort, str) else ""
        total = counts[""]
        filterset = self.filterset(query, self.everything)
        applied = chips(filterset, query)
        unfit = misfits(filterset)
        return {
            "list": self,
            "heads": [head_of(column, query, default) for column in columns],
            "lines": [self.line(row, columns) for row in rows],
            "tabs": self.tabs(query, counts),
            "chips": applied,
            "text": query.get("q", ""),
            "narrow": bool(applied or unfit or query.get("q")),
            "clear_url": f"?{urlencode({'view': query.get('view', '')})}",
            "panel": self.panel(query),
            "kept": [(key, one) for key in ("view", "sort") if (one := query.get(key))],
            "total": total,
            "total_told": told_count(total),
            "exact": total <= bulk.BULK_LIMIT,
            "pager": pager_of(query, page, self.page_size),
            "strange": self.strange(query),
            "unfit": unfit,
            "choice": self.choice(columns),
            "views": self.named,
            "first": self.opens_first,
            "may_export": self.may_export() and not self.public,
            "csv_url": address(query, export="csv"),
            "xlsx_url": address(query, export="xlsx"),
            "query": query.urlencode(),
            "dialogs": [(act, act.blank()) for act in self.offered if act.form],
            "main_acts": [act for act in self.offered if not act.minor],
            "more_acts": [act for act in self.offered if act.minor],
            "head_acts": self.acts(),
            "drawer": bool(rows) and bool(self.preview_url(rows[0])),
            "columns_count": len(columns) + bool(self.offered) + 1,
        } | self.extra()

    def counts(self, query: QueryDict, found: QuerySet[Any]) -> dict[str, int]:
        """Of this page and of every view, in one query."""
        user = self.request.user
        views = {one.key: one.keep(self.everything, user) for one in self.presets}
        saved = {str(one.pk): self.found(QueryDict(one.query)) for one in self.tabbed(query)}
        return count_all({"": found, **views, **saved})

    def strange(self, query: QueryDict) -> list[str]:
        """Parameters that no filter of this list knows: a saved view may name one that is gone."""
        known = {"view", "q", "sort", "saved", "export", *PAGING}
        for name in getattr(self.filterset_class, "base_filters", {}):
            known |= {name, *(f"{name}_{end}" for end in ("min", "max", "after", "before"))}
        if query.get("view") and query["view"] not in {one.key for one in self.presets}:
            known.discard("view")
        if query.get("saved") and self.opened(query) is None:
            known.discard("saved")
        return sorted(set(query) - known)

    def choice(self, columns: list[Column]) -> list[tuple[Column, int]]:
        """Every column with its place, 0 for one that is not shown; shown ones first."""
        rest = [column for column in self.columns if column not in columns]
        return [
            *((one, place) for place, one in enumerate(columns, 1)),
            *((one, 0) for one in rest),
        ]

    def line(self, row: Any, columns: list[Column]) -> Line:
        """A row in words."""
        weight = follow(row, self.kw_path) if self.kw_path else None
        return Line(
            pk=str(row.pk),
            name=str(row),
            cells=[(column, column.cell(row, self.request)) for column in columns],
            foot=[column.told_alone(row) for column in columns if column.foot],
            preview=self.preview_url(row),
            kw="" if weight is None else f"{weight:.3f}",
        )

    def panel(self, query: QueryDict) -> Any:
        """The filter form of the panel, or None."""
        filterset = self.filterset(query, self.everything)
        return None if filterset is None else filterset.form

    @property
    def empty(self) -> dict[str, Text]:
        """What an empty list says when no filter explains it."""
        return {"title": _("No %(noun)s") % {"noun": self.noun}, "text": self.empty_text}
