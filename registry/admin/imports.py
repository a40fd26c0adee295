"""Files brought in: upload, look at every problem and every change, then apply or discard."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from common.errors import BadFile, PortalError
from common.sheets import XLSX_TYPE
from registry import actions
from registry.admin.entries import ShownOnly
from registry.choices import ImportState
from registry.forms import UploadForm
from registry.imports.plans import from_json
from registry.models import ImportBatch
from registry.policies import may_import
from registry.selectors.error_files import error_file
from registry.wording import NOTICES, problem_words

SHOWN = 2000  # problems and changes on the page; the error file has them all
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX_TYPE}


@admin.register(ImportBatch)
class ImportBatchAdmin(ShownOnly):
    list_display = [
        "file_name", "kind", "state", "rows", "new", "same", "changed", "rejected",
        "uploaded_by", "uploaded_at", "applied_at",
    ]  # fmt: skip
    list_filter = ["state", "kind"]
    search_fields = ["file_name", "sha256", "act_reference"]
    list_select_related = ["uploaded_by"]
    date_hierarchy = "uploaded_at"
    fields = readonly_fields = [
        "file_name", "state", "told_counts", "told_notices", "told_problems", "told_changes",
        "act_reference", "act_date", "sha256", "size", "uploaded_by", "uploaded_at",
        "applied_by", "applied_at", "partial",
    ]  # fmt: skip
    actions_detail = ["apply_all", "apply_good_rows", "discard", "errors_csv", "errors_xlsx"]

    def has_add_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return may_import(request.user)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The upload; the result is the page of the batch, nothing is written yet."""
        if not may_import(request.user):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid() and (batch := _check(request, form)):
            return redirect("admin:registry_importbatch_change", batch.pk)
        return self._page(request, form, _("Bring a file in"), _("Check the file"))

    @display(description=_("Rows"))
    def told_counts(self, batch: ImportBatch) -> str:
        return gettext(
            "%(rows)d in the file: %(new)d new, %(same)d the same, %(changed)d changed, "
            "%(rejected)d refused"
        ) % {
            "rows": batch.rows,
            "new": batch.new,
            "same": batch.same,
            "changed": batch.changed,
            "rejected": batch.rejected,
        }

    @display(description=_("Notices"))
    def told_notices(self, batch: ImportBatch) -> str:
        return " ".join(str(NOTICES.get(code, code)) for code in batch.notices) or "–"

    @display(description=_("Problems"))
    def told_problems(self, batch: ImportBatch) -> SafeString | str:
        problems = from_json(batch.problems[:SHOWN])
        rows = ((p.row or "", p.column, p.value, problem_words(p)) for p in problems)
        heads = (_("Row"), _("Column"), _("Value"), _("What to mend"))
        return _table(heads, list(rows), len(batch.problems))

    @display(description=_("Changes"))
    def told_changes(self, batch: ImportBatch) -> SafeString | str:
        rows = [
            (change["row"], change["number"], column, f"{before} → {after}")
            for change in batch.changes[:SHOWN]
            for column, (before, after) in change["fields"].items()
        ]
        return _table((_("Row"), _("Number"), _("Column"), _("Change")), rows, len(rows))

    @action(description=_("Apply the file"), url_path="apply")
    def apply_all(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Writes the whole file; refused while a row is refused."""
        return self._confirm(
            request, object_id, _("Apply the file"), lambda batch: _apply(request, batch)
        )

    @action(description=_("Apply without the refused rows"), url_path="apply-good")
    def apply_good_rows(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Writes the good rows; the refused ones stay in the error file."""
        return self._confirm(
            request,
            object_id,
            _("Apply without the refused rows"),
            lambda batch: _apply(request, batch, partial=True),
        )

    @action(description=_("Discard the file"), url_path="discard")
    def discard(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Puts the file aside."""
        return self._confirm(
            request,
            object_id,
            _("Discard the file"),
            lambda batch: actions.discard_batch(batch=batch, actor=request.user),
        )

    @action(description=_("Refused rows, CSV"), url_path="errors-csv")
    def errors_csv(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The refused rows with what to mend; it can be mended and sent again."""
        return _errors(request, object_id, "csv")

    @action(description=_("Refused rows, XLSX"), url_path="errors-xlsx")
    def errors_xlsx(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """See ``errors_csv``."""
        return _errors(request, object_id, "xlsx")

    def _confirm(
        self,
        request: HttpRequest,
        object_id: str,
        title: Any,
        act: Callable[[ImportBatch], object],
    ) -> HttpResponse:
        batch = _visible(request, object_id)
        if request.method != "POST":
            return self._page(request, None, title, title, str(self.told_counts(batch)))
        try:
            act(batch)
        except PortalError as refusal:
            messages.error(request, str(refusal))
        return redirect("admin:registry_importbatch_change", batch.pk)

    def _page(
        self, request: HttpRequest, form: Any, title: Any, button: Any, text: str = ""
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "form": form,
            "title": title,
            "button": button,
            "text": text,
        }
        return render(request, "admin/registry/ask.html", context)


def _visible(request: HttpRequest, object_id: str) -> ImportBatch:
    if not may_import(request.user):
        raise PermissionDenied
    rows = ImportBatch.objects.visible_to(request.user)
    found: ImportBatch = get_object_or_404(rows, pk=object_id)
    return found


def _check(request: HttpRequest, form: UploadForm) -> ImportBatch | None:
    given = form.cleaned_data
    try:
        return actions.check_file(
            name=given["file"].name,
            content=given["file"].read(),
            actor=request.user,
            act_reference=given["act_reference"],
            act_date=given["act_date"],
        )
    except PortalError as refusal:
        form.add_error(None, str(refusal))
        return None


def _apply(request: HttpRequest, batch: ImportBatch, *, partial: bool = False) -> None:
    actions.apply_batch(batch=batch, actor=request.user, partial=partial)
    written = batch.new + batch.changed
    text = ngettext("%(n)d row was written.", "%(n)d rows were written.", written)
    messages.success(request, text % {"n": written})


def _errors(request: HttpRequest, object_id: str, form: str) -> HttpResponse:
    batch = _visible(request, object_id)
    if batch.state == ImportState.UNREADABLE or not batch.problems:
        messages.info(request, gettext("No row is refused, so there is no error file."))
        return redirect("admin:registry_importbatch_change", batch.pk)
    with batch.file.open("rb") as file:
        content = file.read()
    try:
        answer = error_file(batch.file_name, content, from_json(batch.problems), form)
    except BadFile:
        messages.error(request, gettext("The file can no longer be read."))
        return redirect("admin:registry_importbatch_change", batch.pk)
    name = f"refused-{batch.pk}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(answer, content_type=TYPES[form], headers=headers)


def _table(heads: tuple[Any, ...], rows: list[tuple[Any, ...]], total: int) -> SafeString | str:
    if not rows:
        return "–"
    cell = '<td class="px-4 py-2">{}</td>'
    head = format_html_join("", '<th class="px-4 py-2 text-left">{}</th>', ((h,) for h in heads))
    body = format_html_join("", f"<tr>{cell * 4}</tr>", rows)
    more = ""
    if total > SHOWN:
        more = gettext("The first %(n)d are shown; the error file has all.") % {"n": SHOWN}
    return format_html(
        "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>{}", head, body, more
    )
