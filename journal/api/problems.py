"""Errors as RFC 9457 problem documents, the same for every view."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from common.errors import NotAllowed, PortalError, Refused, WrongState

MEDIA_TYPE = "application/problem+json"


class PreconditionFailed(exceptions.APIException):
    """The object has changed since the caller read it."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "changed-meanwhile"


class PreconditionRequired(exceptions.APIException):
    """A change without If-Match."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "if-match-required"


def problem_response(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """DRF's exception handler: every foreseen error as a problem document; others go on."""
    problem = _translated(error)
    if problem is None:
        return None
    set_rollback()
    codes = problem.get_codes()
    body: dict[str, Any] = {
        "type": f"about:blank#{codes if isinstance(codes, str) else 'invalid'}",
        "title": _title(problem.status_code),
        "status": problem.status_code,
        "detail": problem.detail if isinstance(problem.detail, str) else _("See the errors."),
    }
    if not isinstance(problem.detail, str):
        body["errors"] = problem.detail
    headers = {}
    if getattr(problem, "auth_header", None):
        headers["WWW-Authenticate"] = problem.auth_header
    if getattr(problem, "wait", None):
        headers["Retry-After"] = str(int(problem.wait))
    return Response(body, status=problem.status_code, headers=headers, content_type=MEDIA_TYPE)


def _translated(error: Exception) -> Any:
    if isinstance(error, exceptions.APIException):
        return error
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, NotAllowed | PermissionDenied):
        return exceptions.PermissionDenied(str(error) or None)
    if isinstance(error, WrongState):
        conflict = exceptions.APIException(str(error), code="wrong-state")
        conflict.status_code = status.HTTP_409_CONFLICT
        return conflict
    if isinstance(error, Refused):
        return exceptions.ValidationError({error.field or "detail": [str(error.message)]})
    return exceptions.ValidationError(str(error)) if isinstance(error, PortalError) else None


def _title(code: int) -> str:
    return {
        400: _("The request is not valid"),
        401: _("Sign-in needed"),
        403: _("Not allowed"),
        404: _("Not found"),
        405: _("This method is not offered here"),
        409: _("Not possible in this state"),
        412: _("Changed meanwhile"),
        413: _("Too large"),
        415: _("This media type is not accepted"),
        428: _("If-Match needed"),
        429: _("Too many requests"),
    }.get(code, _("The request could not be carried out"))
