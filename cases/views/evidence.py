"""One piece of evidence: its page with the custody log, and its file."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.requests import SignedInRequest
from cases import actions
from cases.models import Case, Evidence
from cases.views.cases import visible_case
from journal.selectors import history_of
from pages.downloads import PHOTO_TYPE, hand_out
from pages.parts import Crumb
from pages.uploads import digest_of


def _piece(case: Case, seq: int) -> Evidence:
    found: Evidence = get_object_or_404(case.evidence.select_related("added_by", "agency"), seq=seq)
    return found


@login_required
def show(request: SignedInRequest, number: str, seq: int) -> HttpResponse:
    """What it is, whether its bytes are still those that came in, and who has opened it."""
    case = visible_case(request, number)
    piece = _piece(case, seq)
    intact = None
    if piece.original:
        with piece.original.open("rb") as stream:
            intact = digest_of(stream) == piece.sha256
    context = {
        "case": case,
        "piece": piece,
        "intact": intact,
        "custody": history_of(piece),
        "path": [
            Crumb(_("Cases"), reverse("cases:list")),
            Crumb(case.number, case.get_absolute_url()),
            Crumb(f"№ {piece.seq}"),
        ],
    }
    return render(request, "cases/evidence.html", context)


@login_required
def download(request: SignedInRequest, number: str, seq: int) -> HttpResponseBase:
    """The viewing copy of a photo, or with ``?original=1`` the original; each goes into custody."""
    case = visible_case(request, number)
    piece = _piece(case, seq)
    original = "original" in request.GET or not piece.viewing
    actions.view_evidence(evidence=piece, actor=request.user, original=original)
    if original:
        return hand_out(piece.original, piece.name, piece.content_type)
    return hand_out(piece.viewing, f"{case.number}-{piece.seq}.jpg", PHOTO_TYPE)
