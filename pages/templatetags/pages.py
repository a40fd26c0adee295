"""`{% load pages %}`: icons, badges, words for figures, and the components of every page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from secrets import token_hex
from typing import TYPE_CHECKING, Any
from zlib import crc32

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pages import charts, fields, icons, wording
from pages.badges import Badge
from pages.parts import Act, Bars, Clock, Comparison, Crumb, Fact, Span, Tile, told
from pages.wording import number

if TYPE_CHECKING:
    from django.http import HttpRequest

register = template.Library()

WORDS: dict[str, Callable[..., object]] = {
    "number": wording.number,
    "kw": wording.kw,
    "mw": wording.mw,
    "kwh": wording.kwh,
    "percent": wording.percent,
    "shortdate": wording.short_date,
    "longdate": wording.long_date,
    "longday": wording.long_day,
    "weekdate": wording.week_date,
    "hour": wording.hour,
    "moment": wording.moment,
    "told": told,
}
for name, words in WORDS.items():
    register.filter(name, words)


@register.filter
def mwnum(kilowatts: object, digits: int = 1) -> str:
    """Kilowatts told in megawatts, without the unit (it stands in the column's head)."""
    return number(wording.megawatts(kilowatts), digits)


@register.filter
def asof(moment: object) -> SafeString:
    """When a derived figure was computed, with the clock icon."""
    text = wording.moment(moment)
    return format_html('<span class="asof">{}<time>{}</time></span>', icons.icon("clock"), text)


@register.simple_tag
def mw_range(low: object, high: object) -> str:
    """Two ends in kW told in MW with the unit."""
    return wording.mw_range(low, high)


@register.simple_tag(name="icon")
def icon_tag(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of the Tabler outline set by its name."""
    return icons.icon(name, label, css)


@register.simple_tag(name="badge")
def badge_tag(badge: Badge | None) -> SafeString:
    """A state: icon and word."""
    if badge is None:
        return SafeString("")
    drawn = icons.icon(badge.icon) if badge.icon else SafeString("")
    return format_html('<span class="{}">{}{}</span>', badge.css, drawn, badge.word)


@register.simple_tag
def days(left: int | None, pause: str = "") -> SafeString:
    """Working days left: −2 overdue, framed 0 today, plain otherwise; a pause shows its word."""
    if pause:
        return format_html(
            '<span class="state line">{}{}</span>', icons.icon("player-pause"), pause
        )
    if left is None:
        return format_html('<span class="days dim">{}</span>', wording.MISSING)
    css = "days is-late" if left < 0 else "days today" if left == 0 else "days"
    drawn = icons.icon("alert-circle", _("overdue")) if left < 0 else SafeString("")
    unit = format_html('<small class="xs phone">&nbsp;{}</small>', _("w. d."))
    return format_html('<span class="{}">{}{}{}</span>', css, drawn, number(left), unit)


@register.simple_tag
def stale(moment: object) -> SafeString:
    """Replaces the as-of time when the feed behind a figure is late."""
    return format_html(
        '<span class="stale is-warn">{}{}</span>',
        icons.icon("clock-exclamation"),
        _("as of %(when)s") % {"when": wording.moment(moment)},
    )


@register.simple_tag
def bar(value: float | None, total: float = 100, tone: str = "act", label: str = "") -> SafeString:
    """A bar of `value` out of `total`; the length is an SVG attribute, as the CSP demands."""
    share = 0.0 if not value or not total else max(0.0, min(100.0, 100 * value / total))
    if not label:
        head: SafeString = SafeString('aria-hidden="true"')
    else:
        head = format_html(
            'role="progressbar" aria-label="{}" aria-valuemin="0" aria-valuenow="{}"'
            ' aria-valuemax="{}"',
            label,
            value or 0,
            total,
        )
    return format_html(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" {}>'
        '<rect class="{}" width="{}" height="6"/></svg>',
        head,
        tone,
        f"{share:.1f}",
    )


@register.simple_tag
def pair(suspected: float | None, registered: float | None, top: float) -> SafeString:
    """Two bars on one scale, suspected above registered; `top` is the scale's end."""
    widths = [f"{100 * (one or 0) / top:.1f}" if top else "0" for one in (suspected, registered)]
    return format_html(
        '<svg class="bar pair" viewBox="0 0 100 11" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="sus" width="{}" height="5"/>'
        '<rect class="reg" y="6" width="{}" height="5"/></svg>',
        *widths,
    )


# ── Containers ──────────────────────────────────────────────────────────────


@register.simple_block_tag
def pagehead(
    content: str, title: str, lead: str = "", path: Sequence[Crumb] = (), *, tight: bool = False
) -> str:
    """The head of a page: h1, a line under it, the path of a detail page; content = buttons."""
    return render_to_string(
        "components/page_head.html",
        {
            "title": title,
            "lead": lead,
            "path": path,
            "acts": SafeString(content.strip()),
            "tight": tight,
        },
    )


@register.simple_block_tag
def card(
    content: str,
    title: str = "",
    aside: str = "",
    id: str = "",
    css: str = "",
    *,
    flush: bool = False,
) -> str:
    """A card. `flush` leaves out the padding (a table fills it); `aside` stands at the right."""
    return render_to_string(
        "components/card.html",
        {
            "content": content,
            "title": title,
            "aside": aside,
            "id": id or _slug(title),
            "flush": flush,
            "css": css,
        },
    )


def _slug(title: str) -> str:
    return f"card-{crc32(str(title).encode())}" if title else ""


@register.simple_block_tag
def note(content: str, tone: str = "act", icon: str = "info-circle", role: str = "") -> str:
    """A message for the page or a section; its first sentence stands in `<b class="strong">`."""
    return render_to_string(
        "components/note.html", {"content": content, "tone": tone, "icon": icon, "role": role}
    )


@register.simple_block_tag
def stub(content: str, title: str, url: str = "", act: str = "") -> str:
    """Something sealed or undisclosed: what exists, who holds it, since when; one act."""
    return render_to_string(
        "components/stub.html", {"content": content, "title": title, "url": url, "act": act}
    )


# ── Parts of a page ─────────────────────────────────────────────────────────


@register.inclusion_tag("components/empty.html")
def empty(
    title: str, text: str = "", url: str = "", act: str = "", icon: str = "inbox"
) -> dict[str, Any]:
    """Nothing here: what is empty, why, and the one thing to do."""
    return {"title": title, "text": text, "url": url, "act": act, "icon": icon}


@register.inclusion_tag("components/acts.html")
def acts(offered: Iterable[Act]) -> dict[str, Any]:
    """Buttons; those that cannot be used yet stay, disabled, with their reasons."""
    return {"acts": list(offered)}


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    label: str = "",
    hint: str | None = None,
    *,
    small: bool = False,
    mark_optional: bool = True,
) -> dict[str, Any]:
    """One form field with label, hint, error and repair; `label`, `hint` replace the form's own."""
    if label:
        bound.label = label
        bound.field.widget.attrs.pop("placeholder", None)  # it would say the old label again
    if hint is not None:
        bound.help_text = hint
    return {"field": fields.show(bound, small=small, mark_optional=mark_optional), "small": small}


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """The summary on top of a refused form; each line leads to its field."""
    bad = [form[name] for name in form.errors if name in form.fields] if form.is_bound else []
    return {"form": form, "bad": bad}


@register.inclusion_tag("components/factline.html")
def factline(facts: Iterable[Fact], state: Badge | None = None) -> dict[str, Any]:
    """The line under the h1 of a detail: state first, then who, owner, dates."""
    return {"facts": list(facts), "state": state}


@register.inclusion_tag("components/facts.html")
def facts(rows: Iterable[Fact]) -> dict[str, Any]:
    """Label and value, one a line."""
    return {"facts": list(rows)}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Any], more_url: str = "", more: str = "") -> dict[str, Any]:
    """Histories, newest first, in days: facts, notes, outside events (`pages.parts.Entry`)."""
    ordered = sorted(entries, key=lambda entry: wording.sortable(entry.dated), reverse=True)
    grouped = groupby(ordered, key=lambda entry: wording.day_of(entry.dated))
    return {
        "days": [(day, list(ones)) for day, ones in grouped],
        "more_url": more_url,
        "more": more,
    }


