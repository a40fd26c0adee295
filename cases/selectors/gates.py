"""The conditions of a decision, with who is awaited and until when."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from cases.models import Case, Task
from cases.selectors.indicators import indicators_of, only_anonymous
from cases.selectors.protection import protection_gate
from common import clock
from journal.workflow import Gate
from pages.wording import short_date

INDICATORS_NEEDED = 2  # of different data sources; a figure of the group's own rules


def decision_gates(case: Case) -> list[Gate]:
    """What must hold before a decision against somebody."""
    return [*_grounds(case), _legal_ground(case), *protection_gate(case), *closing_gates(case)]


def closing_gates(case: Case) -> list[Gate]:
    """What must hold before a case ends in any way."""
    return [_opinions(case), _tasks(case), _no_offer(case)]


def _grounds(case: Case) -> list[Gate]:
    found = indicators_of(case)
    names = ", ".join(indicator.words for indicator in found)
    return [
        Gate(
            len(found) >= INDICATORS_NEEDED,
            _("Independent indicators: %(n)d of %(needed)d")
            % {"n": len(found), "needed": INDICATORS_NEEDED},
            names or _("none so far"),
        ),
        Gate(
            bool(found) and not only_anonymous(found),
            _("Not on an anonymous tip alone"),
            _("an anonymous tip may raise the priority, never be the sole ground"),
        ),
    ]


def _legal_ground(case: Case) -> Gate:
    cited = list(case.citations.standing().select_related("act", "norm__act"))
    return Gate(
        bool(cited),
        _("A rule in force on the day of the event is cited"),
        "; ".join(str(one) for one in cited) or _("none so far: name it under Legal grounds"),
    )


def _opinions(case: Case) -> Gate:
    asked = list(case.opinions.select_related("agency"))
    today = clock.today()
    awaited = [o for o in asked if not o.answer and o.due_on >= today]
    given = sum(1 for o in asked if o.answer)
    return Gate(
        not awaited,
        _("Opinions: %(n)d of %(asked)d") % {"n": given, "asked": len(asked)},
        _who_until((o.agency.name, o.due_on) for o in awaited),
    )


def _tasks(case: Case) -> Gate:
    mandatory: list[Task] = list(case.tasks.filter(mandatory=True).select_related("agency"))
    undone = [task for task in mandatory if task.done_at is None]
    return Gate(
        not undone,
        _("Mandatory tasks: %(n)d of %(all)d")
        % {"n": len(mandatory) - len(undone), "all": len(mandatory)},
        _who_until((f"{t.agency.name}: {t.title}", t.due_on) for t in undone),
    )


def _no_offer(case: Case) -> Gate:
    waiting = case.handover_to_id is not None
    return Gate(
        not waiting,
        _("No hand-over is waiting"),
        _who_until([(case.handover_to.name, case.handover_until)]) if case.handover_to else "",
    )


def _who_until(waited: Iterable[tuple[str, object]]) -> str:
    return "; ".join(
        _("waiting for %(who)s until %(day)s") % {"who": who, "day": short_date(day)}
        for who, day in waited
    )
