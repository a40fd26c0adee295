"""Fields of the API that are asked for a whole page at once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field(OpenApiTypes.BOOL)
class FlagField(serializers.Field[Any, Any, Any, Any]):
    """Whether a row is among those that ``among`` picks out of all rows shown.

    ``among`` takes the rows of the answer and gives keys; ``key`` finds a row's own.
    """

    def __init__(
        self, among: Callable[[Iterable[Any]], set[Any]], key: Callable[[Any], Any], **more: Any
    ) -> None:
        super().__init__(source="*", read_only=True, **more)
        self.among, self.key = among, key

    def to_representation(self, row: Any) -> bool:
        asked: dict[Any, set[Any]] = self.root.__dict__.setdefault("_flags", {})
        if self.among not in asked:
            asked[self.among] = self.among(self._shown())
        return self.key(row) in asked[self.among]

    def _shown(self) -> Sequence[Any]:
        shown: Any = self.root.instance
        return shown if isinstance(shown, list | tuple) else [shown]
