"""A lake of its own for every test."""

from pathlib import Path
from typing import Any

import pytest

from grid.lake.place import Lake
from grid.models import Supplier
from grid.selectors.lake import the_lake
from grid.tests.factories import SupplierFactory


@pytest.fixture(autouse=True)
def lake(settings: Any, tmp_path: Path) -> Lake:
    settings.LAKE_URL = str(tmp_path / "lake")
    settings.MEDIA_ROOT = tmp_path / "media"
    return the_lake()


@pytest.fixture
def supplier(db: None) -> Supplier:
    """The company of ``supplier_user``."""
    found: Supplier = SupplierFactory(agency__supplier=True, code="demo-res-north")
    return found


@pytest.fixture
def other_supplier(db: None) -> Supplier:
    found: Supplier = SupplierFactory(
        agency__supplier=False, agency__code="other-net", code="other"
    )
    return found
