"""The dated rules of the grid as they stand on a day."""

from datetime import date

from grid.models import HouseholdTariff, RetentionTerm

ALL_MONTHS = ""
"""As the first month that a meter keeps: whatever there is of it."""


def household_beginnings(day: date) -> tuple[str, ...]:
    """What the tariff groups of households begin with on a day, in small letters."""
    rows = HouseholdTariff.objects.on(day).values_list("beginning", flat=True)
    return tuple(beginning.lower() for beginning in rows)


def oldest_month_kept(day: date) -> str | None:
    """The first month ("2021-11") of readings that stay on a day; None: all of them stay.

    What is deleted does not come back: a term that no lawyer has verified takes nothing away.
    """
    term = RetentionTerm.objects.on(day).filter(verified=True).order_by("-valid_from").first()
    if term is None:
        return None
    years, month = divmod(day.year * 12 + day.month - 1 - term.months, 12)
    return f"{years:04d}-{month + 1:02d}"
