"""The stage of these tests: two kinds of files of their own, and a place to keep files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from intake.catalogue import KINDS
from intake.tests.bodies import BODIES, OTHERS


@pytest.fixture(autouse=True)
def _kinds(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "media"
    with KINDS.holding(BODIES, OTHERS):
        yield
