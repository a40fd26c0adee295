"""The calculator of devices: models and counts to kilowatts, kilowatts to devices."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from registry.models import EquipmentModel
from registry.selectors.calculator import Line, devices_in, model_of, reckon, total

LINES = 6
USUAL_OVERHEAD = 10.0
MOST_DEVICES = 10_000_000


@login_required
@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """Every signed-in person may reckon; nothing is stored, the address holds the question."""
    lines = _lines(request)
    reckoned = [reckon(line) for line in lines]
    overhead = _number(request.GET.get("overhead", ""), USUAL_OVERHEAD)
    declared = _number(request.GET.get("declared", ""), 0.0)
    wanted = _number(request.GET.get("kw", ""), 0.0)
    model = model_of(request.GET.get("of", "")) if request.GET.get("of") else None
    summed = total(reckoned, overhead)
    context = {
        "lines": reckoned,
        "blank": range(max(1, LINES - len(reckoned)) if len(reckoned) < LINES else 0),
        "overhead": overhead,
        "declared": declared,
        "fits": summed.low_kw <= declared,
        "total": summed if reckoned else None,
        "kw": wanted,
        "of": request.GET.get("of", ""),
        "model": model,
        "devices": devices_in(wanted, model, overhead) if model and wanted > 0 else None,
        "models": EquipmentModel.objects.all(),
    }
    return render(request, "registry/calculator.html", context)


def _lines(request: HttpRequest) -> list[Line]:
    given = zip(
        request.GET.getlist("model"), request.GET.getlist("count"), request.GET.getlist("watts"),
        strict=False,
    )  # fmt: skip
    return [
        Line(model.strip()[:100], min(int(count), MOST_DEVICES), _watts(watts))
        for model, count, watts in list(given)[:LINES]
        if model.strip() and count.isdigit() and int(count) > 0
    ]


def _watts(text: str) -> int | None:
    return min(int(text), 1_000_000) if text.isdigit() and int(text) > 0 else None


def _number(text: str, otherwise: float) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return otherwise
    return value if 0 <= value <= 10_000_000 else otherwise  # noqa: PLR2004 - kW; more is a slip
