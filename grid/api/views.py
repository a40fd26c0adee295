"""Sending readings, following a batch, reading meters and their profiles."""

from typing import Any, ClassVar

import django_filters
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from grid import actions, tasks
from grid.api.serializers import (
    MeterSerializer,
    ProfileSerializer,
    ReadingBatchSerializer,
    RejectSerializer,
    UploadSerializer,
)
from grid.choices import Channel
from grid.models import Meter, MeterProfile, ReadingBatch, ReadingReject, Supplier
from grid.policies import may_see_grid
from journal.api.bases import IdempotentCreateMixin, VisibleModelViewSet


class SeesTheGrid(permissions.BasePermission):
    """Officials, auditors, administrators, and a supplier's people for their own."""

    def has_permission(self, request: Request, _view: Any) -> bool:
        return may_see_grid(request.user)


class ReadingBatchFilter(django_filters.FilterSet):
    supplier = django_filters.CharFilter(field_name="supplier__code")

    class Meta:
        model = ReadingBatch
        fields: ClassVar = ["supplier", "state", "sha256"]


class ReadingBatchViewSet(IdempotentCreateMixin, VisibleModelViewSet):
    """Batches of readings. A new one is stored in the background: follow its state."""

    model = ReadingBatch
    select = ("supplier",)
    serializer_class = ReadingBatchSerializer
    permission_classes = [permissions.IsAuthenticated, SeesTheGrid]
    parser_classes = [MultiPartParser]
    filterset_class = ReadingBatchFilter

    @extend_schema(
        request={"multipart/form-data": UploadSerializer}, responses={202: ReadingBatchSerializer}
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Send a file; it is streamed to disk and stored in the background.

        202 with the batch's address. 200 when this very file of this supplier came before.
        """
        return super().create(request, *args, **kwargs)

    def create_once(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        given = UploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        fields = given.validated_data
        supplier = Supplier.objects.visible_to(request.user).filter(code=fields["supplier"]).first()
        if supplier is None:
            raise ValidationError({"supplier": [_("There is no such supplier.")]})
        batch, new = actions.receive_batch(
            supplier=supplier, file=fields["file"], file_name=fields["file"].name,
            actor=request.user, channel=Channel.API, unit=fields.get("unit", ""),
            partial=fields["partial"],
        )  # fmt: skip
        if new:
            tasks.store_batch.delay_on_commit(batch.pk)
        answer = ReadingBatchSerializer(batch).data
        where = reverse("reading-batch-detail", args=[batch.pk], request=request)
        code = status.HTTP_202_ACCEPTED if new else status.HTTP_200_OK
        return Response(answer, status=code, headers={"Location": where})

    @extend_schema(responses=RejectSerializer(many=True))
    @action(detail=True)
    def rejects(self, request: Request, pk: str) -> Response:
        """The refused values of a batch: row, column, value, and what is accepted."""
        batch = self.get_object()
        rows = ReadingReject.objects.visible_to(request.user).filter(batch=batch)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(RejectSerializer(page, many=True).data)


class MeterFilter(django_filters.FilterSet):
    supplier = django_filters.CharFilter(field_name="supplier__code")

    class Meta:
        model = Meter
        fields: ClassVar = ["code", "supplier", "customer_bin", "kato"]


class MeterViewSet(VisibleModelViewSet):
    """Meters as the suppliers report them."""

    model = Meter
    select = ("supplier",)
    serializer_class = MeterSerializer
    permission_classes = [permissions.IsAuthenticated, SeesTheGrid]
    filterset_class = MeterFilter

    @extend_schema(responses=ProfileSerializer(many=True))
    @action(detail=True)
    def profiles(self, request: Request, pk: str) -> Response:
        """The meter's profiles, newest first; empty for whoever may not see scores."""
        meter = self.get_object()
        rows = MeterProfile.objects.visible_to(request.user).filter(meter=meter)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(ProfileSerializer(page, many=True).data)
