"""What must hold before a mark is lifted or given back, and which decision holds on a day."""

from datetime import date

from django.utils.translation import gettext as _

from common import clock
from journal.workflow import Gate
from law import working_days
from law.selectors import may_found, term
from law.working_days import NoCalendar
from pages.wording import short_date
from registry.choices import Attendance, Deed, ProtectionState
from registry.models import Operator, ProtectionDecision
from registry.selectors.marks import marked

NOTICE = "mark.hearing_notice"
PERSONS_NEEDED = 2  # named persons, of whom one is a head


def lifting_on(operator: Operator, on: date) -> ProtectionDecision | None:
    """The decision by which the operator does not carry the mark on the day, if there is one."""
    found = ProtectionDecision.objects.lifting(on).filter(operator=operator)
    decision: ProtectionDecision | None = found.select_related("decided_by").first()
    return decision


def decisions_by(operator: Operator, on: date) -> list[ProtectionDecision]:
    """Those about the operator's mark that were drafted by that day, newest first; one query."""
    drafted = operator.protection_decisions.filter(drafted_at__lt=clock.grid_day(on)[1])
    return list(drafted.select_related("decided_by", "operator"))


def hearing_gates(decision: ProtectionDecision) -> list[Gate]:
    """Due notice of a hearing whose day has come."""
    return [_notice(decision), _day_has_come(decision)]


def proposal_gates(decision: ProtectionDecision) -> list[Gate]:
    """The party was heard with due notice, the rule still founds, and there is a mark to lift."""
    return [_heard(decision), _notice(decision), _rule(decision), _carried(decision)]


def lifting_gates(decision: ProtectionDecision) -> list[Gate]:
    """The same on the day of the decision, and the other named persons."""
    return [*proposal_gates(decision), _signed(decision, Deed.LIFTING)]


def restoring_gates(decision: ProtectionDecision) -> list[Gate]:
    """By the same route back: named persons. A hearing is owed only before a burden."""
    return [_signed(decision, Deed.RESTORING)]


def gates_of(decision: ProtectionDecision) -> list[Gate]:
    """The conditions of the next step of a decision; none when it waits for no step."""
    gates = {
        ProtectionState.DRAFTED: hearing_gates,
        ProtectionState.HEARD: proposal_gates,
        ProtectionState.PROPOSED: lifting_gates,
        ProtectionState.RESTORING: restoring_gates,
    }.get(ProtectionState(decision.state))
    return gates(decision) if gates else []


def _notice(decision: ProtectionDecision) -> Gate:
    sent, on = decision.notice_sent_on, decision.hearing_on
    if sent is None or on is None:
        return Gate(ok=False, text=_("The party was invited to a hearing"), detail=_("not yet"))
    try:
        needed = term(NOTICE, sent).days
        given = working_days.between(sent, on)
    except LookupError:
        return Gate(ok=False, text=_("The term of notice is known"))
    except NoCalendar as unknown:
        text = _("The calendar of %(year)d is known") % {"year": unknown.year}
        return Gate(ok=False, text=text)
    return Gate(
        given >= needed,
        _("Notice of the hearing in due time: %(given)d working days, needed: %(needed)d")
        % {"given": given, "needed": needed},
        _("sent on %(sent)s for %(day)s") % {"sent": short_date(sent), "day": short_date(on)},
    )


def _day_has_come(decision: ProtectionDecision) -> Gate:
    on = decision.hearing_on
    return Gate(
        on is not None and on <= clock.today(),
        _("The day of the hearing has come"),
        short_date(on) if on else "",
    )


def _heard(decision: ProtectionDecision) -> Gate:
    kept = bool(decision.minutes or decision.minutes_reference)
    told = Attendance(decision.attendance).label if decision.attendance else _("not yet")
    return Gate(
        bool(decision.attendance) and kept,
        _("The party was heard or could be, and there are minutes"),
        str(told),
    )


def _rule(decision: ProtectionDecision) -> Gate:
    rule = decision.norm or decision.act
    if rule is None:
        raise ValueError("a decision on the mark names an act or a norm")
    verdict = may_found(rule, decision.event_on)
    text = _("The rule founds a decision on the day of the event")
    return Gate(verdict.may, text, verdict.why or str(rule))


def _carried(decision: ProtectionDecision) -> Gate:
    return Gate(
        decision.operator_id in marked([decision.operator_id], clock.today()),
        _("The operator carries the mark today"),
    )


def _signed(decision: ProtectionDecision, deed: str) -> Gate:
    names = [str(one) for one in decision.signers(deed)]
    return Gate(
        len(names) >= PERSONS_NEEDED - 1,
        _("Named persons besides the head who decides: %(n)d of %(needed)d")
        % {"n": len(names), "needed": PERSONS_NEEDED - 1},
        ", ".join(names) or _("nobody yet"),
    )
