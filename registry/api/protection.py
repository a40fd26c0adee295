"""`/api/v1/mark-decisions/`: decisions on the mark "no restriction applies", with their moves."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from journal.api.bases import IdempotentCreateMixin, VisibleModelViewSet
from journal.api.moves import MovesMixin, errors_of
from registry import actions
from registry.api.views import ByNumber
from registry.choices import Attendance
from registry.forms.protection import PROTECTION_DOORS, LiftingForm
from registry.models import DecidingPerson, Operator, ProtectionDecision


class DecidingPersonSerializer(serializers.ModelSerializer[DecidingPerson]):
    """``deed`` is what was signed: lifting the mark or giving it back."""

    person = serializers.CharField(source="person.full_name", read_only=True)
    agency = serializers.CharField(source="agency.code", read_only=True)

    class Meta:
        model = DecidingPerson
        fields = ["deed", "person", "agency", "as_head", "signed_at"]
        read_only_fields = fields


class MarkDecisionSerializer(serializers.ModelSerializer[ProtectionDecision]):
    """``operator`` is an id; the mark is lifted from ``valid_from`` to ``valid_until``, both
    included, and carried again from ``reversed_on``. No registration changes by it."""

    lead_agency = serializers.CharField(source="lead_agency.code", read_only=True)
    act = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    norm = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    persons = DecidingPersonSerializer(many=True, read_only=True)

    class Meta:
        model = ProtectionDecision
        fields = [
            "id", "operator", "state", "lead_agency", "act", "norm", "event_on", "reason",
            "drafted_at", "invited", "notice_sent_on", "notice_reference", "hearing_on",
            "attendance", "minutes", "minutes_reference", "proposed_at", "decided_at",
            "valid_from", "valid_until", "restoring_reason", "restoring_at", "reversed_on",
            "persons",
        ]  # fmt: skip
        read_only_fields = fields


class NewMarkDecisionSerializer(serializers.Serializer[Any]):
    """``ground``: ``norm:<code>``, ``act:<code>`` or ``statement:<code>`` (always refused)."""

    operator = serializers.IntegerField()
    ground = serializers.CharField()
    event_on = serializers.DateField()
    reason = serializers.CharField(max_length=4000)


class MarkMoveSerializer(serializers.Serializer[Any]):
    """What a move may be given; each takes what it needs and refuses what is missing."""

    invited = serializers.CharField(required=False, max_length=300)
    notice_sent_on = serializers.DateField(required=False)
    notice_reference = serializers.CharField(required=False, max_length=200)
    hearing_on = serializers.DateField(required=False)
    attendance = serializers.ChoiceField(Attendance.choices, required=False)
    minutes = serializers.CharField(required=False, max_length=8000)
    minutes_reference = serializers.CharField(required=False, max_length=300)
    valid_from = serializers.DateField(required=False)
    valid_until = serializers.DateField(required=False)
    reason = serializers.CharField(required=False, max_length=4000)


@extend_schema_view(
    move=extend_schema(request=MarkMoveSerializer, responses=MarkDecisionSerializer)
)
class MarkDecisionViewSet(MovesMixin, IdempotentCreateMixin, VisibleModelViewSet):
    """Drafted, heard, proposed, decided, given back; for those who may see the registry."""

    model = ProtectionDecision
    doors = PROTECTION_DOORS
    serializer_class = MarkDecisionSerializer
    pagination_class = ByNumber
    filterset_fields = ("operator", "state", "lead_agency__code")
    select = ("operator", "lead_agency", "act", "norm__act")

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().prefetch_related("persons__person", "persons__agency")

    @extend_schema(request=NewMarkDecisionSerializer, responses={201: MarkDecisionSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Drafts a decision; nothing is lifted by it."""
        return super().create(request, *args, **kwargs)

    def create_once(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        given = NewMarkDecisionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        visible = Operator.objects.visible_to(request.user)
        operator = get_object_or_404(visible, pk=given.validated_data["operator"])
        form = LiftingForm(given.validated_data, subject=operator, user=request.user)
        if not form.is_valid():
            raise serializers.ValidationError(errors_of(form))
        made = actions.draft_lifting(operator=operator, grounds=form.grounds(), actor=request.user)
        return Response(MarkDecisionSerializer(made).data, status=status.HTTP_201_CREATED)
