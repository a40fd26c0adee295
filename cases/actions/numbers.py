"""Gives out yearly numbers without gaps."""

from django.db import transaction

from cases.models import NumberSeries
from common import clock

LEAD, TIP, CASE = "L", "T", "OG"


@transaction.atomic
def next_number(prefix: str) -> str:
    """The next number of this year, "OG-2026-0001".

    The series row stays locked until the surrounding transaction ends, so a number whose
    owner is rolled back is given out again.
    """
    year = clock.today().year
    NumberSeries.objects.get_or_create(prefix=prefix, year=year)
    series = NumberSeries.objects.select_for_update().get(prefix=prefix, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{prefix}-{year}-{series.last:04d}"
