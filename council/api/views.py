"""`/api/v1/proposals/` with its moves."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from council import actions
from council.api.serializers import (
    NewProposalSerializer,
    ProposalMoveSerializer,
    ProposalSerializer,
)
from council.forms import DOORS
from council.models import Proposal
from journal.api.bases import IdempotentCreateMixin, VisibleModelViewSet
from journal.api.moves import MovesMixin


@extend_schema_view(
    move=extend_schema(request=ProposalMoveSerializer, responses=ProposalSerializer)
)
class ProposalViewSet(MovesMixin, IdempotentCreateMixin, VisibleModelViewSet):
    """Proposals to the council; officials of the three bodies and auditors."""

    model = Proposal
    doors = DOORS
    serializer_class = ProposalSerializer
    lookup_field = "number"
    lookup_value_regex = "[A-Z0-9-]+"
    select = ("agency", "author")
    filterset_fields = ["state", "kind", "agency__code"]

    def get_queryset(self) -> QuerySet[Any]:
        related = ("remarks__agency", "remarks__author", "ballots__agency", "ballots__voter")
        return super().get_queryset().prefetch_related(*related)

    @extend_schema(request=NewProposalSerializer, responses={201: ProposalSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Writes a draft, which only the own body sees until it is submitted."""
        return super().create(request, *args, **kwargs)

    def create_once(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        given = NewProposalSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        person: Any = request.user  # signed in, or the permission had stopped the call
        made = actions.draft_proposal(actor=person, words=given.validated_data)
        return Response(ProposalSerializer(made).data, status=status.HTTP_201_CREATED)
