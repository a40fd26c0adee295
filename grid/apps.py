"""Meters, readings, load profiles and feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GridConfig(AppConfig):
    name = "grid"
    verbose_name = _("Grid")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from changes import guarded
        from grid import workflow as _tables  # noqa: F401 - the table registers its verbs
        from grid.actions import (
            write_event,
            write_exemption,
            write_norm,
            write_profile,
            write_rule,
        )
        from grid.actions.supplying import PROFILE_FIELDS
        from grid.choices import EVENT_FIELDS
        from grid.models import (
            Exemption,
            GridEvent,
            HouseholdTariff,
            LossNorm,
            RetentionTerm,
            Supplier,
        )
        from grid.policies import (
            may_approve_profile,
            may_exempt,
            may_keep_calendar,
            may_propose_profile,
        )
        from grid.wording import NEWS, VERBS
        from intake.catalogue import walk
        from journal.words import register
        from law import policies

        register(verbs=VERBS, news=NEWS)
        walk("grid.imports")
        guarded.register(
            guarded.Guarded(
                GridEvent,
                fields=EVENT_FIELDS,
                may_propose=may_keep_calendar,
                may_approve=may_keep_calendar,
                make=write_event,
            ),
            guarded.Guarded(
                Exemption,
                fields=("valid_to",),
                may_propose=may_exempt,
                may_approve=may_exempt,
                make=write_exemption,
            ),
            guarded.Guarded(
                LossNorm,
                fields=("feeder", "valid_from", "percent", "source", "verified"),
                may_propose=policies.may_propose_row,
                may_approve=policies.may_approve_row,
                second=policies.a_lawyer_vouches,
                make=write_norm,
            ),
            guarded.Guarded(
                Supplier,
                fields=PROFILE_FIELDS,
                may_propose=may_propose_profile,
                may_approve=may_approve_profile,
                make=write_profile,
            ),
        )
        for model, told in ((RetentionTerm, "months"), (HouseholdTariff, "beginning")):
            guarded.register(
                guarded.Guarded(
                    model,
                    fields=(told, "valid_from", "valid_to", "source", "verified"),
                    may_propose=policies.may_propose_row,
                    may_approve=policies.may_approve_row,
                    second=policies.a_lawyer_vouches,
                    make=write_rule,
                )
            )
