"""What an operator sold on exchanges beside the quota, and what pools say they paid it."""

from datetime import date
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from law.selectors import sale_quotas
from pages.badges import Badge
from registry.models import Operator, Sale

MOST = 12  # rows of a part of a page: three years of quarters

UNKNOWN = Badge(_("unknown"), icon="help", line=True)
ENOUGH = Badge(_("at least the quota"), "reg", "circle-check", line=True)
BELOW = Badge(_("below the quota, unverified"), "warn", "alert-triangle", line=True)
BELOW_VERIFIED = Badge(_("below the quota"), "warn", "alert-triangle")


def beside_the_quota(sales: list[Sale]) -> list[Any]:
    """The sales, each with ``badge``: its share beside the quota of its period's first day."""
    quotas = sale_quotas(sale.period_from for sale in sales)
    shown: list[Any] = list(sales)
    for sale in shown:
        share, quota = sale.share, quotas.get(sale.period_from)
        sale.badge = UNKNOWN
        if share is not None and quota is not None and quota.value is not None:
            below = BELOW_VERIFIED if quota.verified else BELOW
            sale.badge = ENOUGH if share * 100 >= quota.value else below
    return shown


def sales_until(operator: Operator, on: date) -> list[Any]:
    """The newest sales of periods that ended by the day; two queries."""
    ended = operator.sales.filter(period_to__lte=on).select_related("venue")
    return beside_the_quota(list(ended[:MOST]))


def pools_until(operator: Operator, on: date) -> list[dict[str, Any]]:
    """By pool and asset: how much was distributed by the day, on how many days, when last."""
    lines = operator.pool_reports.filter(distributed_on__lte=on)
    return list(
        lines.values("pool", "asset")
        .annotate(amount=Sum("amount"), days=Count("distributed_on", distinct=True))
        .order_by("pool", "asset")[:MOST]
    )
