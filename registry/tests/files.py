"""Registration files for tests: a good row, and ways to spoil it."""

from typing import Any

from common.sheets import as_csv, as_xlsx
from registry.imports.registrations import COLUMNS
from registry.tests.factories import invented_bin

HEADER = [column.name for column in COLUMNS]


def row(n: int = 1, **changed: Any) -> dict[str, Any]:
    return {
        "number": f"I-{n:05d}",
        "kind": "licence_1",
        "operator_bin": invented_bin(n),
        "operator_name": f"ТОО «Көкжал {n}»",
        "legal_form": "ТОО",
        "site_name": f"Алаң-{n}",
        "site_address": "Өскемен",
        "kato": "630000000",
        "lat": "49.95",
        "lon": "82.6",
        "declared_kw": "1200",
        "meter_codes": f"M-{n}-1|M-{n}-2",
        "valid_from": "2025-03-15",
        "valid_to": "2028-03-14",
        "status": "active",
        **changed,
    }


def csv_file(*rows: dict[str, Any]) -> bytes:
    return as_csv(HEADER, [[one[name] for name in HEADER] for one in rows])


def xlsx_file(*rows: dict[str, Any]) -> bytes:
    return as_xlsx(HEADER, [[one[name] for name in HEADER] for one in rows])
