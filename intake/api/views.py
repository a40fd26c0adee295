"""Sending a file, following it, reading what is wrong with it, deciding about it."""

import json
from hashlib import sha256
from tempfile import TemporaryFile
from typing import Any, ClassVar

import django_filters
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import permissions, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from common.errors import NotAllowed, WrongState
from intake import actions, tasks
from intake.api.parsers import AnyBody, CsvBody, WorkbookBody, refuse_too_large
from intake.api.serializers import (
    ApplySerializer,
    ImportSerializer,
    NewImportSerializer,
    PlannedSerializer,
    RefusedSerializer,
    UndoPlanSerializer,
    UndoSerializer,
    kind_of,
)
from intake.catalogue import KINDS
from intake.models import ImportBatch, ImportRun, PlannedRow, RefusedCell
from intake.policies import may_bring, may_read_rows, may_see_imports
from intake.selectors.error_files import FORMS
from intake.selectors.touched import undo_plan
from intake.workflow import IMPORTS
from journal.api.bases import EtagMixin, IdempotentCreateMixin, VisibleModelViewSet
from journal.api.pages import CursorPages

BARE = {"text/csv": OpenApiTypes.BINARY, "application/octet-stream": OpenApiTypes.BINARY}


class SeesImports(permissions.BasePermission):
    """Whoever may see files of some kind; which ones, the queryset says."""

    def has_permission(self, request: Request, _view: Any) -> bool:
        return may_see_imports(request.user)


class ImportFilter(django_filters.FilterSet):
    class Meta:
        model = ImportBatch
        fields: ClassVar = ["kind", "state", "sha256"]


class ByRow(CursorPages):
    """In the order of the file."""

    ordering = ("row", "pk")  # type: ignore[assignment]  # the library takes both


class WhateverIsAccepted(JSONRenderer):
    """Lets a caller ask for text/csv; what is wrong still comes as a problem document."""

    media_type = "*/*"


