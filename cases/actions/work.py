"""The daily work on a case: comments, tasks, opinions."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from cases import audience, policies
from cases.actions.access import body_of, grant_access
from cases.choices import Answer, Audience, ParticipationRole
from cases.models import Case, Comment, OpinionRequest, Task
from cases.selectors import terms
from cases.workflow import CASES
from common import clock
from common.errors import NotAllowed, Refused
from journal.actions import record
from pages.wording import short_date


@transaction.atomic
def comment(
    *,
    case: Case,
    text: str,
    actor: User,
    audience: str = Audience.OWN,
    happened_on: date | None = None,
) -> Comment:
    """Writes a note, or with ``happened_on`` an event outside. Own body only, unless said."""
    if not policies.may_contribute(actor, case):
        raise NotAllowed(_("Only participants of a case under way write notes."))
    if not text.strip():
        raise Refused(_("Write something first."), field="text")
    if happened_on and happened_on > clock.today():
        raise Refused(_("It cannot have happened after today."), field="happened_on")
    written = Comment.objects.create(
        case=case,
        author=actor,
        agency=body_of(actor),
        audience=audience,
        text=text.strip(),
        happened_on=happened_on,
    )
    facts = {"comment": written.pk, "audience": written.audience}
    record("cases.case.comment", case, actor=actor, facts=facts)
    return written


@transaction.atomic
def edit_comment(*, comment: Comment, text: str, actor: User) -> None:
    """Changes one's own note; the note shows that it was edited, the history keeps both texts."""
    if not policies.may_edit_comment(actor, comment):
        raise NotAllowed(_("Only the author changes a note."))
    if not text.strip():
        raise Refused(_("Write something first."), field="text")
    comment.text, comment.edited_at = text.strip(), clock.now()
    comment.save(update_fields=["text", "edited_at"])
    record("cases.case.edit_comment", comment.case, actor=actor, facts={"comment": comment.pk})


@transaction.atomic
def add_task(  # noqa: PLR0913 - each is a column of the form that people fill
    *,
    case: Case,
    title: str,
    agency: Agency,
    actor: User,
    due_on: date | None = None,
    mandatory: bool = False,
    assignee: User | None = None,
) -> Task:
    """Gives a participating body, or one of its people, something to do."""
    if not policies.may_add_task(actor, case):
        raise NotAllowed(_("Only the lead body of a case under way gives tasks."))
    if not title.strip():
        raise Refused(_("Say what is to be done."), field="title")
    if not case.has_participant(agency.pk):
        raise Refused(_("This body does not take part in the case yet."), field="agency")
    if assignee and assignee.agency_id != agency.pk:
        raise Refused(_("The assignee must belong to the body."), field="assignee")
    task = Task.objects.create(
        case=case,
        title=title.strip()[:200],
        agency=agency,
        assignee=assignee,
        due_on=due_on,
        mandatory=mandatory,
        created_by=actor,
    )
    tells = audience.assignee(task)
    record("cases.case.add_task", case, actor=actor, facts={"what": task.title}, tells=tells)
    return task


@transaction.atomic
def complete_task(*, task: Task, result: str, actor: User) -> None:
    """A task is done when somebody says what came of it."""
    if not policies.may_complete_task(actor, task):
        raise NotAllowed(_("The task is another body's, or done already."))
    if not result.strip():
        raise Refused(_("Say what came of it."), field="result")
    task.done_at, task.done_by, task.result = clock.now(), actor, result.strip()
    task.save(update_fields=["done_at", "done_by", "result"])
    tells = audience.owner(task.case, actor, {})
    facts = {"what": task.title}
    record("cases.case.complete_task", task.case, actor=actor, facts=facts, tells=tells)


@transaction.atomic
def ask_opinion(
    *, case: Case, agency: Agency, question: str, actor: User, due_on: date | None = None
) -> OpinionRequest:
    """Asks one body; it sees the case from now on. Raises ``Refused`` if it is asked already."""
    if agency.kind != "member":
        raise Refused(_("Only the three bodies give opinions."), field="agency")
    if not question.strip():
        raise Refused(_("Write what the body should answer."), field="question")
    if due_on and due_on < clock.today():
        raise Refused(_("The day lies in the past."), field="due_on")
    if case.opinions.awaited().filter(agency=agency).exists():
        raise Refused(_("This body is asked already and has not answered yet."), field="agency")
    due = due_on or terms.due_after(terms.OPINION)
    facts = {"agency": agency.pk, "what": agency.names, "due": short_date(due)}
    CASES.make("ask_opinion", case, actor=actor, reason=question, facts=facts)
    role = ParticipationRole.ASKED
    grant_access(case=case, agency=agency, role=role, actor=actor, reason=question)
    return OpinionRequest.objects.create(
        case=case, agency=agency, question=question.strip(), due_on=due, asked_by=actor
    )


@transaction.atomic
def give_opinion(*, opinion: OpinionRequest, answer: str, text: str, actor: User) -> None:
    """Answers for one's body, with grounds; an answer is final."""
    OpinionRequest.objects.select_for_update().only("pk").get(pk=opinion.pk)
    opinion.refresh_from_db()
    if not policies.may_give_opinion(actor, opinion):
        raise NotAllowed(_("Your body is not asked, or has answered already."))
    if answer not in Answer.values:
        raise Refused(_("Choose for, against or abstain."), field="answer")
    if not text.strip():
        raise Refused(_("Give the grounds of the opinion."), field="text")
    opinion.answer, opinion.text = answer, text.strip()
    opinion.answered_by, opinion.answered_at = actor, clock.now()
    opinion.save(update_fields=["answer", "text", "answered_by", "answered_at"])
    case = opinion.case
    told = [audience.of_case(case.owner, "case.opinion_given", case)]
    facts = {"answer": answer, "what": opinion.agency.names}
    record("cases.case.answer", case, actor=actor, facts=facts, tells=told)
