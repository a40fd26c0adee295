"""A move as people make it: the form that it asks for and the one action that it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

Given = dict[str, Any]


class MoveForm(forms.Form):
    """``subject`` is what is moved, ``user`` who fills it in."""

    def __init__(self, *args: Any, subject: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.user = subject, user
        self.prepare()

    def prepare(self) -> None:
        """Choices and initial values that depend on the subject."""


@dataclass(frozen=True, slots=True)
class Door:
    """The form, and the action: ``act(subject, user, given)``."""

    form: type[MoveForm]
    act: Callable[[Any, Any, Given], object]
