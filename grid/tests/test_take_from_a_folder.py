"""Files put into a supplier's folder come in by themselves, with a receipt beside them."""

import json
import os
import time
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.files import File
from django.db import connection

from grid import actions, tasks
from grid.actions.folder import QUIET_SECONDS
from grid.actions.holding import FOLDERS, held
from grid.models import ReadingBatch, Supplier
from grid.tests.limits import small_files

GOOD = "meter,start,kwh\nM1,2026-10-01T00:00+05:00,1\nM1,2026-10-01T01:00+05:00,2\n"
BAD = "meter,start,kwh\nM1,2026-10-01T00:00+05:00,-1\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, supplier: Supplier) -> Path:
    own = tmp_path / "in" / supplier.code
    own.mkdir(parents=True)
    return own


def put(folder: Path, name: str, text: str, *, age: float = 2 * QUIET_SECONDS) -> Path:
    path = folder / name
    path.write_text(text)
    os.utime(path, (time.time() - age,) * 2)
    return path


def take(folder: Path) -> list[str]:
    return [str(p.relative_to(folder)) for p in actions.take_from_folder(folder.parent)]


def test_a_good_file_is_stored_and_moves_with_its_receipt(folder: Path) -> None:
    put(folder, "october.csv", GOOD)
    assert take(folder) == ["taken/october.csv"]
    batch = ReadingBatch.objects.get()
    assert (batch.channel, batch.rows_stored) == ("folder", 2)
    receipt = json.loads((folder / "taken" / "october.csv.receipt.json").read_text())
    assert receipt["sha256"] == batch.sha256
    assert (receipt["state"], receipt["stored"]) == ("stored", 2)
    assert take(folder) == []


def test_a_bad_file_moves_with_all_that_is_wrong_with_it(folder: Path) -> None:
    put(folder, "october.csv", BAD)
    assert take(folder) == ["refused/october.csv"]
    errors = (folder / "refused" / "october.csv.errors.csv").read_text()
    assert "negative" in errors
    assert "0 or more" in errors
    assert json.loads((folder / "refused" / "october.csv.receipt.json").read_text())["stored"] == 0


def test_a_file_that_is_still_written_waits(folder: Path) -> None:
    put(folder, "october.csv", GOOD, age=0)
    put(folder, "november.csv.part", GOOD)
    put(folder, ".hidden.csv", GOOD)
    assert take(folder) == []
    assert not ReadingBatch.objects.exists()


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    elsewhere = put(tmp_path, "secret.csv", GOOD)
    (folder / "link.csv").symlink_to(elsewhere)
    assert take(folder) == []
    assert elsewhere.exists()


def test_a_file_that_cannot_be_read_stays_and_holds_nobody_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = put(folder, "locked.csv", GOOD)
    put(folder, "october.csv", GOOD)
    opened = Path.open

    def refuse(path: Path, *mode: Any, **more: Any) -> Any:
        if path == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *mode, **more)

    monkeypatch.setattr(Path, "open", refuse)
    assert take(folder) == ["taken/october.csv"]
    assert locked.exists()


def test_a_file_for_which_there_is_no_room_stays_until_there_is(folder: Path) -> None:
    put(folder, "october.csv", GOOD + "\n" * (100 << 10))  # blank lines are no readings
    with small_files():
        assert take(folder) == []
    assert (folder / "october.csv").exists()
    assert take(folder) == ["taken/october.csv"]


def test_the_same_file_again_is_taken_once_and_keeps_its_name_free(folder: Path) -> None:
    put(folder, "october.csv", GOOD)
    take(folder)
    put(folder, "october.csv", GOOD)
    assert take(folder) == ["taken/october-2.csv"]
    assert ReadingBatch.objects.count() == 1
    again = json.loads((folder / "taken" / "october-2.csv.receipt.json").read_text())
    assert again["new"] is False


def test_a_file_received_by_a_killed_process_is_finished_by_the_next(
    folder: Path, supplier: Supplier
) -> None:
    path = put(folder, "october.csv", GOOD)
    with path.open("rb") as content:
        actions.receive_batch(
            supplier=supplier, file=File(content), file_name=path.name, actor=None,
            channel="folder",
        )  # fmt: skip
    assert take(folder) == ["taken/october.csv"]
    assert ReadingBatch.objects.get().state == "stored"


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_folder_that_another_worker_is_at_is_left_to_it(folder: Path, supplier: Supplier) -> None:
    put(folder, "october.csv", GOOD)
    found: list[str] = []

    def other() -> None:
        found.extend(take(folder))
        connection.close()

    with held(supplier.pk, FOLDERS):
        worker = Thread(target=other)
        worker.start()
        worker.join()
    assert found == []
    assert take(folder) == ["taken/october.csv"]


def test_a_folder_of_nobody_and_no_folder_are_no_error(tmp_path: Path, settings: Any) -> None:
    put(tmp_path, "x.csv", GOOD)
    assert actions.take_from_folder(tmp_path) == []
    settings.READINGS_FOLDER = ""
    tasks.take_from_folder()
    settings.READINGS_FOLDER = str(tmp_path / "none")
    tasks.take_from_folder()
