"""The exchange pilot: its stages, the venues admitted, what miners sold there, what pools paid."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.operators import Operator
from registry.querysets import ExchangeQuerySet


@pghistory.track(level=pgtrigger.Statement)
class PilotStage(models.Model):
    """What was possible from a day on, by whose act; a figure in it is of the law's own rows."""

    name_kk = models.CharField(_("name in Kazakh"), max_length=300)
    name_ru = models.CharField(_("name in Russian"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.TextField(_("source"))
    verified = models.BooleanField(_("verified by a lawyer"), default=False)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage of the exchange pilot")
        verbose_name_plural = _("stages of the exchange pilot")
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="pilot_stage_has_a_source"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="pilot_stage_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name in the reader's language."""
        return str(getattr(self, f"name_{get_language() or 'ru'}", "") or self.name_ru)


@pghistory.track(level=pgtrigger.Statement)
class Venue(models.Model):
    """An exchange that was admitted to the pilot; the AIFC says which and until when."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    admitted_from = models.DateField(_("admitted from"))
    admitted_to = models.DateField(_("admitted until"), null=True, blank=True)
    source = models.TextField(_("source"))

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(source=""), name="venue_has_name_and_source"
            ),
            models.CheckConstraint(
                condition=Q(admitted_to__isnull=True) | Q(admitted_to__gte=F("admitted_from")),
                name="venue_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(level=pgtrigger.Statement)
class Sale(models.Model):
    """What a miner mined and sold of one asset on one venue in a period; both days included.

    ``mined`` and ``sold`` in units of the asset, ``value_kzt`` of what was sold. ``mined`` is
    empty when the report does not say it: unknown is not nothing.
    """

    operator = models.ForeignKey(
        Operator, models.PROTECT, verbose_name=_("operator"), related_name="sales"
    )
    venue = models.ForeignKey(Venue, models.PROTECT, verbose_name=_("venue"), related_name="sales")
    asset = models.CharField(_("asset"), max_length=10)
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("period to"))
    mined = models.DecimalField(_("mined"), max_digits=24, decimal_places=10, null=True, blank=True)
    sold = models.DecimalField(_("sold"), max_digits=24, decimal_places=10)
    value_kzt = models.DecimalField(
        _("value of the sold, KZT"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    source = models.CharField(_("source"), max_length=300)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("sale on an exchange")
        verbose_name_plural = _("sales on exchanges")
        ordering = ["-period_from", "operator_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "venue", "asset", "period_from", "period_to"],
                name="one_sale_row_a_period",
            ),
            models.CheckConstraint(
                condition=Q(asset__regex=r"^[A-Z0-9]{2,10}$"), name="sale_asset_is_a_ticker"
            ),
            models.CheckConstraint(
                condition=Q(sold__gte=0)
                & (Q(mined__isnull=True) | Q(mined__gte=0))
                & (Q(value_kzt__isnull=True) | Q(value_kzt__gte=0)),
                name="sale_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="sale_period_has_an_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operator_id}: {self.sold} {self.asset}"

    @property
    def share(self) -> float | None:
        """Share of the mined that was sold here, 0 to 1 or more; None while that is unknown."""
        return float(self.sold / self.mined) if self.mined else None


@pghistory.track(level=pgtrigger.Statement)
class PoolReport(models.Model):
    """A line of a pool's report to the tax body: who got how much of what on which day.

    The form of 20 February 2026: number, name, licence with its date, wallet, day. ``operator``
    is set where the number is one of the registry; the line stands without it.
    """

    pool = models.CharField(_("pool"), max_length=200)
    operator = models.ForeignKey(
        Operator, models.PROTECT, verbose_name=_("operator"), related_name="pool_reports",
        null=True, blank=True,
    )  # fmt: skip
    number = models.CharField(_("BIN or IIN"), max_length=12, db_index=True)
    name = models.CharField(_("name"), max_length=300)
    licence_number = models.CharField(_("licence"), max_length=60, blank=True)
    licence_date = models.DateField(_("date of the licence"), null=True, blank=True)
    wallet = models.CharField(_("wallet"), max_length=120)
    distributed_on = models.DateField(_("distributed on"))
    asset = models.CharField(_("asset"), max_length=10)
    amount = models.DecimalField(_("amount"), max_digits=24, decimal_places=10)
    source = models.CharField(_("source"), max_length=300)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pool report")
        verbose_name_plural = _("pool reports")
        ordering = ["-distributed_on", "pool", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "number", "distributed_on", "asset", "wallet"],
                name="one_pool_line_a_day",
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{12}$"), name="pool_number_has_12_digits"
            ),
            models.CheckConstraint(
                condition=Q(asset__regex=r"^[A-Z0-9]{2,10}$"), name="pool_asset_is_a_ticker"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="pool_amount_is_not_negative"),
            models.CheckConstraint(
                condition=~Q(pool="") & ~Q(name="") & ~Q(wallet=""), name="pool_line_is_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool}, {self.number}, {self.distributed_on.isoformat()}"
