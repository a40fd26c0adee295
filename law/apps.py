"""Acts, dated figures, legal terms and working days."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LawConfig(AppConfig):
    name = "law"
    verbose_name = _("Law")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from changes import guarded
        from journal import words
        from law import actions, models, policies, wording

        words.register(verbs=wording.VERBS)
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
