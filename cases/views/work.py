"""Writing on a case: notes, tasks, opinions, evidence, access."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from cases import actions, policies
from cases.forms.citing import UnciteForm
from cases.forms.work import EditForm, EndForm, OpinionForm, ResultForm
from cases.models import Case, Citation, Comment, OpinionRequest, Participation, Task
from cases.views.casepage import ADDING, case_page
from cases.views.cases import question_of, visible_case
from common.errors import NotAllowed
from pages.asking import ask, carried_out

WHERE = {
    "comment": "timeline",
    "task": "tasks",
    "evidence": "evidence",
    "ground": "grounds",
    "inform": "access",
}
ADD: dict[str, Callable[..., object]] = {
    "comment": actions.comment,
    "task": actions.add_task,
    "evidence": actions.add_evidence,
    "ground": actions.cite,
    "inform": actions.inform_body,
}


@login_required
@require_POST
def add(request: SignedInRequest, number: str, what: str) -> HttpResponse:
    """Adds a note, task, piece of evidence or body; a refused form keeps what was written."""
    case = visible_case(request, number)
    if what not in ADD:
        raise Http404
    made: Any = ADDING[what]
    form = made(request.POST, request.FILES, subject=case, user=request.user)
    if carried_out(form, lambda given: ADD[what](case=case, actor=request.user, **given)):
        messages.success(request, _("Added to the case."))
        return redirect(f"{case.get_absolute_url()}?tab={WHERE[what]}")
    return case_page(request, case, WHERE[what], {what: form})


def _allow(allowed: bool) -> None:  # noqa: FBT001 - reads as a sentence where it is used
    if not allowed:
        raise NotAllowed(_("This is not yours to do, or it is done already."))


@login_required
def edit(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    case = visible_case(request, number)
    note: Comment = get_object_or_404(Comment.objects.visible_to(request.user), pk=pk, case=case)
    _allow(policies.may_edit_comment(request.user, note))
    form = EditForm(request.POST or None, subject=note, user=request.user)
    return ask(
        request,
        form,
        question_of(case, _("Edit the note")),
        lambda given: actions.edit_comment(comment=note, actor=request.user, **given),
        _("The note was changed."),
    )


@login_required
def complete(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    case = visible_case(request, number)
    task: Task = get_object_or_404(Task.objects.select_related("case"), pk=pk, case=case)
    _allow(policies.may_complete_task(request.user, task))
    form = ResultForm(request.POST or None, subject=task, user=request.user)
    return ask(
        request,
        form,
        question_of(case, _("Complete: %(task)s") % {"task": task.title}),
        lambda given: actions.complete_task(task=task, actor=request.user, **given),
        _("The task is done."),
    )


@login_required
def answer(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    case = visible_case(request, number)
    asked: OpinionRequest = get_object_or_404(case.opinions.select_related("case"), pk=pk)
    _allow(policies.may_give_opinion(request.user, asked))
    form = OpinionForm(request.POST or None, subject=asked, user=request.user)
    question = question_of(case, _("Give an opinion"), extra={"text": asked.question})
    return ask(
        request,
        form,
        question,
        lambda given: actions.give_opinion(opinion=asked, actor=request.user, **given),
        _("The opinion was given."),
    )


@login_required
def end_access(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    case: Case = visible_case(request, number)
    row: Participation = get_object_or_404(case.participations.current(), pk=pk)
    _allow(policies.may_add_task(request.user, case))
    form = EndForm(request.POST or None, subject=row, user=request.user)
    return ask(
        request,
        form,
        question_of(case, _("End the access of %(body)s") % {"body": row.agency.name}),
        lambda given: actions.end_access(participation=row, actor=request.user, **given),
        _("The access has ended."),
    )


@login_required
def uncite(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Withdraws a legal ground with a reason. Policy ``may_contribute``."""
    case = visible_case(request, number)
    ground: Citation = get_object_or_404(case.citations.standing(), pk=pk)
    _allow(policies.may_contribute(request.user, case))
    form = UnciteForm(request.POST or None, subject=case, user=request.user)
    return ask(
        request,
        form,
        question_of(case, _("Withdraw: %(ground)s") % {"ground": ground}),
        lambda given: actions.withdraw_citation(citation=ground, actor=request.user, **given),
        _("The rule no longer founds the case."),
    )