@register.inclusion_tag("components/history.html")
def history(events: Iterable[Any]) -> dict[str, Any]:
    """The journal's acts on one thing (`journal.selectors.history_of`), newest first, in days."""
    grouped = groupby(events, key=lambda event: wording.day_of(event.at))
    return {"days": [(day, list(ones)) for day, ones in grouped]}


@register.inclusion_tag("components/reasons.html")
def reasons(given: Iterable[Any]) -> dict[str, Any]:
    """Why: sentence, weight, source; records or frozen JSON with the same names."""
    return {"reasons": list(given)}


@register.inclusion_tag("components/gates.html")
def gates(conditions: Iterable[Any]) -> dict[str, Any]:
    """All conditions of an act, the missing ones bold (`ok`, `text`, optional `detail`)."""
    return {"gates": list(conditions)}


@register.inclusion_tag("components/clocks.html")
def clocks(three: Iterable[Clock]) -> dict[str, Any]:
    """We owe, we wait, legal term."""
    return {"clocks": list(three)}


@register.inclusion_tag("components/tiles.html")
def tiles(figures: Iterable[Tile]) -> dict[str, Any]:
    """State of the whole, four figures at most."""
    return {"tiles": list(figures)}


@register.inclusion_tag("components/protection.html")
def protection(text: str = "", *, small: bool = False) -> dict[str, Any]:
    """The white miner's mark: whole width on its page, `small` elsewhere."""
    return {"small": small, "text": text}


