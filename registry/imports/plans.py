"""What applying a file would do: computed for the preview, and once more at applying."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from common.errors import RowProblem
from registry.imports.drafts import Draft

Verdict = Literal["new", "same", "changed"]
Difference = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Step:
    """One row's effect: the verdict, and for a changed row each field's before and after."""

    draft: Draft
    verdict: Verdict
    difference: Difference = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """The effect of a whole file."""

    steps: list[Step]
    problems: list[RowProblem]
    notices: list[str]
    rows: int

    def count(self, verdict: Verdict) -> int:
        return sum(step.verdict == verdict for step in self.steps)

    @property
    def rejected(self) -> int:
        """Rows that are refused; a row may have several problems."""
        return len({problem.row for problem in self.problems if problem.row > 1})

    @property
    def changes(self) -> list[dict[str, object]]:
        """The changed rows as the preview shows them."""
        return [
            {"row": step.draft.row, "number": step.draft.number, "fields": step.difference}
            for step in self.steps
            if step.verdict == "changed"
        ]

    def digest(self) -> str:
        """The same as long as the file would do the same."""
        effect = [(s.draft.row, s.verdict, s.difference) for s in self.steps]
        refused = [(p.row, p.column, p.code) for p in self.problems]
        return sha256(json.dumps([effect, refused]).encode()).hexdigest()


def as_json(problems: Sequence[RowProblem]) -> list[dict[str, object]]:
    """Problems as they are stored with the batch."""
    return [
        {
            "row": p.row,
            "column": p.column,
            "value": p.value,
            "code": p.code,
            "params": dict(p.params),
        }
        for p in problems
    ]


def from_json(stored: Sequence[dict[str, object]]) -> list[RowProblem]:
    """The inverse of ``as_json``."""
    return [RowProblem(**one) for one in stored]  # type: ignore[arg-type]  # written by as_json
