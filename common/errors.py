"""The few errors that the whole house speaks; screens turn each into one answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


class PortalError(Exception):
    """Base of all errors that are meant for a person."""


class NotAllowed(PortalError):
    """The person sees the object but may not do this to it: 403."""


class WrongState(PortalError):
    """The object is in a state from which this move does not start: 409."""


class Refused(PortalError):
    """A rule says no, with a sentence for the person: 400 at the field, if one is named.

    ``message`` may be a lazy translation.
    """

    def __init__(self, message: object, field: str = "") -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One bad value of an uploaded file.

    ``row`` counts as a spreadsheet does: the header is row 1. ``code`` and ``params`` are
    worded by the app that reads the file.
    """

    row: int
    column: str
    value: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


class BadFile(PortalError):
    """A file that cannot be applied; carries every problem found, not the first."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = list(problems)
