"""What the API shows of tips, leads, cases and evidence; nothing here decides."""

from operator import attrgetter
from typing import Any

from rest_framework import serializers

from cases.choices import FigureUnit, Power, SourceKind
from cases.forms.tips import TipForm
from cases.models import (
    Case,
    Citation,
    ContradictingSource,
    Evidence,
    Lead,
    OpinionRequest,
    Participation,
    Task,
    Tip,
)
from cases.selectors.registry_box import marked_among
from journal.api.fields import FlagField
from journal.api.moves import errors_of


class SourceSerializer(serializers.ModelSerializer[ContradictingSource]):
    """One of the two sources of a contradiction; ``figure`` in ``unit``, null when it has none."""

    class Meta:
        model = ContradictingSource
        fields = ["kind", "reference", "item", "dated_on", "says", "figure", "unit"]
        read_only_fields = fields


class LeadSerializer(serializers.ModelSerializer[Lead]):
    """A lead with its frozen texts in three languages; power in kW.

    ``no_restriction_applies``: it concerns an operator that carries the mark today.
    """

    no_restriction_applies = FlagField(marked_among, key=attrgetter("pk"))
    case = serializers.SlugRelatedField[Any](slug_field="number", read_only=True)
    taken_by = serializers.CharField(source="taken_by.full_name", default=None, read_only=True)
    contradicting_sources = SourceSerializer(
        source="stated.sources", many=True, default=list, read_only=True
    )

    class Meta:
        model = Lead
        fields = [
            "number", "source", "state", "title", "reasons", "facts", "confidence", "meter",
            "party_name", "party_bin", "place", "kato", "lat", "lon", "est_kw_low", "est_kw_high",
            "raised_at", "due_on", "deferred_until", "taken_by", "contradiction",
            "contradicting_sources", "reason", "decided_at", "case", "no_restriction_applies",
        ]  # fmt: skip
        read_only_fields = fields


class TipSerializer(serializers.ModelSerializer[Tip]):
    """A tip as its filer sees it; the state is told in words that promise nothing."""

    state = serializers.CharField(source="badge.word", read_only=True)

    class Meta:
        model = Tip
        fields = [
            "number", "what", "place", "region", "lat", "lon", "who", "party_bin", "power",
            "seen_on", "competitor", "anonymous", "language", "filed_at", "state",
        ]  # fmt: skip
        read_only_fields = fields


class NewTipSerializer(serializers.Serializer[Any]):
    """What a tip is filed with; ``region`` is two KATO digits, degrees WGS 84."""

    what = serializers.CharField(max_length=4000)
    place = serializers.CharField(max_length=500, required=False, allow_blank=True)
    lat = serializers.FloatField(required=False, allow_null=True)
    lon = serializers.FloatField(required=False, allow_null=True)
    region = serializers.CharField(max_length=2, required=False, allow_blank=True)
    power = serializers.ChoiceField(choices=Power.choices, required=False, default=Power.UNKNOWN)
    seen_on = serializers.DateField(required=False, allow_null=True)
    who = serializers.CharField(max_length=300, required=False, allow_blank=True)
    party_bin = serializers.CharField(max_length=20, required=False, allow_blank=True)
    competitor = serializers.BooleanField(required=False, default=False)
    anonymous = serializers.BooleanField(required=False, default=False)
    files = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True), required=False, default=list
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The same rules as the page's form."""
        form = TipForm({name: value for name, value in attrs.items() if value is not None})
        if not form.is_valid():
            raise serializers.ValidationError(errors_of(form))
        return {"words": form.words(), "files": attrs["files"]}


class FiledTipSerializer(TipSerializer):
    """A tip just filed, with the receipt code that is told only now."""

    receipt = serializers.CharField(read_only=True)

    class Meta(TipSerializer.Meta):
        fields = [*TipSerializer.Meta.fields, "receipt"]
        read_only_fields = fields


class ParticipationSerializer(serializers.ModelSerializer[Participation]):
    agency = serializers.CharField(source="agency.code", read_only=True)

    class Meta:
        model = Participation
        fields = ["agency", "role", "since", "until", "reason"]
        read_only_fields = fields


class OpinionSerializer(serializers.ModelSerializer[OpinionRequest]):
    agency = serializers.CharField(source="agency.code", read_only=True)

    class Meta:
        model = OpinionRequest
        fields = ["agency", "question", "due_on", "asked_at", "answer", "text", "answered_at"]
        read_only_fields = fields


class TaskSerializer(serializers.ModelSerializer[Task]):
    agency = serializers.CharField(source="agency.code", read_only=True)

    class Meta:
        model = Task
        fields = ["title", "agency", "due_on", "mandatory", "done_at", "result"]
        read_only_fields = fields


