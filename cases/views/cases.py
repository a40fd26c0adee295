"""One case: its page with tabs, and its moves."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.requests import SignedInRequest
from cases import policies
from cases.forms.moves import CASE_DOORS
from cases.models import Case
from cases.selectors.gates import closing_gates, decision_gates
from cases.views.casepage import case_page
from cases.workflow import CASES
from pages.asking import Question, ask, refuse_unless_offered
from pages.parts import Crumb

GATES = {"prepare": closing_gates, "decide": decision_gates, "close": closing_gates}


def visible_case(request: SignedInRequest, number: str) -> Case:
    """The case with its people and participants, or 404 for whoever may not see it."""
    visible = Case.objects.visible_to(request.user).with_people().with_participants()
    case: Case = get_object_or_404(visible.select_related("handover_to"), number=number)
    return case


@login_required
def detail(request: SignedInRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    return case_page(request, case, request.GET.get("tab", "timeline"))


@login_required
def move(request: SignedInRequest, number: str, verb: str) -> HttpResponse:
    case = visible_case(request, number)
    if verb not in CASE_DOORS:
        raise Http404
    refuse_unless_offered(CASES, verb, case, request.user)
    step, door = CASES.moves[verb], CASE_DOORS[verb]
    form = door.form(request.POST or None, subject=case, user=request.user)
    if request.method == "POST":
        form.is_bound = True
    gates = GATES[verb](case) if verb in GATES else []
    return ask(
        request,
        form,
        question_of(case, step.label, gates=gates, danger=step.tone == "danger"),
        lambda given: door.act(case, request.user, given),
        _("Done: %(what)s.") % {"what": step.label},
    )


def question_of(case: Case, title: Any, **more: Any) -> Question:
    """A question about a case, with the way back to it."""
    crumbs = [
        Crumb(_("Cases"), reverse("cases:list")),
        Crumb(case.number, case.get_absolute_url()),
    ]
    about = f"{case.number}: {case.title}"
    return Question(
        title=title,
        about=about,
        back=case.get_absolute_url(),
        path=crumbs,
        template="cases/ask.html",
        **more,
    )


@login_required
def citing(request: SignedInRequest, kind: str, code: str) -> HttpResponse:
    """For a page of the law: the open cases, among those the person sees, that cite the rule."""
    if not policies.may_see_cases(request.user):
        raise Http404
    cited = Q(citations__norm__code=code)
    if kind == "act":  # its norms are of it
        cited = Q(citations__act__code=code) | Q(citations__norm__act__code=code)
    seen = Case.objects.visible_to(request.user).under_way()
    found = seen.filter(cited, citations__withdrawn_at__isnull=True).distinct()
    return render(request, "cases/parts/citing.html", {"cases": found.order_by("number")[:50]})
