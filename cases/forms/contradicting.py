"""The two sources that contradict each other, side by side in one form."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from cases.actions import SourceWords
from cases.choices import FigureUnit, LeadSource, SourceKind
from cases.forms.fields import day_field, words_field
from cases.models import Lead
from common import clock
from registry.selectors import Standing

SIDES = {"first": _("First source"), "second": _("Second source")}
FIELDS = ("kind", "reference", "item", "dated_on", "says", "figure", "unit")
KIND_OF = {LeadSource.TIP: SourceKind.TIP, LeadSource.REFERRAL: SourceKind.REFERRAL}


def side_fields(side: str) -> Iterator[tuple[str, forms.Field]]:
    """The fields of one side by name: ``first_kind``, ``first_reference`` and so on."""
    fields: dict[str, forms.Field] = {
        "kind": forms.ChoiceField(
            label=_("Kind of source"), choices=[("", "–"), *SourceKind.choices]
        ),
        "reference": forms.CharField(
            label=_("File, entry or paper"),
            max_length=300,
            help_text=_("Its name or number. Two items of one file count once."),
        ),
        "item": forms.CharField(
            label=_("Place in it"), max_length=200, required=False, help_text=_("Row, page, meter.")
        ),
        "dated_on": day_field(_("Date of the source")),
        "says": words_field(_("What it says"), rows=2),
        "figure": forms.DecimalField(
            label=_("Figure"), max_digits=18, decimal_places=3, required=False, localize=True
        ),
        "unit": forms.ChoiceField(
            label=_("Unit"), choices=[("", "–"), *FigureUnit.choices], required=False
        ),
    }
    fields["says"].max_length = 1000  # type: ignore[attr-defined]  # a CharField
    yield from ((f"{side}_{name}", fields[name]) for name in FIELDS)


def sides_of(form: forms.Form) -> list[tuple[Any, list[BoundField]]]:
    """The two sides of a bound form with their legends."""
    return [(legend, [form[f"{side}_{name}"] for name in FIELDS]) for side, legend in SIDES.items()]


def sources_of(given: dict[str, Any]) -> list[SourceWords]:
    """What the form was filled in with, as two sources; takes its fields out of ``given``."""
    return [SourceWords(**{name: given.pop(f"{side}_{name}") for name in FIELDS}) for side in SIDES]


def whole(kw: float) -> float | int:
    """Without a fraction where there is none."""
    return int(kw) if kw.is_integer() else kw


def known_of(lead: Lead, box: Standing) -> dict[str, Any]:
    """What the portal knows already: the entry of the registry, and where the lead comes from."""
    found: dict[str, Any] = {"second_kind": KIND_OF.get(LeadSource(lead.source), "")}
    entry = next((one for one in box.matches if one.protected), None)
    if entry is not None:
        found |= {
            "first_kind": SourceKind.REGISTRY,
            "first_reference": entry.registration_number,
            "first_item": entry.site_name,
            "first_dated_on": clock.today(),
            "first_says": _("declared power of the site"),
            "first_figure": whole(entry.declared_kw),
            "first_unit": FigureUnit.KW,
        }
    if lead.source == LeadSource.TIP and (tip := getattr(lead, "tip", None)) is not None:
        found |= {"second_reference": tip.number, "second_dated_on": tip.seen_on}
    elif lead.source == LeadSource.FINDING and any(
        str(reason.get("origin", "")).startswith("readings") for reason in lead.reasons
    ):
        found |= {"second_kind": SourceKind.READINGS, "second_item": lead.meter}
    return found
