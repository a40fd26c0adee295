"""The stage of these tests: two kinds of files of their own, and a place to keep files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Agency, User
from intake.catalogue import KINDS
from intake.tests.bodies import BODIES, OTHERS


@pytest.fixture(autouse=True)
def _kinds(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "media"
    with KINDS.holding(BODIES, OTHERS):
        yield


@pytest.fixture
def own_transactions(transactional_db: None) -> Iterator[None]:
    """Steps that end their own transactions; the bodies outlive a test, so they are removed."""
    yield
    User.objects.filter(agency__code__startswith="b-").delete()
    Agency.objects.filter(code__startswith="b-").delete()
