"""The AIFC enters which exchanges it admitted."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.errors import NotAllowed, Refused
from journal.actions import record
from registry.models import Venue
from registry.policies import may_admit_venue


@transaction.atomic
def admit_venue(
    *, code: str, name: str, admitted_from: date, source: str, actor: Any,
    admitted_to: date | None = None,
) -> Venue:  # fmt: skip
    """A venue of the pilot. Raises NotAllowed; Refused for a code that is taken or a lost day."""
    if not may_admit_venue(actor):
        raise NotAllowed(_("Venues are entered by the AIFC."))
    try:
        with transaction.atomic():
            venue = Venue.objects.create(
                code=code, name=name.strip(), admitted_from=admitted_from,
                admitted_to=admitted_to, source=source.strip(),
            )  # fmt: skip
    except IntegrityError as wrong:
        raise Refused(_("The code is taken, or the last day lies before the first.")) from wrong
    facts = {"code": code, "admitted_from": admitted_from.isoformat()}
    record("registry.venue.admit", venue, actor=actor, facts=facts)
    return venue
