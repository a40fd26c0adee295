"""Proposals, remarks and votes as JSON."""

from rest_framework import serializers

from council.choices import Choice, ProposalKind
from council.models import Ballot, Proposal, Remark


class RemarkSerializer(serializers.ModelSerializer[Remark]):
    agency = serializers.SlugRelatedField[Remark](slug_field="code", read_only=True)
    author = serializers.CharField(source="author.full_name", read_only=True)

    class Meta:
        model = Remark
        fields = ["agency", "author", "text", "written_at"]


class BallotSerializer(serializers.ModelSerializer[Ballot]):
    """A vote; ``replaced_at`` tells that a later one of the same body counts instead."""

    agency = serializers.SlugRelatedField[Ballot](slug_field="code", read_only=True)
    voter = serializers.CharField(source="voter.full_name", read_only=True)

    class Meta:
        model = Ballot
        fields = ["agency", "voter", "choice", "remark", "cast_at", "replaced_at"]


class ProposalSerializer(serializers.ModelSerializer[Proposal]):
    agency = serializers.SlugRelatedField[Proposal](slug_field="code", read_only=True)
    author = serializers.CharField(source="author.full_name", read_only=True)
    remarks = RemarkSerializer(many=True, read_only=True)
    ballots = BallotSerializer(many=True, read_only=True)

    class Meta:
        model = Proposal
        fields = [
            *("number", "title", "kind", "problem", "text", "measure", "state", "agency"),
            *("author", "created_at", "submitted_at", "discuss_until", "vote_until"),
            *("decided_at", "result", "remarks", "ballots"),
        ]
        read_only_fields = fields


class NewProposalSerializer(serializers.Serializer[Proposal]):
    """A draft; it is submitted by the move ``submit``."""

    title = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=ProposalKind.choices)
    problem = serializers.CharField(max_length=4000)
    text = serializers.CharField(max_length=4000)
    measure = serializers.CharField(max_length=4000, required=False, allow_blank=True)


class ProposalMoveSerializer(serializers.Serializer[Proposal]):
    """What moves ask for: ``remark`` a ``text``; ``vote`` a ``choice`` and, against, a ``remark``;
    ``withdraw`` a ``reason``; the others nothing."""

    text = serializers.CharField(required=False)
    choice = serializers.ChoiceField(choices=Choice.choices, required=False)
    remark = serializers.CharField(required=False, allow_blank=True)
    reason = serializers.CharField(required=False)
