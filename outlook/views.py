"""The power balance to 2035, and beside it the grey and the white power of today."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from outlook import selectors
from outlook.choices import Measure
from outlook.lists import told_range
from outlook.policies import may_see_outlook
from outlook.selectors import balance as rows_of
from pages.parts import Tile
from pages.wording import language, moment, number

SHOWN = (
    Measure.GENERATION, Measure.DEMAND, Measure.NET_IMPORT, Measure.COAL, Measure.GAS,
    Measure.HYDRO, Measure.WIND, Measure.SOLAR,
)  # fmt: skip


@login_required
def balance(request: HttpRequest) -> HttpResponse:
    """History by series, one vintage of forecasts (?vintage=), and mining beside them."""
    if not may_see_outlook(request.user):
        raise PermissionDenied
    codes = rows_of.vintages()
    code = request.GET.get("vintage") or rows_of.usual_vintage(codes)
    if codes and code not in codes:
        raise Http404
    years, chosen = rows_of.years(), rows_of.vintage(code)
    context = {
        "vintages": codes,
        "vintage": chosen,
        "forecasts": [(row, told_range(row)) for row in chosen.rows],
        "chart": _chart(years, chosen),
        "measures": [measure.label for measure in SHOWN],
        "years": [_year(row) for row in years if row.value(Measure.GENERATION) is not None],
        "tiles": list(_tiles()),
        "check": rows_of.cross_check(),
    }
    return render(request, "outlook/balance.html", context)


def _chart(years: Any, chosen: rows_of.Vintage) -> dict[str, Any]:
    words = {
        "forecast": _("forecast of %(vintage)s") % {"vintage": chosen.code},
        "energy": _("TWh"),
        "power": _("GW"),
        "break": _("other definition"),
    }
    return rows_of.drawn(years, chosen) | {"language": language(), "words": words}


def _year(row: rows_of.YearRow) -> dict[str, Any]:
    """A line of the table: figures in TWh, and the figures' own sources."""
    figures = [row.figures.get(measure) for measure in SHOWN]
    told = [figure for figure in figures if figure]
    sources = dict.fromkeys(figure.source for figure in told)
    remarks = [
        f"{figure.get_measure_display()}: {figure.remark}" for figure in told if figure.remark
    ]
    return {
        "year": row.year,
        "series": row.series,
        "values": [number(figure.value if figure else None, 2) for figure in figures],
        "sources": "; ".join(sources),
        "remarks": "; ".join(remarks),
        "breaks": row.broken,
        "verified": all(figure.verified for figure in told),
    }


def _tiles() -> Iterator[Tile]:
    """Suspected grey and registered white power, MW, with when and of what each was reckoned."""
    taken = selectors.picture()
    if taken is None:
        return
    at = moment(taken.taken_at)
    low, high = taken.total("suspected_low"), taken.total("suspected_high")
    yield Tile(
        _("Suspected grey load"), number((low + high) / 2), _("MW"),
        _("from %(low)s to %(high)s; open leads and cases, %(at)s")
        % {"low": number(low), "high": number(high), "at": at},
    )  # fmt: skip
    yield Tile(
        _("Registered white power"), number(taken.total("registered")), _("MW"),
        _("declared power of sites in force, the registry, %(at)s") % {"at": at},
    )  # fmt: skip