class CaseSerializer(serializers.ModelSerializer[Case]):
    """A case with what its participants share; power in kW.

    ``no_restriction_applies``: it concerns an operator that carries the mark today.
    """

    no_restriction_applies = FlagField(marked_among, key=attrgetter("pk"))
    owner = serializers.CharField(source="owner.full_name", read_only=True)
    lead_agency = serializers.CharField(source="lead_agency.code", read_only=True)
    handover_to = serializers.CharField(
        source="handover_to.code", default=None, read_only=True, allow_null=True
    )
    participations = ParticipationSerializer(many=True, read_only=True)
    opinions = OpinionSerializer(many=True, read_only=True)
    tasks = TaskSerializer(many=True, read_only=True)
    leads = serializers.SlugRelatedField[Any](slug_field="number", many=True, read_only=True)

    class Meta:
        model = Case
        fields = [
            "number", "title", "state", "outcome", "owner", "lead_agency", "confidentiality",
            "party_name", "party_bin", "meter", "place", "kato", "lat", "lon", "est_kw_low",
            "est_kw_high", "opened_at", "due_on", "closed_at", "handover_to", "handover_until",
            "participations", "opinions", "tasks", "leads", "no_restriction_applies",
        ]  # fmt: skip
        read_only_fields = fields


class MoveSerializer(serializers.Serializer[Any]):
    """What a move may be given; each takes what it needs and refuses what is missing.

    ``agency`` and ``to`` are codes of bodies, ``case`` is a number, ``owner`` the id of a person.
    ``propose`` takes two sources: ``first_kind``, ``first_reference``, ``first_item``,
    ``first_dated_on``, ``first_says``, ``first_figure``, ``first_unit``, and the same ``second_…``.
    """

    reason = serializers.CharField(required=False)
    until = serializers.DateField(required=False)
    title = serializers.CharField(required=False, max_length=200)
    contradiction = serializers.CharField(required=False)
    first_kind = serializers.ChoiceField(SourceKind.choices, required=False)
    first_reference = serializers.CharField(required=False, max_length=300)
    first_item = serializers.CharField(required=False, max_length=200)
    first_dated_on = serializers.DateField(required=False)
    first_says = serializers.CharField(required=False, max_length=1000)
    first_figure = serializers.DecimalField(18, 3, required=False)
    first_unit = serializers.ChoiceField(FigureUnit.choices, required=False)
    second_kind = serializers.ChoiceField(SourceKind.choices, required=False)
    second_reference = serializers.CharField(required=False, max_length=300)
    second_item = serializers.CharField(required=False, max_length=200)
    second_dated_on = serializers.DateField(required=False)
    second_says = serializers.CharField(required=False, max_length=1000)
    second_figure = serializers.DecimalField(18, 3, required=False)
    second_unit = serializers.ChoiceField(FigureUnit.choices, required=False)
    case = serializers.CharField(required=False)
    agency = serializers.CharField(required=False)
    question = serializers.CharField(required=False)
    due_on = serializers.DateField(required=False)
    outcome = serializers.CharField(required=False)
    addressee = serializers.CharField(required=False)
    owner = serializers.IntegerField(required=False)
    to = serializers.CharField(required=False)


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    """A piece of evidence; ``frozen`` is the copy of what the portal knew."""

    case = serializers.SlugRelatedField[Any](slug_field="number", read_only=True)
    agency = serializers.CharField(source="agency.code", default=None, read_only=True)

    class Meta:
        model = Evidence
        fields = [
            "id", "case", "seq", "kind", "title", "source", "indicator", "name", "content_type",
            "size", "sha256", "added_at", "agency", "frozen",
        ]  # fmt: skip
        read_only_fields = fields


class NewEvidenceSerializer(serializers.Serializer[Any]):
    case = serializers.CharField(max_length=16)
    upload = serializers.FileField(allow_empty_file=True)
    title = serializers.CharField(max_length=300, required=False, default="")
    source = serializers.CharField(  # type: ignore[assignment]  # a field named as one of DRF's own attributes
        max_length=200, required=False, default=""
    )
    indicator = serializers.BooleanField(required=False, default=False)


class CitationSerializer(serializers.ModelSerializer[Citation]):
    """A legal ground of a case: a norm, or an act as a whole, for the day of an event."""

    case = serializers.SlugRelatedField[Any](slug_field="number", read_only=True)
    act = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    norm = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)

    class Meta:
        model = Citation
        fields = ["id", "case", "act", "norm", "event_on", "why", "cited_at", "withdrawn_at"]
        read_only_fields = fields


class NewCitationSerializer(serializers.Serializer[Any]):
    """``ground``: ``norm:<code>``, ``act:<code>`` or ``statement:<code>`` (always refused)."""

    case = serializers.CharField()
    ground = serializers.CharField()
    event_on = serializers.DateField()
    why = serializers.CharField(max_length=500)
