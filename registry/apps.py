"""Operators, registrations and sites: the white side."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = _("Registry")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from changes import guarded
        from intake.catalogue import walk
        from journal.words import register
        from registry import workflow as _tables  # noqa: F401 - the tables register their verbs
        from registry.actions import write_entry
        from registry.choices import CORRECTED_FIELDS as FIELDS
        from registry.models import CORRECTED, SiteMeter
        from registry.policies import may_correct
        from registry.wording import NEWS, VERBS

        register(verbs=VERBS, news=NEWS)
        walk("registry.imports")
        for model in (*CORRECTED.values(), SiteMeter):
            guarded.register(
                guarded.Guarded(
                    model,
                    fields=tuple(FIELDS[model._meta.model_name or ""]),
                    may_propose=may_correct,
                    may_approve=may_correct,
                    make=write_entry,
                )
            )
