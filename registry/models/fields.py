"""Columns whose value follows from others of the same row."""

from collections.abc import Callable
from typing import Any

from django.db import models


class DerivedField(models.CharField):  # type: ignore[type-arg]  # stubs want the value's types
    """Text reckoned from its row at every save; ``reckon`` takes the row and returns the text.

    The database cannot reckon it (it knows no transliteration and no H3), and a reader must
    not find an old value after an edit in the admin.
    """

    def __init__(self, *args: Any, reckon: Callable[[Any], str] | None = None, **more: Any) -> None:
        self.reckon = reckon
        more["editable"] = False
        super().__init__(*args, **more)

    def deconstruct(self) -> Any:
        name, _path, args, more = super().deconstruct()
        more.pop("editable", None)
        return name, "django.db.models.CharField", args, more

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 - Django's signature
        value = self.reckon(model_instance)[: self.max_length] if self.reckon else ""
        setattr(model_instance, self.attname, value)
        return value
