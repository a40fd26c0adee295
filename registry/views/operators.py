"""An operator's page, today or as of a day, and the published lists."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.clock import today
from journal.selectors import history_of
from pages.parts import Crumb
from registry import actions
from registry.forms import AsOfForm
from registry.models import OfficialList, Operator
from registry.policies import may_correct, may_see_iin, prepares_mark_decisions
from registry.selectors.official import difference, previous
from registry.selectors.operators import facts_on, operator_on


@login_required
@require_safe
def operator(request: HttpRequest, pk: int) -> HttpResponse:
    """One operator; that personal data was read is recorded."""
    found = get_object_or_404(Operator.objects.visible_to(request.user), pk=pk)
    form = AsOfForm(request.GET)
    on = (form.cleaned_data["on"] if form.is_valid() else None) or today()
    view = operator_on(found, on, request.user)
    if view.shows_people and view.has_personal:
        actions.record_reading(operator=found, actor=request.user)
    context = {
        "view": view,
        "operator": found,
        "title": view.name,
        "path": [
            Crumb(_("Registry"), reverse("registry:list")),
            Crumb(_("Operators"), reverse("registry:operators")),
        ],
        "facts": facts_on(view),
        "is_today": on == today(),
        "may_correct": may_correct(request.user),
        "may_lift": on == today() and view.may_lose_mark and prepares_mark_decisions(request.user),
        "events": history_of(found, limit=50),
    }
    return render(request, "registry/operator.html", context)


@login_required
@require_safe
def official(request: HttpRequest, pk: int) -> HttpResponse:
    """One list beside another of its kind, the one before it unless ``?against=`` names one."""
    rows = OfficialList.objects.visible_to(request.user)
    later = get_object_or_404(rows, pk=pk)
    others = rows.filter(kind=later.kind).exclude(pk=later.pk)
    chosen = request.GET.get("against", "")
    earlier = others.filter(pk=chosen).first() if chosen.isdigit() else previous(later)
    if earlier and earlier.day > later.day:
        earlier, later = later, earlier
    context: dict[str, Any] = {
        "later": later,
        "earlier": earlier,
        "others": others,
        "difference": difference(earlier, later) if earlier else None,
        "lines": later.entries.order_by("number"),
        "reads_iin": may_see_iin(request.user),
        "title": str(later),
        "path": [
            Crumb(_("Registry"), reverse("registry:list")),
            Crumb(_("Official lists"), reverse("registry:official_lists")),
        ],
    }
    return render(request, "registry/official.html", context)
