"""The lake in an object store: a real S3 server in a process of its own, spoken to over HTTP."""
# ruff: noqa: S603 - it starts the server

import importlib.util
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import numpy as np
import pyarrow.fs as pafs
import pytest

from common.clock import GRID_ZONE
from grid import actions
from grid.choices import BatchState, Channel
from grid.lake.engine import Span, profile_lake
from grid.models import LakeFile, Supplier
from grid.selectors import load_curve
from grid.selectors.lake import live_files, the_lake
from grid.tests.factories import as_file, readings_csv

DAY = date(2026, 10, 1)
FIRST = datetime(2026, 10, 1)  # noqa: DTZ001 - a calendar day, the factory places it in the grid's zone


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Host and port of a running S3 server with an empty bucket."""
    if importlib.util.find_spec("moto") is None:
        pytest.skip("pip install -r requirements-dev.txt")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}/moto-api/")
            yield f"127.0.0.1:{port}"
        finally:
            process.kill()


def _wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@pytest.fixture(autouse=True)
def bucket(server: str, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "invented")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "invented")
    name = f"readings-{tmp_path.name[:20].replace('_', '-').lower().rstrip('-')}"
    pafs.S3FileSystem(
        endpoint_override=server, scheme="http", allow_bucket_creation=True, region="us-east-1"
    ).create_dir(name)
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.LAKE_URL = f"s3://{name}/lake?scheme=http&endpoint_override={server}&region=us-east-1"
    return name


def send(supplier: Supplier, value: float, *, days: int = 3) -> BatchState:
    content = readings_csv({f"M{i}": np.full(24 * days, value + i) for i in range(3)}, FIRST)
    batch, _ = actions.receive_batch(
        supplier=supplier, file=as_file(content), file_name="a.csv", actor=None,
        channel=Channel.COMMAND,
    )  # fmt: skip
    return BatchState(actions.store_batch(batch.pk).state)


def test_readings_are_stored_corrected_and_drawn_in_an_object_store(supplier: Supplier) -> None:
    assert send(supplier, 10.0) == BatchState.STORED
    assert send(supplier, 20.0, days=1) == BatchState.STORED
    curve = load_curve("M1", DAY, DAY + timedelta(days=2))
    assert curve is not None
    assert curve.kw == [21.0] * 24 + [11.0] * 48
    lake = the_lake()
    assert not lake.local
    published = {name for name, _ in lake.names()}
    assert published == set(LakeFile.objects.values_list("name", flat=True))
    assert all(name.startswith("month=2026-") for name in published)


def test_profiles_are_computed_from_an_object_store(supplier: Supplier) -> None:
    send(supplier, 10.0, days=30)
    last = DAY + timedelta(days=29)
    start = datetime(2026, 9, 30, 19, tzinfo=UTC)
    names = tuple(live_files(None, DAY, last))
    from_store = Span(names, start, start + timedelta(days=30), GRID_ZONE)
    tables = list(profile_lake(the_lake(), from_store))
    assert [code for table in tables for code in table["meter"].to_pylist()] == ["M0", "M1", "M2"]


def test_what_nobody_reads_any_more_is_deleted_from_the_object_store(supplier: Supplier) -> None:
    send(supplier, 10.0)
    send(supplier, 20.0)
    before = {name for name, _ in the_lake().names()}
    replaced = LakeFile.objects.filter(replaced_at__isnull=False)
    gone = set(replaced.values_list("name", flat=True))
    assert gone
    replaced.update(replaced_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert set(actions.sweep_lake()) == gone
    assert {name for name, _ in the_lake().names()} == before - gone
    assert load_curve("M1", DAY, DAY) is not None


def test_an_object_store_that_does_not_answer_fails_the_batch_and_leaves_nothing(
    supplier: Supplier, settings: Any
) -> None:
    with socket.socket() as probe:  # a port where nobody is
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.LAKE_URL = (
        f"s3://nowhere/lake?scheme=http&endpoint_override=127.0.0.1:{port}&region=us-east-1"
    )
    with pytest.raises(OSError, match="nowhere"):
        send(supplier, 10.0)
    batch = supplier.batches.get()
    assert batch.state == BatchState.FAILED
    assert not LakeFile.objects.exists()
    assert list(the_lake().aside.iterdir()) == []
