"""A full disk or a limit on a file's size in the middle: nothing is lost, nothing is half seen."""
# ruff: noqa: S603, S607 - it mounts a small disk, to fill it

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from common.errors import Refused
from grid import actions
from grid.choices import NO_ROOM, BatchState, Channel
from grid.lake.place import Lake
from grid.models import LakeFile, Meter, ReadingBatch, Supplier
from grid.selectors import load_curve
from grid.selectors.lake import the_lake
from grid.tests.factories import as_file, readings_csv
from grid.tests.limits import small_files

FIRST = datetime(2026, 10, 1)  # noqa: DTZ001 - a calendar day, the factory places it in the grid's zone
DAY = date(2026, 10, 1)
METERS, HOURS = 40, 24 * 20
Limit = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def full_disk(lake: Lake, settings: Any, tmp_path: Path) -> Iterator[Limit]:
    """A lake on a tmpfs of its own, of which nearly all is taken while the limit holds."""
    place = tmp_path / "small disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a disk")
    settings.LAKE_URL = str(place / "lake")

    @contextmanager
    def full() -> Iterator[None]:
        ballast = place / "ballast"
        ballast.write_bytes(b"\0" * ((4 << 20) - (64 << 10)))
        try:
            yield
        finally:
            ballast.unlink()

    yield full
    subprocess.run(["umount", str(place)], check=True)


@pytest.fixture(params=["ulimit -f", "full tmpfs"])
def limit(request: pytest.FixtureRequest) -> Limit:
    if request.param == "ulimit -f":
        return small_files
    found: Limit = request.getfixturevalue("full_disk")
    return found


def content() -> str:
    draw = np.random.default_rng(3)
    return readings_csv({f"M{i}": draw.gamma(2, 5, HOURS) for i in range(METERS)}, FIRST)


def receive(supplier: Supplier, **more: Any) -> ReadingBatch:
    batch, _ = actions.receive_batch(
        supplier=supplier, file=as_file(content()), file_name="october.csv",
        channel=Channel.PAGE, **{"actor": None, **more},
    )  # fmt: skip
    return batch


def test_readings_without_room_fail_whole_readably_and_are_stored_at_the_next_try(
    supplier: Supplier, limit: Limit
) -> None:
    batch = receive(supplier)
    with limit(), pytest.raises(OSError, match=r"No space|too large"):
        actions.store_batch(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.error) == (BatchState.FAILED, NO_ROOM)
    assert not LakeFile.objects.exists()
    assert not Meter.objects.exists()
    assert load_curve("M1", DAY, DAY) is None
    assert list(the_lake().names()) == []
    assert list(the_lake().aside.iterdir()) == [], "what was written has made room again"
    actions.retry_batch(batch=batch, actor=None)
    assert actions.store_batch(batch.pk).rows_stored == METERS * HOURS


def test_the_page_of_a_batch_says_that_there_was_no_room(
    supplier: Supplier, supplier_user: User, client: Client
) -> None:
    batch = receive(supplier, actor=supplier_user)
    with small_files(), pytest.raises(OSError, match="too large"):
        actions.store_batch(batch.pk)
    client.force_login(supplier_user)
    page = client.get(reverse("grid:batch", args=[batch.pk])).content.decode()
    assert "There was no room left" in page
    assert "Errno" not in page.split("batch-state")[1].split("History")[0]


def test_a_file_for_which_there_is_no_room_is_refused_and_may_be_sent_again(
    supplier: Supplier,
) -> None:
    with small_files(), pytest.raises(Refused, match="no room"):
        receive(supplier)
    assert not ReadingBatch.objects.exists()
    left = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert left == [], "nothing cut lies about"
    assert receive(supplier).state == BatchState.RECEIVED


def test_a_file_whose_readings_are_stored_does_not_fail_when_small_files_stay_apart(
    supplier: Supplier, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.store_batch(receive(supplier).pk)
    more, _ = actions.receive_batch(
        supplier=supplier, file=as_file(content().replace("M", "N")), file_name="more.csv",
        actor=None, channel=Channel.COMMAND,
    )  # fmt: skip
    drawn = os.path.join(the_lake().root, "aside")

    def no_more_folders(self: Lake, name: str = "") -> Path:
        if name:
            return working_folder(self, name)
        raise OSError(28, "No space left on device", drawn)

    working_folder = Lake.working_folder
    monkeypatch.setattr(Lake, "working_folder", no_more_folders)
    assert actions.store_batch(more.pk).state == BatchState.STORED
    assert LakeFile.objects.live().filter(month="2026-10").count() == 2
    monkeypatch.undo()
    assert actions.tidy_lake() == 2
    assert LakeFile.objects.live().filter(month="2026-10").count() == 1
    assert load_curve("N1", DAY, DAY) is not None
