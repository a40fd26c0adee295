"""Filing a tip and following it by its receipt."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from cases import actions, policies
from cases.choices import LeadState
from cases.forms.tips import ReceiptForm, TipForm, mismatch_words
from cases.models import Tip, TipFile
from cases.selectors import terms
from cases.views.guessing import count_wrong_code, too_many_wrong_codes
from common import clock
from common.errors import Refused
from law.working_days import NoCalendar
from pages.asking import UNPROCESSABLE
from pages.uploads import FILE_BYTES, MAX_FILES, PHOTO_BYTES
from registry.selectors.public import PublicEntry, public_entry

if TYPE_CHECKING:
    from django.db.models import QuerySet


@login_required
@sensitive_post_parameters()
@never_cache
def new_tip(request: SignedInRequest) -> HttpResponse:
    if not policies.may_file_tip(request.user):
        raise PermissionDenied
    about = _entry_asked_about(request)
    form = TipForm(
        _with_place_of_photo(request) or None, initial=mismatch_words(about) if about else None
    )
    kept, refused = _files(request) if request.method == "POST" else ([], [])
    if request.method == "POST" and "send" in request.POST and not refused and form.is_valid():
        try:
            filed = actions.file_tip(
                words=form.words(), reporter=request.user, files=[one.token for one in kept]
            )
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal.message))
        else:
            response = redirect("tips:receipt", filed.receipt)
            response["Location"] += "?fresh=1"
            return response
    context = {
        "form": form,
        "about": about,
        "kept": kept,
        "refused": refused,
        "offered": _offered_place(form, kept),
        "limits": {"files": MAX_FILES, "photo": PHOTO_BYTES, "file": FILE_BYTES},
        "left": MAX_FILES - len(kept),
    }
    wrong = refused or (form.is_bound and form.errors)
    return render(request, "tips/new.html", context, status=UNPROCESSABLE if wrong else 200)


@require_safe
@never_cache
def report_mismatch(request: HttpRequest) -> HttpResponse:
    """The slot of the public register's extract: the way to a tip, or who may file one."""
    context = {
        "entry": _entry_asked_about(request),
        "may": policies.may_file_tip(request.user),
    }
    return render(request, "tips/parts/mismatch.html", context)


def _entry_asked_about(request: HttpRequest) -> PublicEntry | None:
    """The entry of the public register that a tip begins from; only what everyone may read."""
    number = request.GET.get("registration", "").replace("\x00", "")
    return public_entry(number, clock.today()) if number else None


def _with_place_of_photo(request: HttpRequest) -> Any:
    """The posted form, with the place of a photo filled in when the filer took it over."""
    posted = request.POST.copy()
    lat, _separator, lon = posted.get("place_of_photo", "").partition(";")
    if lat and lon:
        posted["lat"], posted["lon"] = lat, lon
    return posted


def _offered_place(form: TipForm, kept: list[TipFile]) -> dict[str, float] | None:
    """Where a photo just uploaded was taken, unless the filer has chosen a point."""
    if form["lat"].value() not in (None, ""):
        return None
    places = [one.place for one in kept if one.place]
    return {"lat": places[0][0], "lon": places[0][1]} if places else None


def _files(request: HttpRequest) -> tuple[list[TipFile], list[str]]:
    """The files kept so far and now, and what was refused, in sentences."""
    tokens = [token for token in request.POST.getlist("kept") if _is_token(token)]
    kept: list[TipFile] = list(TipFile.objects.unsent().filter(token__in=tokens[:MAX_FILES]))
    refused = []
    for upload in request.FILES.getlist("files"):
        if len(kept) >= MAX_FILES:
            refused.append(
                _("%(name)s was not added: at most %(n)d files go with one tip.")
                % {"name": upload.name, "n": MAX_FILES}
            )
            continue
        try:
            kept.append(actions.keep_tip_file(upload=upload))
        except Refused as refusal:
            refused.append(str(refusal.message))
    return kept, refused


def _is_token(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@never_cache
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """The state of a tip: for whoever holds the code, or for the filer by the tip's number."""
    own: QuerySet[Tip] = (
        Tip.objects.of(request.user) if request.user.is_authenticated else (Tip.objects.none())
    )
    tip = own.filter(number=receipt).select_related("lead").first()
    by_code = tip is None
    if by_code:
        if too_many_wrong_codes(request):
            return render(request, "tips/too_many.html", status=429)
        hashed = actions.receipt_hash(receipt)
        tip = Tip.objects.filter(receipt_hash=hashed).select_related("lead").first()
    if tip is None:
        count_wrong_code(request)
        form = ReceiptForm()
        return render(request, "tips/code.html", {"form": form, "unknown": True}, status=404)
    fresh = by_code and "fresh" in request.GET
    context = {
        "tip": tip,
        "code": _in_fours(receipt) if fresh else "",
        "steps": _steps(tip),
        "sealed": not tip.anonymous,
        "own": not by_code or policies.may_file_tip(request.user),
        "base": "base.html" if request.user.is_authenticated else "base_public.html",
    }
    return render(request, "tips/receipt.html", context)


def _in_fours(code: str) -> str:
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    return " ".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def _steps(tip: Tip) -> Sequence[dict[str, Any]]:
    reviewed = policies.decided(tip.lead)
    return [
        {"what": "received", "at": tip.filed_at, "done": True},
        {"what": "review", "until": _review_until(tip), "done": tip.lead.state != LeadState.NEW},
        {"what": "result", "at": tip.lead.decided_at if reviewed else None, "done": reviewed},
    ]


def _review_until(tip: Tip) -> Any:
    try:
        return terms.due_after(terms.TRIAGE, clock.day_of(tip.filed_at))
    except NoCalendar:
        return None


@never_cache
@sensitive_post_parameters()
def enter_code(request: HttpRequest) -> HttpResponse:
    form = ReceiptForm(request.POST or None)
    if form.is_bound and form.is_valid():
        typed = "".join(sign for sign in form.cleaned_data["code"] if sign.isalnum())
        return redirect("tips:receipt", typed.upper() or "-")
    return render(request, "tips/code.html", {"form": form})