@register.inclusion_tag("components/contradictions.html")
def contradictions(rows: Iterable[Comparison], footer: str = "") -> dict[str, Any]:
    """The sources against the meters, all of them, also the missing ones."""
    return {"rows": list(rows), "footer": footer}


@register.inclusion_tag("components/progress.html")
def progress(
    done: int | None,
    total: int | None,
    label: str,
    unit: str = "",
    poll: str = "",
    text: str = "",
) -> dict[str, Any]:
    """True counts beside the bar; with `poll` the block asks that address again every second."""
    return {
        "done": done,
        "total": total,
        "label": label,
        "unit": unit,
        "poll": poll,
        "text": text,
        "percent": round(100 * done / total) if done and total else 0,
    }


# ── Charts and maps ─────────────────────────────────────────────────────────


@register.inclusion_tag("components/load_curve.html")
def load_curve(  # noqa: PLR0913 - what a template may say of it, each by name
    curve: charts.Curve | Mapping[str, Any] | None,
    declared_kw: float | None = None,
    title: str = "",
    tone: str = "sus",
    finding: str = "",
    *,
    tall: bool = False,
    spans: Sequence[Span] = (),
) -> dict[str, Any]:
    """A load curve (kW) with its table; an empty state when nothing was metered."""
    drawn = charts.draw_curve(curve, declared_kw, tone, spans)
    return {
        "drawn": drawn,
        "id": f"curve-{token_hex(4)}",
        "title": title or _("Load by the hour, kW"),
        "period": charts.period(drawn.first, drawn.last) if drawn else "",
        "finding": finding or (drawn.finding if drawn else ""),
        "tall": tall,
    }


@register.inclusion_tag("components/bars.html")
def bars(
    labels: Sequence[str],
    rows: Sequence[Bars],
    title: str,
    unit: str,
    finding: str,
    digits: int = 0,
) -> dict[str, Any]:
    """Paired bars with their table. `title` names quantity, unit and period."""
    return {
        "data": charts.draw_bars(labels, rows, unit, digits),
        "table": charts.bars_table(labels, rows, digits),
        "rows": rows,
        "id": f"bars-{token_hex(4)}",
        "title": title,
        "finding": finding,
    }


@register.inclusion_tag("components/map.html", takes_context=True)
def map(
    context: template.RequestContext, features: Mapping[str, Any], label: str, *, tall: bool = False
) -> dict[str, Any]:
    """Markers and H3 cells (`pages.maps`) over the bundled outline, the same places as a list."""
    places = [one["properties"] for one in features["features"]]
    return {
        "features": features,
        "places": places,
        "label": label,
        "tall": tall,
        "id": f"map-{token_hex(4)}",
        "tile_url": context.get("tile_url", ""),
    }


@register.inclusion_tag("components/place_picker.html", takes_context=True)
def place_picker(
    context: template.RequestContext, lat: BoundField, lon: BoundField
) -> dict[str, Any]:
    """Choose a place: on the map, by the device, or by typing degrees."""
    shown = [fields.show(one, mark_optional=False) for one in (lat, lon)]
    return {
        "lat": shown[0],
        "lon": shown[1],
        "degrees": shown,
        "tile_url": context.get("tile_url", ""),
    }


@register.simple_tag(takes_context=True)
def query(context: template.RequestContext, **changes: Any) -> str:
    """The address's query with some parameters replaced; None takes one away."""
    request: HttpRequest = context["request"]
    kept = request.GET.copy()
    for key, value in changes.items():
        if value is None:
            kept.pop(key, None)
        else:
            kept[key] = str(value)
    return f"?{kept.urlencode()}"
