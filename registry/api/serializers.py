"""What the API shows of operators, registrations and sites."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from common.clock import today
from journal.api.fields import FlagField
from registry.api.fields import NumberField
from registry.models import Operator, Registration, Site
from registry.selectors.marks import marked
from registry.selectors.meant import MOST_PARTIES


def _operator_id(row: Operator | Registration) -> int:
    return row.operator_id if isinstance(row, Registration) else row.pk


def _bearers(rows: Iterable[Operator | Registration]) -> set[int]:
    """Operators that carry the mark today, among those shown or those of the entries shown."""
    return marked(map(_operator_id, rows), today())


class OperatorSerializer(serializers.ModelSerializer[Operator]):
    """``no_restriction_applies``: it carries the mark today."""

    bin = NumberField()
    no_restriction_applies = FlagField(_bearers, key=_operator_id)

    class Meta:
        model = Operator
        fields = [
            "id", "bin", "kind", "name", "name_kk", "name_ru", "name_en", "legal_form",
            "address", "kato", "no_restriction_applies",
        ]  # fmt: skip
        read_only_fields = fields


class RegistrationSerializer(serializers.ModelSerializer[Registration]):
    """``sites`` are ids; ``act_reference`` is the act behind the present status.

    ``no_restriction_applies``: its operator carries the mark today, whichever entry it rests on.
    """

    no_restriction_applies = FlagField(_bearers, key=_operator_id)
    operator = OperatorSerializer()
    sites: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta:
        model = Registration
        fields = [
            "id", "number", "kind", "status", "status_from", "valid_from", "valid_to",
            "act_reference", "act_date", "operator", "sites", "no_restriction_applies",
        ]  # fmt: skip
        read_only_fields = fields


class DeclaredMeterSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)


class SiteSerializer(serializers.ModelSerializer[Site]):
    """Power in kW, coordinates in degrees (WGS 84), ``cell`` an H3 index."""

    registration = serializers.SlugRelatedField[Registration](slug_field="number", read_only=True)
    meters = DeclaredMeterSerializer(many=True, read_only=True)

    class Meta:
        model = Site
        fields = [
            "id", "key", "registration", "name", "address", "kato", "lat", "lon", "cell",
            "connection_point", "feeder", "declared_kw", "meters",
        ]  # fmt: skip
        read_only_fields = fields


class PublicEntrySerializer(serializers.Serializer[Any]):
    number = serializers.CharField()
    name = serializers.CharField()
    bin = serializers.CharField(allow_null=True)
    kind = serializers.CharField()
    status = serializers.CharField()
    in_force = serializers.BooleanField()
    no_restriction_applies = serializers.BooleanField()
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    regions = serializers.ListField(child=serializers.CharField())
    declared_kw = serializers.FloatField()


class ReflectsSerializer(serializers.Serializer[Any]):
    day = serializers.DateField(allow_null=True)
    act = serializers.CharField()


class AnswerSerializer(serializers.Serializer[Any]):
    """``registered``: an entry under this number was in force on the day ``as_of``."""

    query = serializers.CharField()
    as_of = serializers.DateField()
    reflects = ReflectsSerializer()
    registered = serializers.BooleanField()
    found_by = serializers.CharField()
    entries = PublicEntrySerializer(many=True)
    note = serializers.CharField()


class CandidateSerializer(serializers.Serializer[Any]):
    """``bin`` is masked by policy; ``by`` is bin, number, meter, name or spelling."""

    operator = serializers.IntegerField()
    name = serializers.CharField()
    bin = serializers.CharField()
    registration = serializers.CharField(allow_blank=True)
    in_force = serializers.BooleanField()
    by = serializers.CharField()
    reason = serializers.CharField()
    matched = serializers.ListField(child=serializers.CharField())


class CandidatesSerializer(serializers.Serializer[Any]):
    query = serializers.CharField(allow_blank=True)
    results = CandidateSerializer(many=True)


class AskedPartySerializer(serializers.Serializer[Any]):
    """A party as a source describes it; all may be missing, but not all at once.

    ``bin`` is the number as written, good or bad; ``lat`` and ``lon`` are degrees (WGS 84).
    """

    id = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    name = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    bin = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    address = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    lat = serializers.FloatField(
        min_value=-90, max_value=90, required=False, allow_null=True, default=None
    )
    lon = serializers.FloatField(
        min_value=-180, max_value=180, required=False, allow_null=True, default=None
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs["lat"] is None) != (attrs["lon"] is None):
            raise serializers.ValidationError({"lon": _("Give both coordinates, or none.")})
        if not any(attrs[name] for name in ("name", "bin")) and attrs["lat"] is None:
            raise serializers.ValidationError(_("Give a name, a number or a place."))
        return attrs


class AskedPartiesSerializer(serializers.Serializer[Any]):
    """At most a hundred parties a call; a file of more goes through the command `match`."""

    parties = serializers.ListField(
        child=AskedPartySerializer(), min_length=1, max_length=MOST_PARTIES
    )


class MeantSerializer(serializers.Serializer[Any]):
    """``score`` 0 to 1; ``verdict`` same, possible or none; ``bin`` is masked by policy."""

    operator = serializers.IntegerField()
    name = serializers.CharField()
    bin = serializers.CharField()
    registrations = serializers.ListField(child=serializers.CharField())
    score = serializers.FloatField()
    verdict = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())


class MatchedPartySerializer(serializers.Serializer[Any]):
    """``verdict`` is that of the best candidate; its reasons also where none is left."""

    id = serializers.CharField(allow_blank=True)
    verdict = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())
    candidates = MeantSerializer(many=True)


class MatchedPartiesSerializer(serializers.Serializer[Any]):
    threshold = serializers.FloatField()
    results = MatchedPartySerializer(many=True)
