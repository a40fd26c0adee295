"""`/api/v1/tips/`, `leads/`, `cases/` with their moves, `evidence/`."""

from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import parsers, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from cases import actions, policies
from cases.api.serializers import (
    CaseSerializer,
    CitationSerializer,
    EvidenceSerializer,
    FiledTipSerializer,
    LeadSerializer,
    MoveSerializer,
    NewCitationSerializer,
    NewEvidenceSerializer,
    NewTipSerializer,
    TipSerializer,
)
from cases.forms.citing import GroundForm
from cases.forms.moves import CASE_DOORS, LEAD_DOORS
from cases.models import Case, Citation, Evidence, Lead, Tip
from common.errors import NotAllowed
from journal.api.bases import (
    IdempotentCreateMixin,
    VisibleModelViewSet,
    call_key,
)
from journal.api.moves import MovesMixin, errors_of
from pages.uploads import MAX_FILES


def _person(request: Request) -> User:
    """Whoever calls; the API is closed to the anonymous."""
    return cast("User", request.user)


@extend_schema_view(move=extend_schema(request=MoveSerializer))
class LeadViewSet(MovesMixin, VisibleModelViewSet):
    """The queue of leads; officials and auditors only."""

    model = Lead
    doors = LEAD_DOORS
    serializer_class = LeadSerializer
    lookup_field = "number"
    lookup_value_regex = "[A-Z0-9-]+"
    select = ("case", "taken_by", "stated")
    filterset_fields = ["state", "source", "region", "meter"]

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().prefetch_related("stated__sources")


@extend_schema_view(move=extend_schema(request=MoveSerializer))
class CaseViewSet(MovesMixin, VisibleModelViewSet):
    """Cases that the caller's body takes part in."""

    model = Case
    doors = CASE_DOORS
    serializer_class = CaseSerializer
    lookup_field = "number"
    lookup_value_regex = "[A-Z0-9-]+"
    select = ("owner", "lead_agency", "handover_to")
    filterset_fields = ["state", "outcome", "region", "lead_agency__code"]

    def get_queryset(self) -> QuerySet[Any]:
        related = ("participations__agency", "opinions__agency", "tasks__agency", "leads")
        return super().get_queryset().prefetch_related(*related)


class TipViewSet(VisibleModelViewSet):
    """A member's own tips; officials read tips through their leads."""

    # Not idempotent by a kept answer, as the others are: its row would name who filed the tip.

    model = Tip
    serializer_class = TipSerializer
    lookup_field = "number"
    lookup_value_regex = "[A-Z0-9-]+"
    select = ("lead",)
    parser_classes = [parsers.JSONParser, parsers.MultiPartParser]

    @extend_schema(request=NewTipSerializer, responses={201: FiledTipSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Files a tip. The receipt code is told in this answer only."""
        if not policies.may_file_tip(request.user):
            raise NotAllowed(_("Tips are filed by members of the Association."))
        given = NewTipSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        uploads = given.validated_data["files"]
        if len(uploads) > MAX_FILES:
            message = _("At most %(n)d files go with one tip.") % {"n": MAX_FILES}
            raise serializers.ValidationError({"files": [message]})
        filed = actions.file_tip_once(
            words=given.validated_data["words"],
            reporter=_person(request),
            uploads=uploads,
            key=call_key(request),
        )
        shown = {**TipSerializer(filed.tip).data, "receipt": filed.receipt}
        return Response(shown, status=status.HTTP_201_CREATED)


class EvidenceViewSet(IdempotentCreateMixin, VisibleModelViewSet):
    """Evidence of the cases that the caller sees."""

    model = Evidence
    serializer_class = EvidenceSerializer
    select = ("case", "agency")
    filterset_fields = ["case__number", "kind"]
    parser_classes = [parsers.MultiPartParser]

    @extend_schema(request=NewEvidenceSerializer, responses={201: EvidenceSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Adds a file to a case; it is hashed as it comes in."""
        return super().create(request, *args, **kwargs)

    def create_once(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        given = NewEvidenceSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        number = given.validated_data.pop("case")
        case = get_object_or_404(Case.objects.visible_to(request.user), number=number)
        added = actions.add_evidence(case=case, actor=_person(request), **given.validated_data)
        return Response(EvidenceSerializer(added).data, status=status.HTTP_201_CREATED)


class CitationViewSet(IdempotentCreateMixin, VisibleModelViewSet):
    """Legal grounds of the cases that the caller's body takes part in."""

    model = Citation
    serializer_class = CitationSerializer
    filterset_fields = ["case__number", "event_on"]

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):  # the schema asks without a person
            return Citation.objects.none()
        seen = Case.objects.visible_to(self.request.user)
        return Citation.objects.filter(case__in=seen).select_related("case", "act", "norm")

    @extend_schema(request=NewCitationSerializer, responses={201: CitationSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Cites a rule; refused with the reason when it cannot found a decision."""
        return super().create(request, *args, **kwargs)

    def create_once(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        given = NewCitationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        case = get_object_or_404(
            Case.objects.visible_to(request.user), number=given.validated_data["case"]
        )
        form = GroundForm(given.validated_data, subject=case, user=_person(request))
        if not form.is_valid():
            raise serializers.ValidationError(errors_of(form))
        cited = actions.cite(case=case, actor=_person(request), **form.cleaned_data)
        return Response(CitationSerializer(cited).data, status=status.HTTP_201_CREATED)
