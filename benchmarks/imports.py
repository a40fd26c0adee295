"""How fast a registrations file comes in, beside COPY, bulk_create and calamine in the same run.

    python -m benchmarks.imports [--rows 50000] [--rounds 3] [--memory ROWS] [--json]

All write the same rows to the same five tables, with the same indexes, constraints and history
triggers, in a database of their own, emptied before each. What the peers are given is ready: COPY
its columns as text, bulk_create its objects; our time begins with the file and holds decoding,
judging every cell, comparing, writing, and the journal. Figures are rows of the file a second;
the machine is shared, so the ratios count.
"""

import argparse
import csv
import io
import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

TABLES = ("operator", "registration", "statusrecord", "site", "sitemeter")
BEGUN, OVER = "2025-03-15", "2028-03-14"
Timed = Callable[[], float]


@contextmanager
def a_database() -> Iterator[None]:
    """A migrated database that lives as long as the run."""
    with tempfile.TemporaryDirectory(prefix="imports-") as folder:
        os.environ["VAR_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings_test")
        from portal.local import servers

        with servers(folder):
            import django
            from django.core.management import call_command

            django.setup()
            call_command("migrate", database="owner", verbosity=0)
            yield
            from django.db import connections

            connections.close_all()


def invented_rows(count: int) -> Iterator[list[str]]:
    """Rows of the file: each an operator with a registration, a site and two meters."""
    from registry.tests.factories import invented_bin

    def bin_of(n: int) -> str:
        return invented_bin(n % 30_000, start=f"99{13 + n // 30_000:02d}40")

    for n in range(1, count + 1):
        yield [
            f"I-{n:07d}", "licence_1", bin_of(n), f"ТОО «Көкжал {n}»", "ТОО", f"Алаң-{n}",
            f"Өскемен, {n}-үй", "630000000", f"{49 + n / 1e6:.6f}", f"{82 + n / 1e6:.6f}",
            "1200.5", f"M-{n}-1|M-{n}-2", BEGUN, OVER, "active",
        ]  # fmt: skip


def write_files(folder: Path, rows: list[list[str]]) -> tuple[Path, Path]:
    """The rows as CSV and as XLSX."""
    import xlsxwriter

    from intake.catalogue import KINDS

    header = [column.name for column in KINDS.get("registrations").read_columns]
    as_csv, as_xlsx = folder / "list.csv", folder / "list.xlsx"
    with as_csv.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    with xlsxwriter.Workbook(as_xlsx, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([header, *rows]):
            sheet.write_row(number, 0, row)
    return as_csv, as_xlsx


def objects_of(rows: list[list[str]]) -> list[list[Any]]:
    """The rows as model objects with their keys, table by table."""
    from common.geo import cell
    from common.names import search_form
    from registry.models import Operator, Registration, Site, SiteMeter, StatusRecord

    begun, over = date.fromisoformat(BEGUN), date.fromisoformat(OVER)
    made: list[list[Any]] = [[], [], [], [], []]
    for n, row in enumerate(rows, start=1):
        lat, lon = float(row[8]), float(row[9])
        made[0].append(
            Operator(
                pk=n, bin=row[2], kind="bin", name=row[3], legal_form=row[4], kato=row[7],
                search=search_form(row[3]),
            )
        )  # fmt: skip
        made[1].append(
            Registration(
                pk=n, number=row[0], operator_id=n, kind=row[1], status=row[14],
                valid_from=begun, valid_to=over, status_from=begun,
            )
        )  # fmt: skip
        made[2].append(StatusRecord(pk=n, registration_id=n, status=row[14], effective_from=begun))
        made[3].append(
            Site(
                pk=n, key=uuid4(), registration_id=n, name=row[5], address=row[6], kato=row[7],
                lat=lat, lon=lon, cell=cell(lat, lon), declared_kw=Decimal(row[10]),
            )
        )  # fmt: skip
        made[4].extend(
            SiteMeter(pk=2 * n + i, site_id=n, code=code, valid_from=begun, valid_to=over)
            for i, code in enumerate(row[11].split("|"))
        )
    return made


def as_text(objects: list[Any]) -> tuple[str, bytes]:
    """A COPY statement for a table's objects, and their columns as text."""
    from django.db import connection

    meta = objects[0]._meta
    fields = [field for field in meta.concrete_fields if not field.has_db_default()]
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    for one in objects:
        values = [f.get_db_prep_save(getattr(one, f.attname), connection) for f in fields]
        lines.writerow(values)
    names = ", ".join(f'"{field.column}"' for field in fields)
    empty = [f'"{f.column}"' for f in fields if not f.null and f.empty_strings_allowed]
    keep = f", FORCE_NOT_NULL ({', '.join(empty)})" if empty else ""
    statement = f"COPY {meta.db_table} ({names}) FROM STDIN (FORMAT csv{keep})"
    return statement, text.getvalue().encode()


def empty_tables() -> None:
    """Every run begins with empty tables; the owner may truncate, the portal may not."""
    from django.db import connections

    names = ", ".join(
        f"registry_{name}" for one in TABLES for name in (one, f"{one}event")
        if name != "statusrecordevent"
    )  # fmt: skip
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} CASCADE")
        cursor.execute("ANALYZE")


