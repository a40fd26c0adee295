"""What the API says of files brought in, and what it takes."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from intake.catalogue import KINDS
from intake.choices import Stage, Task
from intake.forms import is_a_table, not_a_table
from intake.models import ImportBatch, ImportRun, PlannedRow, RefusedCell
from intake.selectors.previews import as_problem
from intake.wording import accepted_words, notice_words, problem_words, stop_words
from intake.workflow import IMPORTS


class StoppedSerializer(serializers.Serializer[Any]):
    """Why a task ended without effect."""

    code = serializers.CharField()
    message = serializers.CharField()


class ProgressSerializer(serializers.ModelSerializer[ImportRun]):
    """The newest task of a file: ``done`` of ``total`` rows; times are null until they come."""

    task = serializers.ChoiceField(choices=Task.choices)
    stage = serializers.ChoiceField(choices=Stage.choices)
    stopped = serializers.SerializerMethodField()

    class Meta:
        model = ImportRun
        fields: ClassVar = [
            "task", "stage", "done", "total", "attempts", "asked_at", "started_at", "ended_at",
            "stopped",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(StoppedSerializer(allow_null=True))
    def get_stopped(self, run: ImportRun) -> dict[str, str] | None:
        if not run.error:
            return None
        return {"code": run.error, "message": stop_words(run.error, run.facts)}


class ImportSerializer(serializers.ModelSerializer[ImportBatch]):
    """A file: counts are rows; ``can`` are the decisions that the caller may take now."""

    uploaded_by = serializers.CharField(source="uploaded_by.full_name", default="")
    applied_by = serializers.CharField(source="applied_by.full_name", default="")
    notices = serializers.SerializerMethodField()
    progress = serializers.SerializerMethodField()
    can = serializers.SerializerMethodField()

    class Meta:
        model = ImportBatch
        fields: ClassVar = [
            "id", "kind", "file_name", "sha256", "size", "state", "act_reference", "act_date",
            "rows", "new", "same", "changed", "rejected", "partial", "notices", "uploaded_by",
            "uploaded_at", "applied_by", "applied_at", "undone_at", "progress", "can",
        ]  # fmt: skip
        read_only_fields = fields

    def get_notices(self, batch: ImportBatch) -> list[str]:
        return notice_words(batch.notices)

    @extend_schema_field(ProgressSerializer(allow_null=True))
    def get_progress(self, batch: ImportBatch) -> Any:
        runs = list(batch.runs.all())  # newest first; fetched beforehand for a whole page
        return ProgressSerializer(runs[0]).data if runs else None

    def get_can(self, batch: ImportBatch) -> list[str]:
        request = self.context.get("request")
        offered = IMPORTS.offered(batch, request.user) if request else []
        return [offer.move.verb for offer in offered if offer.move.verb in DECISIONS]


DECISIONS = ("apply", "recheck", "discard", "undo")


class NewImportSerializer(serializers.Serializer[Any]):
    """A file with its kind, as a form or as the parameters of a bare body."""

    kind = serializers.CharField(max_length=40, help_text="what the file holds: a kind's slug")
    file = serializers.FileField(help_text="CSV in UTF-8, or XLSX")
    act_reference = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default="",
        help_text="act or published list behind the file; needed to change a status",
    )  # fmt: skip
    act_date = serializers.DateField(required=False, allow_null=True, default=None)

    def validate_file(self, file: Any) -> Any:
        if not is_a_table(file.name):
            raise serializers.ValidationError(not_a_table(file.name))
        return file


class RefusedSerializer(serializers.ModelSerializer[RefusedCell]):
    """One problem of one row (row 0 is the file itself, row 1 its header)."""

    field = serializers.CharField(source="column")
    message = serializers.SerializerMethodField()
    accepted = serializers.SerializerMethodField()

    class Meta:
        model = RefusedCell
        fields: ClassVar = ["row", "field", "value", "code", "params", "message", "accepted"]
        read_only_fields = fields

    def get_message(self, cell: RefusedCell) -> str:
        return problem_words(as_problem(cell), self.context.get("kind"))

    def get_accepted(self, cell: RefusedCell) -> str:
        return accepted_words(self.context.get("kind"), cell.column)


class PlannedSerializer(serializers.ModelSerializer[PlannedRow]):
    """What one good row would do; ``difference`` maps a column to its value before and after."""

    difference = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))

    class Meta:
        model = PlannedRow
        fields: ClassVar = ["row", "verdict", "label", "difference"]
        read_only_fields = fields


class ApplySerializer(serializers.Serializer[Any]):
    """How a file is applied."""

    # The base means PATCH by this name; here it is the word of the page.
    partial = serializers.BooleanField(  # type: ignore[assignment]  # see above
        required=False, default=False, help_text="leave the refused rows out"
    )


class UndoSerializer(serializers.Serializer[Any]):
    """Why an import is undone."""

    reason = serializers.CharField(max_length=2000)


class BackCellSerializer(serializers.Serializer[Any]):
    """One cell that undoing would put back."""

    entry = serializers.CharField()
    column = serializers.CharField()
    now = serializers.CharField()
    then = serializers.CharField()


class TableUndoneSerializer(serializers.Serializer[Any]):
    """What undoing would do to one table, in rows; of the cells the first hundred."""

    table = serializers.CharField()
    removed = serializers.IntegerField()
    restored = serializers.IntegerField()
    returned = serializers.IntegerField()
    cells = BackCellSerializer(many=True)


class UndoPlanSerializer(serializers.Serializer[Any]):
    """What undoing would do; ``in_the_way`` names what somebody changed since."""

    possible = serializers.BooleanField()
    in_the_way = serializers.ListField(child=serializers.CharField())
    tables = TableUndoneSerializer(many=True)


def kind_of(batch: ImportBatch) -> Any:
    """The kind of a file, None if no app declares it any more."""
    return KINDS.get(batch.kind) if batch.kind in KINDS else None
