"""The group as a body: proposals, their discussion and the votes on them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilConfig(AppConfig):
    name = "council"
    verbose_name = _("Council")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from changes import guarded
        from council import models, wording
        from council import workflow as _table  # noqa: F401 - the table registers its verbs
        from journal import words
        from law import actions, policies

        words.register(verbs=wording.VERBS, news=wording.NEWS)
        guarded.register(
            guarded.Guarded(
                models.VotingRule,
                fields=("valid_from", "valid_to", "source", "verified", "quorum", "votes_for"),
                may_propose=policies.may_propose_row,
                may_approve=policies.may_approve_row,
                second=policies.a_lawyer_vouches,
                make=actions.write_row,
            )
        )
