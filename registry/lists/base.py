"""What the registry's lists share: who reads them, the row of views, the region's filter."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from pages.lists import ListPage
from registry.policies import may_see_iin, may_see_registry
from registry.selectors.entries import region_name
from registry.wording import regions


class RegistryList(ListPage):
    """A list of the registry for those who may see it."""

    template_name = "registry/list.html"

    def allowed(self) -> bool:
        return may_see_registry(self.request.user)


class RegionFilter(django_filters.MultipleChoiceFilter):
    """Regions by the first two digits of a KATO code; names in the reader's language."""

    def __init__(self, field_name: str) -> None:
        super().__init__(field_name=field_name, label=_("Region"), choices=(), method=self.within)

    @property
    def field(self) -> Any:
        self.extra["choices"] = regions()
        return super().field

    def within(self, rows: Any, name: str, prefixes: list[str]) -> Any:
        """With a place in one of the regions."""
        if not prefixes:
            return rows
        return rows.filter(**{f"{name}__regex": f"^({'|'.join(prefixes)})"})


def show_operator(row: Any, operator: Any, user: Any) -> None:
    """Puts the operator's name, page, masked number and region on a row of a list."""
    row.operator_name = operator.display_name
    row.operator_number = operator.bin if may_see_iin(user) else operator.masked_number
    row.get_absolute_url = operator.get_absolute_url


def show_mark(row: Any, *, protected: bool) -> None:
    """Puts the mark "no restriction applies" on a row of a list, and its word for a file."""
    row.protected, row.mark = protected, _("no restriction applies") if protected else "–"


def show_region(row: Any, kato: str) -> None:
    """Puts the region's name on a row of a list."""
    row.region = region_name(kato or "")
