"""`/api/v1/events/`: the journal for auditors and administrators."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, permissions, serializers, viewsets
from rest_framework.request import Request

from accounts.policies import may_see_journal
from journal.api.pages import CursorPages
from journal.models import Event


class SeesJournal(permissions.BasePermission):
    """Policy ``may_see_journal``."""

    def has_permission(self, request: Request, _view: Any) -> bool:
        return bool(request.user.is_authenticated) and may_see_journal(request.user)


class EventSerializer(serializers.ModelSerializer[Event]):
    """One event with its links of the chain."""

    class Meta:
        model = Event
        fields = [
            "id", "happened_at", "recorded_at", "actor_name", "actor_body", "verb",
            "subject_type", "subject_id", "subject_label", "reason", "facts", "request_id",
            "previous", "hash",
        ]  # fmt: skip


class EventViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Event]
):
    """Events, newest first; filters: verb, subject_type, subject_id."""

    queryset: QuerySet[Event] = Event.objects.all()
    serializer_class = EventSerializer
    permission_classes = [SeesJournal]
    pagination_class = CursorPages
    filterset_fields = ["verb", "subject_type", "subject_id"]
