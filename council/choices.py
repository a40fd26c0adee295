"""Closed lists of the council."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProposalState(TextChoices):
    DRAFT = "draft", _("draft")
    DISCUSSION = "discussion", _("in discussion")
    VOTING = "voting", _("put to the vote")
    ADOPTED = "adopted", _("adopted")
    REJECTED = "rejected", _("rejected")
    LAPSED = "lapsed", _("lapsed without quorum")
    WITHDRAWN = "withdrawn", pgettext_lazy("a proposal", "withdrawn")


OPEN = (ProposalState.DISCUSSION, ProposalState.VOTING)
DECIDED = (ProposalState.ADOPTED, ProposalState.REJECTED, ProposalState.LAPSED)


class ProposalKind(TextChoices):
    METHOD = "method", _("way to find illegal miners")
    THRESHOLD = "threshold", _("threshold of a check")
    SOURCE = "source", _("new source of data")
    PROCEDURE = "procedure", _("order of joint work")


class Choice(TextChoices):
    FOR = "for", pgettext_lazy("vote", "for")
    AGAINST = "against", pgettext_lazy("vote", "against")
    ABSTAIN = "abstain", pgettext_lazy("vote", "abstained")
