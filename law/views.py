"""The page of terms and working years: what is counted, from which source, how sure."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common import clock
from law.models import CalendarYear, MovedDay, Term


@login_required
def terms(request: HttpRequest) -> HttpResponse:
    """Every signed-in person may read which terms the portal counts."""
    context = {
        "terms": Term.objects.all(),
        "years": CalendarYear.objects.all(),
        "moved": MovedDay.objects.filter(day__year__gte=clock.today().year - 1),
    }
    return render(request, "law/terms.html", context)
