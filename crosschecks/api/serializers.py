"""What the API shows of checks, runs and findings."""

from typing import Any

from rest_framework import serializers

from crosschecks.catalogue import CHECKS
from crosschecks.models import CheckRun, Finding
from crosschecks.selectors.reasons import reasons_of
from crosschecks.selectors.runs import why_ended


class ThresholdSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    words = serializers.CharField()
    value = serializers.FloatField()
    valid_from = serializers.DateField()
    source = serializers.CharField()  # type: ignore[assignment]  # DRF takes declared fields off the class
    verified = serializers.BooleanField()


class PrecisionSerializer(serializers.Serializer[Any]):
    right = serializers.IntegerField()
    n = serializers.IntegerField()
    unchecked = serializers.IntegerField()
    words = serializers.CharField()


class CheckSerializer(serializers.Serializer[Any]):
    """One check of the catalogue, as it is set today."""

    name = serializers.CharField(source="check.slug")
    title = serializers.CharField(source="check.title")
    looks_for = serializers.CharField(source="check.looks_for")
    every = serializers.CharField(source="check.every")
    paused = serializers.SerializerMethodField()
    thresholds = ThresholdSerializer(many=True)
    live_findings = serializers.IntegerField(source="live")
    precision = PrecisionSerializer()
    last_run = serializers.SerializerMethodField()

    def get_paused(self, card: Any) -> bool:
        return card.pause is not None

    def get_last_run(self, card: Any) -> int | None:
        return card.last_run.pk if card.last_run else None


class CheckRunSerializer(serializers.ModelSerializer[CheckRun]):
    check = serializers.CharField(source="check_slug")
    why = serializers.SerializerMethodField()

    class Meta:
        model = CheckRun
        fields = [
            "id", "check", "day", "state", "done", "total", "hits", "new", "same", "gone", "back",
            "held", "left_out", "leads", "created_at", "started_at", "finished_at", "attempts",
            "why", "thresholds", "late_feeds", "version",
        ]  # fmt: skip
        read_only_fields = fields

    def get_why(self, run: CheckRun) -> str:
        return why_ended(run)


class AskForRunSerializer(serializers.Serializer[Any]):
    """``day`` left out: the newest complete day."""

    check = serializers.ChoiceField(choices=[])
    day = serializers.DateField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["check"]
        field.choices = [one.slug for one in CHECKS]


class FindingSerializer(serializers.ModelSerializer[Finding]):
    check = serializers.CharField(source="check_slug")
    reasons = serializers.SerializerMethodField()

    class Meta:
        model = Finding
        fields = [
            "id", "check", "subject", "label", "severity", "state", "facts", "reasons", "meters",
            "registration", "party_name", "party_bin", "place", "kato", "lat", "lon",
            "declared_kw", "est_kw_low", "est_kw_high", "confidence", "first_seen", "last_seen",
            "decision", "decision_reason", "lead_key",
        ]  # fmt: skip
        read_only_fields = fields

    def get_reasons(self, finding: Finding) -> list[str]:
        """In the language of the request (Accept-Language)."""
        if finding.check_slug not in CHECKS:
            return []
        return [reason.text for reason in reasons_of(CHECKS.get(finding.check_slug), finding)]
