"""The API of the registry: read it; the public register answers without a token."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import permissions, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from common.clock import today
from common.errors import Refused
from common.identifiers import BadIdentifier, check_bin, kind_of
from journal.api.bases import EtagMixin, VisibleModelViewSet
from journal.api.pages import CursorPages
from registry.api.reading import RecordsReadingMixin
from registry.api.serializers import (
    AnswerSerializer,
    AskedPartiesSerializer,
    CandidatesSerializer,
    MatchedPartiesSerializer,
    OperatorSerializer,
    RegistrationSerializer,
    SiteSerializer,
)
from registry.choices import Kind, NumberKind, Status
from registry.matching import POSSIBLE
from registry.models import Operator, Registration, Site
from registry.policies import may_see_registry
from registry.querysets import numbered
from registry.selectors.candidates import look_up
from registry.selectors.meant import match_parties
from registry.selectors.public import Question, answer_as_json, search_public
from registry.wording import bin_words

KEPT = 60  # seconds that an answer of the public register may be shown again


class MaySeeRegistry(permissions.BasePermission):
    """Officials of the bodies, auditors and administrators."""

    def has_permission(self, request: Request, _view: Any) -> bool:
        return may_see_registry(request.user)


class ByNumber(CursorPages):
    """Pages in the order of entry."""

    ordering = "pk"


class OperatorFilter(django_filters.FilterSet):
    """``name`` finds in any script."""

    name = django_filters.CharFilter(method="by_name")
    kind = django_filters.ChoiceFilter(choices=NumberKind.choices)
    bin = django_filters.CharFilter(method="by_bin")

    class Meta:
        model = Operator
        fields = ["bin", "kind", "name"]

    def by_bin(self, rows: Any, _name: str, text: str) -> Any:
        """A person's number finds nothing for who may not see it."""
        return rows.filter(numbered(text, self.request.user))

    def by_name(self, rows: Any, _name: str, text: str) -> Any:
        return rows.named(text)


class OperatorViewSet(RecordsReadingMixin, EtagMixin, VisibleModelViewSet):
    """Companies and sole entrepreneurs of the registry."""

    model = Operator
    serializer_class = OperatorSerializer
    pagination_class = ByNumber
    filterset_class = OperatorFilter


class RegistrationFilter(django_filters.FilterSet):
    number = django_filters.CharFilter(lookup_expr="iexact")
    status = django_filters.MultipleChoiceFilter(choices=Status.choices)
    kind = django_filters.MultipleChoiceFilter(choices=Kind.choices)
    operator_bin = django_filters.CharFilter(method="by_bin")

    class Meta:
        model = Registration
        fields = ["number", "status", "kind", "operator_bin"]

    def by_bin(self, rows: Any, _name: str, text: str) -> Any:
        """A person's number finds nothing for who may not see it."""
        return rows.filter(numbered(text, self.request.user, "operator__"))


class RegistrationViewSet(RecordsReadingMixin, EtagMixin, VisibleModelViewSet):
    """Entries of the registry."""

    model = Registration
    serializer_class = RegistrationSerializer
    pagination_class = ByNumber
    filterset_class = RegistrationFilter
    select = ("operator",)
    party = "operator"

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().prefetch_related("sites")


class SiteFilter(django_filters.FilterSet):
    registration = django_filters.CharFilter(field_name="registration__number")
    meter = django_filters.CharFilter(field_name="meters__code", distinct=True)
    kato = django_filters.CharFilter(lookup_expr="startswith")

    class Meta:
        model = Site
        fields = ["registration", "meter", "kato", "cell"]


class SiteViewSet(EtagMixin, VisibleModelViewSet):
    """Places with their declared power and meter codes."""

    model = Site
    serializer_class = SiteSerializer
    pagination_class = ByNumber
    filterset_class = SiteFilter
    select = ("registration",)

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().prefetch_related("meters")


class MatchViewSet(viewsets.ViewSet):
    """Who a text may mean, and which entries a party may be; for who may see the registry."""

    permission_classes = (MaySeeRegistry,)

    @extend_schema(
        responses=CandidatesSerializer,
        parameters=[
            OpenApiParameter(
                "q",
                str,
                description="A name in any script or its beginning, "
                "a BIN, the number of an entry or a meter.",
                required=True,
            )
        ],
    )
    def list(self, request: Request) -> Response:
        """At most ten operators, best first, each with what it was found by."""
        text = request.query_params.get("q", "")
        found = [one.as_json() for one in look_up(text, request.user)]
        return Response(CandidatesSerializer({"query": text, "results": found}).data)

    @extend_schema(request=AskedPartiesSerializer, responses=MatchedPartiesSerializer)
    def create(self, request: Request) -> Response:
        """For each party the operators that it may be, best first, with score and reasons.

        Asks and writes nothing. What people judged counts before what the matcher thinks.
        """
        asked = AskedPartiesSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found = match_parties(asked.validated_data["parties"], request.user)
        told = {"threshold": POSSIBLE, "results": [one.as_json() for one in found]}
        return Response(MatchedPartiesSerializer(told).data)


class RegisterViewSet(viewsets.ViewSet):
    """The public register: one BIN or IIN, no token."""

    permission_classes = (permissions.AllowAny,)
    lookup_field = "bin"
    lookup_value_regex = r"[^/]+"

    @extend_schema(
        responses=AnswerSerializer,
        parameters=[
            OpenApiParameter("bin", str, OpenApiParameter.PATH),
            OpenApiParameter("on", str, description="As of this day, 2026-11-23."),
        ],
        auth=[],
    )
    def retrieve(self, request: Request, bin: str) -> Response:
        """Whether the holder of this number is registered, and as of when."""
        try:
            number = check_bin(bin).value
        except BadIdentifier as bad:
            raise Refused(bin_words(bad), field="bin") from bad
        answer = search_public(Question(number, _day(request.query_params.get("on", ""))))
        response = Response(AnswerSerializer(answer_as_json(answer)).data)
        # A person's number stands in the address: no cache on the way keeps it.
        response["Cache-Control"] = (
            "no-store" if kind_of(number) == "iin" else f"private, max-age={KEPT}"
        )
        return response


def _day(text: str) -> Any:
    try:
        asked = parse_date(text) if text else today()
    except ValueError:
        asked = None
    if asked is None:
        raise Refused(_("Write the day as 2026-11-23."), field="on")
    if asked > today():
        raise Refused(_("This day is still to come. Choose today or an earlier day."), field="on")
    return asked
