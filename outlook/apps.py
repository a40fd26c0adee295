"""The picture of today, the power balance of the years, forecasts by vintage."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutlookConfig(AppConfig):
    name = "outlook"
    verbose_name = _("Outlook")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from changes import guarded
        from intake.catalogue import walk
        from journal import words
        from law import policies
        from outlook import actions, models, wording

        words.register(verbs=wording.VERBS)
        walk("outlook.imports")
        for model in models.GUARDED:
            guarded.register(
                guarded.Guarded(
                    model,
                    fields=tuple(field.name for field in model._meta.concrete_fields)[1:],
                    may_propose=policies.may_propose_row,
                    may_approve=policies.may_approve_row,
                    second=policies.a_lawyer_vouches,
                    make=actions.write_row,
                )
            )
