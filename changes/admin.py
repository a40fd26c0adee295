"""Changes in the admin: shown only; and the mixin that makes a guarded model propose."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from changes import guarded
from changes.actions import propose_change
from changes.models import Change
from common.errors import PortalError


class ProposesChanges(ModelAdmin):
    """Saving a row proposes the guarded values instead of writing them.

    A new row, and guarded fields of an old one, wait for a second person; what is not guarded is
    saved by ``save_open``. The reason is asked in a field of the form named ``change_reason``
    where the form has one, else it is the words of the change itself.
    """

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        rules = guarded.of(obj._meta.label_lower)
        names = [name for name in form.changed_data if name in form.cleaned_data]
        waiting = names if not change else [name for name in names if name in rules.fields]
        row = type(obj)._base_manager.get(pk=obj.pk) if change else None
        if waiting:
            asked = waiting if row else list(form.cleaned_data)
            values = {n: form.cleaned_data[n] for n in asked if self._is_column(obj, n)}
            self._propose(request, rules, row, values, form)
        for name in waiting if row else ():
            setattr(obj, name, getattr(row, name))
        if row is not None and set(names) - set(waiting):
            self.save_open(request, obj, form)

    def _is_column(self, obj: Any, name: str) -> bool:
        return name in {field.name for field in obj._meta.concrete_fields}

    def _propose(
        self, request: HttpRequest, rules: guarded.Guarded, row: Any, values: Any, form: Any
    ) -> None:
        reason = form.cleaned_data.get("change_reason") or _("Entered in the administration.")
        try:
            made = propose_change(
                model=rules.model, row=row, values=values, reason=reason, actor=request.user
            )
        except PortalError as refusal:
            messages.error(request, str(refusal))
            return
        link = format_html('<a href="{}">{}</a>', made.get_absolute_url(), made)
        told = _("Proposed; a second person must approve it: %(change)s")
        messages.success(request, format_html(told.replace("%(change)s", "{}"), link))

    def save_open(self, request: HttpRequest, obj: Any, form: Any) -> None:
        """Saves what is not guarded."""
        super().save_model(request, obj, form, True)  # noqa: FBT003 - Django's signature

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        if form.instance.pk:
            super().save_related(request, form, formsets, change)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """A row that only waits is not in the table yet, so Django's own log stays silent."""
        return super().log_addition(request, obj, message) if obj.pk else None

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> Any:
        if obj.pk:
            return super().response_add(request, obj, post_url_continue)
        return self.response_post_save_add(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        return self.response_post_save_change(request, obj)


@admin.register(Change)
class ChangeAdmin(ModelAdmin):
    list_display = ["label", "model", "state", "proposed_by", "proposed_at", "decided_by"]
    list_filter = ["state", "model"]
    search_fields = ["label", "reason"]
    list_select_related = ["proposed_by", "decided_by"]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return bool(request.user.is_staff)