class ImportViewSet(EtagMixin, IdempotentCreateMixin, VisibleModelViewSet):
    """Files brought in. A new one is checked in the background: follow its state."""

    model = ImportBatch
    select = ("uploaded_by", "applied_by")
    serializer_class = ImportSerializer
    lookup_value_regex = "[0-9]+"
    permission_classes = [permissions.IsAuthenticated, SeesImports]
    parser_classes = [MultiPartParser, CsvBody, WorkbookBody, AnyBody]
    filterset_class = ImportFilter

    def get_queryset(self) -> QuerySet[Any]:
        runs = Prefetch("runs", ImportRun.objects.order_by("-pk"))
        return super().get_queryset().prefetch_related(runs)

    @extend_schema(
        request={"multipart/form-data": NewImportSerializer, **BARE},
        responses={202: ImportSerializer},
        parameters=[
            OpenApiParameter("kind", description="with a bare body: what the file holds"),
            OpenApiParameter("file_name", description="with a bare body: the file's name"),
            OpenApiParameter("act_reference", description="with a bare body"),
            OpenApiParameter("act_date", OpenApiTypes.DATE, description="with a bare body"),
            OpenApiParameter("Idempotency-Key", location="header"),
        ],
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Send a file, as a form or as a bare body; it is streamed to disk.

        202 with the file's address: it is checked in the background, and nothing is written
        before somebody applies it.
        """
        refuse_too_large(request)
        return super().create(request, *args, **kwargs)

    def create_once(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        given = NewImportSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        fields = given.validated_data
        _refuse_unknown(fields["kind"], request.user)
        run = actions.receive_file(
            kind=fields["kind"],
            name=fields["file"].name,
            content=fields["file"],
            actor=request.user,
            act_reference=fields["act_reference"],
            act_date=fields["act_date"],
        )
        tasks.work_off_run.delay_on_commit(run.pk)
        where = reverse("import-detail", args=[run.batch_id], request=request)
        return self._shown(run.batch_id, status.HTTP_202_ACCEPTED, Location=where)

    def call_fingerprint(self, request: Request) -> str:
        """Files by their content: two lists of one size and name are two calls."""
        given: Any = request.data  # forms and bare bodies alike: a name may stand several times
        fields = {name: [_told(value) for value in given.getlist(name)] for name in sorted(given)}
        text = json.dumps([request.path, fields], cls=DjangoJSONEncoder)
        return sha256(text.encode()).hexdigest()

    # What the check found

    @extend_schema(responses=RefusedSerializer(many=True))
    @action(detail=True, pagination_class=ByRow, filterset_class=None)
    def rows(self, request: Request, pk: str) -> Response:
        """What is wrong, by row: field, value, message, and what is accepted there."""
        batch = self._readable(request)
        cells = RefusedCell.objects.visible_to(request.user).filter(batch=batch)
        page = self.paginate_queryset(cells)
        context = {"kind": kind_of(batch)}
        return self.get_paginated_response(RefusedSerializer(page, many=True, context=context).data)

    @extend_schema(responses=PlannedSerializer(many=True))
    @action(detail=True, pagination_class=ByRow, filterset_class=None)
    def planned(self, request: Request, pk: str) -> Response:
        """What the good rows would do: every changed one, of the others the first thousand."""
        batch = self._readable(request)
        rows = PlannedRow.objects.visible_to(request.user).filter(batch=batch)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(PlannedSerializer(page, many=True).data)

    @extend_schema(
        parameters=[OpenApiParameter("form", enum=list(FORMS), description="csv unless asked")],
        responses={(200, kind): OpenApiTypes.BINARY for kind in FORMS.values()},
    )
    @action(detail=True, url_path="error-file", renderer_classes=[JSONRenderer, WhateverIsAccepted])
    def error_file(self, request: Request, pk: str) -> FileResponse:
        """The refused rows as they were sent, with what to mend in a last column."""
        batch = self._readable(request)
        form = request.query_params.get("form", "csv")
        if form not in FORMS:
            raise ValidationError({"form": [_("Ask for csv or xlsx.")]})
        if not batch.rejected:
            raise Http404
        target = TemporaryFile()  # noqa: SIM115 - the response closes it
        actions.write_error_file(batch=batch, actor=request.user, form=form, target=target)
        name = f"refused-{batch.pk}.{form}"
        return FileResponse(target, as_attachment=True, filename=name, content_type=FORMS[form])

    # What is decided

    @extend_schema(request=ApplySerializer, responses={202: ImportSerializer})
    @action(detail=True, methods=["post"], parser_classes=[JSONParser])
    def apply(self, request: Request, pk: str) -> Response:
        """Apply the checked file that was read (If-Match), whole or without the refused rows."""
        given = ApplySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with transaction.atomic():
            batch = self._as_read(request)
            run = actions.ask_to_apply(batch=batch, actor=request.user, **given.validated_data)
        return self._enqueued(run)

    @extend_schema(request=UndoSerializer, responses={202: ImportSerializer})
    @action(detail=True, methods=["post"], parser_classes=[JSONParser])
    def undo(self, request: Request, pk: str) -> Response:
        """Undo the applied file that was read (If-Match): everything is as it was before."""
        given = UndoSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with transaction.atomic():
            batch = self._as_read(request)
            run = actions.ask_to_undo(batch=batch, actor=request.user, **given.validated_data)
        return self._enqueued(run)

    @extend_schema(responses=UndoPlanSerializer)
    @action(detail=True, url_path="undo-plan")
    def undo_plan(self, request: Request, pk: str) -> Response:
        """What undoing an applied file would do as things stand now; writes nothing."""
        batch = self._readable(request)
        if not IMPORTS.may("undo", batch, request.user):
            raise WrongState(_("Only an applied file can be undone."))
        return Response(UndoPlanSerializer(undo_plan(batch)).data)

    @extend_schema(request=None, responses={202: ImportSerializer})
    @action(detail=True, methods=["post"], parser_classes=[JSONParser])
    def recheck(self, request: Request, pk: str) -> Response:
        """Check the file that was read (If-Match) again."""
        with transaction.atomic():
            run = actions.ask_to_check(batch=self._as_read(request), actor=request.user)
        return self._enqueued(run)

    @extend_schema(request=None, responses=ImportSerializer)
    @action(detail=True, methods=["post"], parser_classes=[JSONParser])
    def discard(self, request: Request, pk: str) -> Response:
        """Put the file that was read (If-Match) aside; nothing of it was written."""
        with transaction.atomic():
            batch = self._as_read(request)
            actions.discard_batch(batch=batch, actor=request.user)
        return self._shown(batch.pk, status.HTTP_200_OK)

    def _readable(self, request: Request) -> ImportBatch:
        batch: ImportBatch = self.get_object()
        if not may_read_rows(request.user, batch):
            raise Http404
        return batch

    def _as_read(self, request: Request) -> ImportBatch:
        """The file, locked, if it still is what the caller read."""
        batch: ImportBatch = self.get_object()
        ImportBatch.objects.select_for_update().get(pk=batch.pk)
        batch = self.get_object()
        self.check_version(request, self.get_serializer(batch).data)
        return batch

    def _enqueued(self, run: ImportRun) -> Response:
        tasks.work_off_run.delay_on_commit(run.pk)
        return self._shown(run.batch_id, status.HTTP_202_ACCEPTED)

    def _shown(self, pk: int, code: int, **headers: str) -> Response:
        batch = self.get_queryset().get(pk=pk)
        return Response(self.get_serializer(batch).data, status=code, headers=headers)


def _refuse_unknown(kind: str, user: Any) -> None:
    if kind not in KINDS:
        accepted = ", ".join(one.slug for one in KINDS if may_bring(user, one.slug))
        told = _("There is no such kind of file. Accepted: %(kinds)s.") % {"kinds": accepted}
        raise ValidationError({"kind": [told]})
    if not may_bring(user, kind):
        raise NotAllowed(_("You may not bring files of this kind in."))


def _told(value: Any) -> Any:
    if not hasattr(value, "chunks"):
        return value
    digest = sha256()
    for piece in value.chunks():
        digest.update(piece)
    value.seek(0)
    return [value.name, digest.hexdigest()]
