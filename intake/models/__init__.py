"""What the imports keep: files, what workers did with them, the rows worth showing."""

from intake.models.batches import ImportBatch
from intake.models.rows import PlannedRow, RefusedCell
from intake.models.runs import ImportRun

__all__ = ["ImportBatch", "ImportRun", "PlannedRow", "RefusedCell"]
