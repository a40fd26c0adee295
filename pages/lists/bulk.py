"""Acts on many rows: what was picked, or everything that the query found, re-counted first."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.errors import PortalError, Refused
from pages.wording import number

BULK_LIMIT = 2000


class ReasonForm(forms.Form):
    """Asks for one reason that is recorded with every row."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


@dataclass(frozen=True, slots=True)
class BulkAct:
    """A button of the bulk bar; `form` asks for what the act needs, in a dialog.

    The list page has a method `bulk_<key>(rows, answers) -> str`. Asking first is told by the
    ellipsis at the end of the label.
    """

    key: str
    label: str | Promise
    form: type[forms.Form] | None = None
    allowed: Callable[[Any], bool] | None = None
    minor: bool = False
    danger: bool = False

    @property
    def dialog(self) -> str:
        """The id of its dialog."""
        return f"ask-{self.key}"

    def blank(self) -> forms.Form | None:
        """The empty form of its dialog."""
        if self.form is None:
            return None
        # One HTML form holds all dialogs: a required field of a closed one would block the others.
        return self.form(prefix=self.key, use_required_attribute=False)


def picked(request: HttpRequest, everything: QuerySet[Any]) -> QuerySet[Any]:
    """The rows that the post means. Refused when the list is no longer what the person saw."""
    promised = request.POST.get("all", "")
    if not promised:
        keys = _keys(request.POST.getlist("pick"), everything.model._meta.pk)
        if not keys:
            raise Refused(_("Nothing is picked. Tick at least one row."))
        return everything.filter(pk__in=keys)
    count = everything.count()
    if str(count) != promised:
        raise Refused(
            _("The list has changed: there are now %(count)s rows. Nothing was done; look again.")
            % {"count": number(count)}
        )
    if count > BULK_LIMIT:
        raise Refused(
            _("At most %(limit)s rows at once. Narrow the list with a filter.")
            % {"limit": number(BULK_LIMIT)}
        )
    return everything


def _keys(given: Sequence[str], key: Any) -> list[Any]:
    """Those of the given texts that can be keys of the model."""
    kept = []
    for text in given:
        with suppress(ValidationError):
            kept.append(key.to_python(text))
    return kept


def each(rows: Sequence[Model], act: Callable[[Any], object], done: Callable[[int], str]) -> str:
    """Run `act` on every row, each in its own savepoint; tell how many went and why others not."""
    made, refusals = 0, list[str]()
    for row in rows:
        try:
            with transaction.atomic():
                act(row)
            made += 1
        except PortalError as refusal:
            refusals.append(f"{row}: {refusal}")
    if not refusals:
        return done(made)
    left = ngettext("%(count)s was not:", "%(count)s were not:", len(refusals)) % {
        "count": number(len(refusals))
    }
    return f"{done(made)} {left} {'; '.join(refusals[:5])}"
