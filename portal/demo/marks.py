"""One decision on the mark on its way: the party is invited to a hearing, not heard yet."""

from law import working_days
from law.models import Act
from portal.demo.names import texts
from portal.demo.stage import Stage
from portal.demo.stories import Story
from registry.actions import Grounds, draft_lifting, invite_party
from registry.models import Operator

PLACE = 55  # among the sites in good standing; no other story is about it
EVENT_DAYS, DRAFTED, INVITED, HEARING = 40, 6, 5, 4  # the last three in working days


def hearing(stage: Stage) -> Story:
    """An officer drafts the decision and sends notice; the day of the hearing is to come."""
    moments, words = stage.moments, texts("cases")["mark"]
    sites = stage.world.protected_sites()
    number = sites[PLACE % len(sites)].operator.bin
    yield moments.worked(DRAFTED, 11, 20)
    officer = stage.worker("energy", 2)
    event_on = moments.ago(EVENT_DAYS).date()
    decision = draft_lifting(
        operator=Operator.objects.get(bin=number),
        grounds=Grounds(Act.objects.get(code="law-193-vii"), event_on, words["reason"]),
        actor=officer,
    )
    yield moments.worked(INVITED, 15, 5)
    invite_party(
        decision=decision,
        invited=words["invited"],
        notice_sent_on=moments.workday(INVITED),
        notice_reference=words["reference"],
        hearing_on=working_days.add(moments.today, HEARING),
        actor=officer,
    )
