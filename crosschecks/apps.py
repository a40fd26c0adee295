"""Compares the sources with each other; what does not fit becomes a finding."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CrosschecksConfig(AppConfig):
    name = "crosschecks"
    verbose_name = _("Cross-checks")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from changes import guarded
        from crosschecks import actions, catalogue, models, policies
        from crosschecks.wording import NEWS, VERBS
        from journal import words
        from law.policies import a_lawyer_vouches

        words.register(verbs=VERBS, news=NEWS)
        guarded.register(
            guarded.Guarded(
                models.Threshold,
                fields=("verified",),
                may_propose=policies.may_propose_threshold,
                may_approve=policies.may_propose_threshold,
                second=a_lawyer_vouches,
                make=actions.write_threshold,
            )
        )
        catalogue.walk()
