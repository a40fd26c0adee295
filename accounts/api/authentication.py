"""Sign-in of API calls by token; a read-only token changes nothing."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

USED_STEP = timedelta(minutes=10)


class ApiTokenAuthentication(TokenAuthentication):
    """``Authorization: Token …``; keeps when the token was last used, to ten minutes."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        signed_in = super().authenticate(request)
        if signed_in is None:
            return None
        user, token = signed_in
        if token.read_only and request.method not in SAFE_METHODS:
            raise PermissionDenied(_("This token may only read."))
        now = timezone.now()
        if token.last_used_at is None or now - token.last_used_at > USED_STEP:
            token.last_used_at = now
            token.save(update_fields=["last_used_at"])
        return user, token


class ApiTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library's hook
    """How the schema tells of the token."""

    target_class = ApiTokenAuthentication
    name = "token"

    def get_security_definition(self, _schema: Any) -> dict[str, str]:
        """The header that a caller sends."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "Token …, issued by `manage.py issue_token`",
        }
