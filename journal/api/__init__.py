"""What every API of the portal is made of: pages, problems, ETags and repeated calls."""

from journal.api.bases import EtagMixin, IdempotentCreateMixin, VisibleModelViewSet
from journal.api.pages import CursorPages
from journal.api.problems import problem_response

__all__ = [
    "CursorPages",
    "EtagMixin",
    "IdempotentCreateMixin",
    "VisibleModelViewSet",
    "problem_response",
]
