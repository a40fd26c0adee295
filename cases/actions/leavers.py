"""Passes on the work of people who have left: cases, tasks and leads are never without anybody."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import Agency, User
from cases import policies
from cases.models import Case, Lead, Task
from cases.workflow import CASES, LEADS
from journal.actions import record


@transaction.atomic
def pass_on_work() -> int:
    """Gives open work of closed accounts to the successor, else to a head of the same body.

    A lead in triage returns to the queue; a task without a taker goes to the whole body. A case
    keeps its owner's name while its body has nobody to take it, and is tried again. Returns how
    many things changed hands.
    """
    return sum(
        [
            *(_pass_on_case(case) for case in _cases_of_leavers()),
            *(_pass_on_task(task) for task in _tasks_of_leavers()),
            *(_return_lead(lead) for lead in _leads_of_leavers()),
        ]
    )


def _cases_of_leavers() -> Iterable[Case]:
    left = Case.objects.under_way().filter(owner__left_at__isnull=False)
    return left.select_related("owner__successor", "lead_agency")


def _tasks_of_leavers() -> Iterable[Task]:
    left = Task.objects.to_do().filter(assignee__left_at__isnull=False)
    return left.select_related("assignee__successor", "agency", "case")


def _leads_of_leavers() -> Iterable[Lead]:
    return Lead.objects.to_triage().filter(taken_by__left_at__isnull=False)


def _pass_on_case(case: Case) -> bool:
    taker = _taker(case.owner, case.lead_agency)
    if taker is None:
        return False
    facts = {"what": taker.full_name}
    CASES.make("assign", case, actor=None, reason=_reason(), changes={"owner": taker}, facts=facts)
    return True


def _pass_on_task(task: Task) -> bool:
    if task.assignee is None:
        return False
    task.assignee = _taker(task.assignee, task.agency)
    task.save(update_fields=["assignee"])
    facts = {"what": task.title, "assignee": str(task.assignee or task.agency)}
    record("cases.case.pass_on_task", task.case, actor=None, reason=_reason(), facts=facts)
    return True


def _return_lead(lead: Lead) -> bool:
    LEADS.make("wake", lead, actor=None, reason=_reason(), changes={"taken_by": None})
    return True


def _taker(leaver: User, agency: Agency) -> User | None:
    named = leaver.successor
    if named and named.is_active and named.agency == agency and policies.is_worker(named):
        return named
    heads = User.objects.active().filter(agency=agency).with_role(Role.HEAD)
    first: User | None = heads.order_by("pk").first()
    return first


def _reason() -> str:
    return _("The person has left; the work is passed on.")