def by_copy(copies: list[tuple[str, bytes]]) -> float:
    """COPY of ready columns, in one transaction."""
    from django.db import connection, transaction

    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, content in copies:
            with cursor.copy(statement) as copy:
                copy.write(content)
    return time.perf_counter() - begun


def by_bulk_create(objects: list[list[Any]]) -> float:
    """Django's bulk_create of ready objects, in one transaction."""
    from django.db import transaction

    begun = time.perf_counter()
    with transaction.atomic():
        for rows in objects:
            type(rows[0])._default_manager.bulk_create(rows, batch_size=5000)
    return time.perf_counter() - begun


def by_import(path: Path) -> tuple[float, float]:
    """The portal's own way from the file on: seconds of the check, and of applying."""
    from intake import actions

    begun = time.perf_counter()
    batch = actions.check_file(kind="registrations", name=path.name, content=path, actor=None)
    checked = time.perf_counter()
    actions.apply_batch(batch=batch, actor=None)
    return checked - begun, time.perf_counter() - checked


def by_calamine(path: Path) -> float:
    """calamine alone: the sheet as Python values."""
    import python_calamine

    begun = time.perf_counter()
    python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()
    return time.perf_counter() - begun


def by_staging(path: Path) -> float:
    """Our decoding with every cell judged and every good row copied into the database."""
    from django.db import transaction

    from intake.actions.checking import nowhere, stage_file
    from intake.actions.staging import Staging
    from intake.catalogue import KINDS
    from intake.models import ImportBatch

    begun = time.perf_counter()
    with transaction.atomic():
        staging = Staging(KINDS.get("registrations"), ImportBatch())
        stage_file(staging, path, path.name, lambda *_told: None, nowhere)
        staging.drop()
    return time.perf_counter() - begun


def measure(count: int, rounds: int) -> dict[str, Any]:
    """Medians of all ways, in rows a second, and the ratios."""
    rows = list(invented_rows(count))
    seconds: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        as_csv, as_xlsx = write_files(Path(folder), rows)
        objects = objects_of(rows)
        copies = [as_text(one) for one in objects]
        ways: dict[str, Timed] = {
            "copy": lambda: by_copy(copies),
            "bulk_create": lambda: by_bulk_create(objects),
            "import_csv": lambda: sum(by_import(as_csv)),
            "import_xlsx": lambda: sum(by_import(as_xlsx)),
            "calamine": lambda: by_calamine(as_xlsx),
            "read_xlsx": lambda: by_staging(as_xlsx),
            "read_csv": lambda: by_staging(as_csv),
        }
        for _round in range(rounds):
            for name, run in ways.items():
                empty_tables()
                seconds.setdefault(name, []).append(run())
    speed = {name: count / statistics.median(times) for name, times in seconds.items()}
    return {
        "rows": count,
        "rounds": rounds,
        "rows_per_second": {name: round(value) for name, value in speed.items()},
        "ratios": {
            "import_csv / copy (goal 0.5)": round(speed["import_csv"] / speed["copy"], 2),
            "import_csv / bulk_create (goal 3)": round(
                speed["import_csv"] / speed["bulk_create"], 2
            ),
            "read_xlsx / calamine (goal 0.7)": round(speed["read_xlsx"] / speed["calamine"], 2),
            "import_xlsx / import_csv": round(speed["import_xlsx"] / speed["import_csv"], 2),
        },
    }


def measure_memory(count: int) -> dict[str, Any]:
    """One large CSV checked and applied: seconds, and the peak memory of this process."""
    from intake.catalogue import KINDS

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        header = [column.name for column in KINDS.get("registrations").read_columns]
        with path.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(header)
            lines.writerows(invented_rows(count))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        checked, applied = by_import(path)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        return {
            "rows": count,
            "file_mib": path.stat().st_size >> 20,
            "check_seconds": round(checked, 1),
            "apply_seconds": round(applied, 1),
            "peak_mib": peak,
            "peak_mib_before": before,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--memory", type=int, metavar="ROWS", help="only: one CSV of so many rows")
    asked = parser.parse_args()
    with a_database():
        one = asked.memory
        found = measure_memory(one) if one else measure(asked.rows, asked.rounds)
    if asked.json or asked.memory:
        print(json.dumps(found, ensure_ascii=False))
        return
    print(f"{found['rows']} rows, median of {found['rounds']}")
    for name, speed in found["rows_per_second"].items():
        print(f"  {name:<12} {speed:>8,} rows/s")
    for name, ratio in found["ratios"].items():
        print(f"  {name:<34} {ratio}")


if __name__ == "__main__":
    main()
