"""Bases of API views: what is visible, which version is meant, what was already answered."""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import exceptions, mixins, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import WrongState
from journal.api.pages import CursorPages
from journal.api.problems import PreconditionFailed, PreconditionRequired
from journal.models import AnsweredCall

KEY_LENGTH = 200


class VisibleModelViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]
):
    """Lists and shows what the caller may see; all else is 404.

    The model's manager must have ``visible_to(user)``.
    """

    model: Any
    pagination_class = CursorPages
    select: Iterable[str] = ()

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):  # the schema asks without a person
            return self.model.objects.none()  # type: ignore[no-any-return]  # the model is a subclass's
        rows = self.model.objects.visible_to(self.request.user)
        return rows.select_related(*self.select)  # type: ignore[no-any-return]  # the model is a subclass's


class EtagMixin:
    """Sends an ETag of what was shown; a change must bring it back in If-Match."""

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        shown = hasattr(response, "data") and response.status_code == status.HTTP_200_OK
        if request.method == "GET" and kwargs and shown:
            response["ETag"] = etag_of(response.data)
        return super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc,no-any-return]  # a mixin's super()

    def check_version(self, request: Request, shown: Any) -> None:
        """Raises 428 without If-Match, 412 if ``shown`` is no longer what the caller read."""
        given = request.headers.get("If-Match", "")
        if not given:
            raise PreconditionRequired(_("Send the ETag that you read in the header If-Match."))
        if given not in ("*", etag_of(shown)):
            raise PreconditionFailed(_("It has changed since you read it. Read it again."))


class IdempotentCreateMixin:
    """A creation with an Idempotency-Key is carried out once; a repeat gets the same answer.

    Subclasses bring ``create_once(request, ...) -> Response``.
    """

    create_once: Callable[..., Response]

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = call_key(request)
        if not key:
            return self.create_once(request, *args, **kwargs)
        with transaction.atomic():
            return self._answer(request, key, *args, **kwargs)

    def _answer(self, request: Request, key: str, *args: Any, **kwargs: Any) -> Response:
        fingerprint = self.call_fingerprint(request)
        caller: Any = request.user  # signed in, or the permission had stopped the call
        call, fresh = AnsweredCall.objects.get_or_create(
            user=caller, key=key, defaults={"fingerprint": fingerprint}
        )
        if not fresh:
            call = AnsweredCall.objects.select_for_update().get(pk=call.pk)
            if call.fingerprint != fingerprint:
                raise WrongState(_("This Idempotency-Key was used for another call."))
            headers = {"Location": call.location} if call.location else None
            return Response(call.answer, status=call.status, headers=headers)
        response = self.create_once(request, *args, **kwargs)
        call.status, call.answer = response.status_code, _plain(response.data)
        call.location = response.headers.get("Location", "")
        call.save()
        return response

    def call_fingerprint(self, request: Request) -> str:
        """What makes two calls the same: path and fields; files by name and size."""
        fields = {
            name: [
                (value.name, value.size) if hasattr(value, "size") else value
                for value in (
                    request.data.getlist(name)
                    if hasattr(request.data, "getlist")
                    else [request.data[name]]
                )
            ]
            for name in sorted(request.data)
        }
        return sha256(
            json.dumps([request.path, fields], cls=DjangoJSONEncoder).encode()
        ).hexdigest()


def call_key(request: Request) -> str:
    """The Idempotency-Key of a call, "" without one; 400 for one that is too long."""
    key: str = request.headers.get("Idempotency-Key", "")
    if len(key) > KEY_LENGTH:
        raise exceptions.ValidationError(
            {"Idempotency-Key": [_("At most %(n)d characters.") % {"n": KEY_LENGTH}]}
        )
    return key


def etag_of(shown: Any) -> str:
    """A weak ETag of a representation."""
    text = json.dumps(shown, cls=DjangoJSONEncoder, sort_keys=True)
    return f'W/"{sha256(text.encode()).hexdigest()[:32]}"'


def _plain(answer: Any) -> Any:
    return json.loads(json.dumps(answer, cls=DjangoJSONEncoder))
