"""A form field as the page shows it: label, hint, error with its repair, input, in this order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.safestring import SafeString

LISTS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class LookupInput(forms.TextInput):
    """A text field with suggestions as one types, from the fragment at ``url`` (a URL name).

    ``fills`` names fields of the same form that an option fills too, by its data attribute. The
    text stays free: who is not in the list is written as before. ``lookup.js`` does the rest.
    """

    def __init__(self, url: str, fills: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.url, self.fills = url, fills or {}

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        fills = " ".join(f"{field}:{attribute}" for field, attribute in self.fills.items())
        own = {
            "role": "combobox",
            "aria-autocomplete": "list",
            "aria-expanded": "false",
            "autocomplete": "off",
            "data-lookup": "",
            "data-fills": fills,
            "hx-get": f"{reverse(self.url)}?field={name}",
            "hx-trigger": "input changed delay:150ms",
            "hx-target": "next [role=listbox]",
            "hx-sync": "this:replace",
        }
        return super().get_context(name, value, {**(attrs or {}), **own})


@dataclass(frozen=True, slots=True)
class Shown:
    """What `components/field.html` needs of one field."""

    bound: BoundField
    kind: str
    widget: SafeString
    choices: list[Any]
    errors: list[str]
    repair: str
    optional: bool
    hint_id: str
    error_id: str


def show(bound: BoundField, *, small: bool = False, mark_optional: bool = True) -> Shown:
    """Prepare a field. A repair travels as `ValidationError(…, params={"repair": "…"})`."""
    identity = bound.id_for_label or bound.auto_id or bound.html_name
    hint_id, error_id = f"{identity}-hint", f"{identity}-error"
    problems = _problems(bound)
    attrs = _attributes(bound, small=small, hint_id=hint_id, error_id=error_id)
    kind = _kind(bound.field.widget)
    return Shown(
        bound=bound,
        kind=kind,
        widget=SafeString("") if kind == "list" else bound.as_widget(attrs=attrs),
        choices=_choices(bound) if kind == "list" else [],
        errors=[str(error) for error in bound.errors],
        repair=_repair(problems),
        optional=mark_optional and not bound.field.required and kind != "check",
        hint_id=hint_id if bound.help_text else "",
        error_id=error_id if bound.errors else "",
    )


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, LISTS):
        return "list"
    return "check" if isinstance(widget, forms.CheckboxInput) else "input"


def _problems(bound: BoundField) -> list[ValidationError]:
    if not bound.form.is_bound:
        return []
    problems: list[ValidationError] = bound.form.errors.as_data().get(bound.name, [])
    return problems


def _repair(problems: list[ValidationError]) -> str:
    offered = (getattr(problem, "params", None) or {} for problem in problems)
    return next((str(params["repair"]) for params in offered if params.get("repair")), "")


def _choices(bound: BoundField) -> list[Any]:
    bound.field.widget.attrs["class"] = "form-check-input"
    return list(bound.subwidgets)


def _attributes(bound: BoundField, *, small: bool, hint_id: str, error_id: str) -> dict[str, Any]:
    described = [one for one, on in ((error_id, bound.errors), (hint_id, bound.help_text)) if on]
    attrs: dict[str, Any] = {"class": _css(bound.field.widget, small=small)}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if isinstance(bound.field.widget, forms.MultiWidget):
        attrs["aria-label"] = str(bound.label)  # its label names the first input only
    return attrs


def _css(widget: forms.Widget, *, small: bool) -> str:
    own = widget.attrs.get("class", "")
    if isinstance(widget, forms.CheckboxInput):
        base = "form-check-input"
    elif isinstance(widget, forms.Select):
        base = "form-select form-select-sm" if small else "form-select"
    else:
        base = "form-control form-control-sm" if small else "form-control"
    return f"{base} {own}".strip()
