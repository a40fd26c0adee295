"""Filters that several addresses of the registry's API share."""

from typing import Any

import django_filters

from registry.querysets import dated


class OnFilter(django_filters.FilterSet):
    """``on``: those that hold on the day."""

    on = django_filters.DateFilter(method="that_day")

    def that_day(self, rows: Any, _name: str, day: Any) -> Any:
        return rows.filter(dated(day))
