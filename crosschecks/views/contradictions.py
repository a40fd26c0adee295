"""The card on an operator's page: what was declared beside what the meters showed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crosschecks.selectors.contradictions import Contradictions, contradictions_of
from crosschecks.views.access import for_those_who_see_checks
from pages.badges import Badge
from pages.parts import Comparison
from pages.wording import kw, kwh, number, percent, short_date


@for_those_who_see_checks
def contradictions(request: HttpRequest, registration: str) -> HttpResponse:
    """A fragment for the page of the registration with this number."""
    found = contradictions_of(registration)
    context = {"found": found, "rows": comparisons(found), "period": period(found)}
    return render(request, "crosschecks/parts/contradictions.html", context)


def comparisons(found: Contradictions) -> list[Comparison]:
    """Every source has its row, also those that nobody sends yet."""
    return [_metered(found), _declared(found), *_not_received()]


def _metered(found: Contradictions) -> Comparison:
    load = found.metered
    if load is None:
        return Comparison(source=_("By the meters"), detail=_("no readings"), verdict="base")
    of = ngettext("%(seen)s of %(n)s meter", "%(seen)s of %(n)s meters", found.declared_meters) % {
        "seen": number(load.meters),
        "n": number(found.declared_meters),
    }
    whole = load.meters == found.declared_meters
    return Comparison(
        source=_("By the meters"),
        detail=f"{', '.join(load.suppliers)}; {of}",
        value=kwh(round(load.kwh)),
        verdict="base",
        reliability=_reported() if whole else _estimate(),
        as_of=found.until,
    )


def _declared(found: Contradictions) -> Comparison:
    peak = found.metered and found.metered.peak_kw
    allowed = _("peak %(peak)s, tolerance %(share)s") % {
        "peak": kw(round(peak)) if peak else "–",
        "share": percent(found.tolerance - 1),
    }
    return Comparison(
        source=_("Registry: power"),
        detail=allowed,
        value=kw(found.declared_kw) if found.declared_kw else "",
        verdict=found.verdict,
        percent=_signed(found.excess),
        reliability=_reported() if found.declared_kw else None,
        as_of=found.until if found.declared_kw else None,
    )


def _not_received() -> list[Comparison]:
    sources = {
        _("Declared for the fee"): _("quarterly return, State Revenue Committee"),
        _("Bought"): _("auctions and bilateral contracts"),
        _("Sold on exchanges"): _("National Bank and AIFC"),
        _("Pool reports"): _("obligatory since 2026"),
    }
    return [Comparison(source=source, detail=detail) for source, detail in sources.items()]


def _signed(share: float | None) -> str:
    if share is None:
        return "–"
    return ("+" if share > 0 else "") + number(100 * share, 1)


def _reported() -> Badge:
    return Badge(_("as reported"), icon="file-check", line=True)


def _estimate() -> Badge:
    return Badge(_("estimate"), tone="warn", icon="wave-sine")


def period(found: Contradictions) -> str:
    return f"{short_date(found.since)} – {short_date(found.until)}"
