"""Moves by the API: the same forms and actions as on the pages."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.forms import BaseForm
from django.http import Http404
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from journal.api.bases import EtagMixin

VERB = "moves/(?P<verb>[a-z_]+)"


def errors_of(form: BaseForm) -> dict[str, list[str]]:
    """A form's errors by field, as the API tells them."""
    return {field: [str(error) for error in errors] for field, errors in form.errors.items()}


class MovesMixin(EtagMixin):
    """``POST …/{number}/moves/{verb}/``; ``doors`` are moves as people make them, by verb."""

    doors: Mapping[str, Any]

    @action(detail=True, methods=["post"], url_path=VERB)
    def move(self, request: Request, verb: str, **kwargs: Any) -> Response:
        """Makes a move on the version that was read (If-Match); answers with what it is now."""
        view: Any = self
        if verb not in self.doors:
            raise Http404
        subject = view.get_object()
        self.check_version(request, view.get_serializer(subject).data)
        door = self.doors[verb]
        form = door.form(request.data, subject=subject, user=request.user)
        if not form.is_valid():
            raise serializers.ValidationError(errors_of(form))
        with transaction.atomic():
            door.act(subject, request.user, form.cleaned_data)
        return Response(view.get_serializer(view.get_object()).data)
