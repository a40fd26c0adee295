"""The API of the cross-checks: read them, and ask for a run."""

from typing import Any, ClassVar

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, status, viewsets
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from common.errors import Refused
from crosschecks import actions, policies, tasks
from crosschecks.api.serializers import (
    AskForRunSerializer,
    CheckRunSerializer,
    CheckSerializer,
    FindingSerializer,
)
from crosschecks.models import CheckRun, Finding
from crosschecks.selectors.overview import check_cards
from crosschecks.selectors.runs import newest_complete_day
from journal.api.bases import IdempotentCreateMixin, VisibleModelViewSet


class SeesChecks(permissions.BasePermission):
    """Officials, auditors and admins; the policy's answer."""

    def has_permission(self, request: Request, _view: Any) -> bool:
        return policies.may_see_checks(request.user)


class CheckViewSet(viewsets.ViewSet):
    """The catalogue, with thresholds in force and own precision."""

    permission_classes = (permissions.IsAuthenticated, SeesChecks)
    lookup_value_regex = "[a-z0-9-]+"

    @extend_schema(responses=CheckSerializer(many=True), operation_id="checks_list")
    def list(self, _request: Request) -> Response:
        return Response(CheckSerializer(check_cards(), many=True).data)

    @extend_schema(responses=CheckSerializer, operation_id="checks_retrieve")
    def retrieve(self, _request: Request, pk: str) -> Response:
        for card in check_cards():
            if card.check.slug == pk:
                return Response(CheckSerializer(card).data)
        raise NotFound


class CheckRunFilter(django_filters.FilterSet):
    check = django_filters.CharFilter(field_name="check_slug")

    class Meta:
        model = CheckRun
        fields: ClassVar = ["check", "state", "day"]


class CheckRunViewSet(IdempotentCreateMixin, VisibleModelViewSet):
    """Runs, newest first; POST asks for one and answers 202 while it is under way."""

    model = CheckRun
    queryset = CheckRun.objects.none()
    serializer_class = CheckRunSerializer
    filterset_class = CheckRunFilter

    @extend_schema(request=AskForRunSerializer, responses={202: CheckRunSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().create(request, *args, **kwargs)

    def create_once(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        asked = AskForRunSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        day = asked.validated_data.get("day") or newest_complete_day()
        if day is None:
            raise Refused("There is no complete day of readings yet.", field="day")
        run = actions.queue_run(slug=asked.validated_data["check"], day=day, actor=request.user)
        tasks.run_check_day.delay_on_commit(run.pk)
        headers = {"Location": reverse("check-runs-detail", args=[run.pk], request=request)}
        shown = CheckRunSerializer(run).data
        return Response(shown, status=status.HTTP_202_ACCEPTED, headers=headers)


class FindingFilter(django_filters.FilterSet):
    check = django_filters.CharFilter(field_name="check_slug")

    class Meta:
        model = Finding
        fields: ClassVar = ["check", "state", "severity", "decision", "kato", "party_bin"]


class FindingViewSet(VisibleModelViewSet):
    """Findings, newest first."""

    model = Finding
    queryset = Finding.objects.none()
    serializer_class = FindingSerializer
    filterset_class = FindingFilter
