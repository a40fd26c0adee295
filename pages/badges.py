"""A word that carries a state, with its icon; the colour only helps."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

Tone = Literal["", "act", "reg", "sus", "late", "warn"]


@dataclass(frozen=True, slots=True)
class Badge:
    """One state. Filled means settled, `line` neutral or waiting.

    `tone`: act = running, reg = registered or agrees, sus = suspected or differs,
    late = overdue, error or revoked, warn = estimate, stale or waiting for a decision.
    """

    word: str | Promise
    tone: Tone = ""
    icon: str = ""
    line: bool = False

    @property
    def css(self) -> str:
        """The classes of the badge."""
        return " ".join(
            name
            for name, on in (("state", True), (f"is-{self.tone}", self.tone), ("line", self.line))
            if on
        )
