"""Chainable reads of proposals; every list begins with ``visible_to``."""

from datetime import date
from typing import Any, Self

from django.db.models import Exists, OuterRef, QuerySet

from council.choices import OPEN, ProposalState
from council.policies import visible_to


class ProposalQuerySet(QuerySet[Any]):
    """Proposals to the council."""

    def visible_to(self, user: Any) -> Self:
        """What the person may see."""
        return self.filter(visible_to(user))

    def open(self) -> Self:
        """In discussion or put to the vote."""
        return self.filter(state__in=OPEN)

    def without_vote_of(self, agency_id: int | None) -> Self:
        """Put to the vote, and this body has not voted."""
        ballots = self.model._meta.get_field("ballots").related_model.objects
        cast = ballots.standing().filter(proposal=OuterRef("pk"), agency=agency_id)
        return self.filter(~Exists(cast), state=ProposalState.VOTING)

    def vote_ended(self, on: date) -> Self:
        """The last day of the vote is past."""
        return self.filter(state=ProposalState.VOTING, vote_until__lt=on)


class BallotQuerySet(QuerySet[Any]):
    """Votes of the bodies, the replaced ones too."""

    def standing(self) -> Self:
        """The vote of each body that counts."""
        return self.filter(replaced_at__isnull=True)


class RuleQuerySet(QuerySet[Any]):
    """How the council votes, by day."""

    def on(self, day: date) -> Self:
        """In force on the day."""
        ended = self.filter(valid_to__lt=day)
        return self.filter(valid_from__lte=day).exclude(pk__in=ended.values("pk"))
