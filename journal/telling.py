"""Who is to be told of an event, and where the news leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Tell:
    """One person to be told. ``kind`` names the wording, ``url`` the page to open.

    ``params`` fill the wording; they go into the inbox and never into an e-mail.
    """

    to: Any
    kind: str
    url: str
    params: Mapping[str, object] = field(default_factory=dict)
