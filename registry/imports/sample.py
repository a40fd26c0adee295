"""An example of the registrations file; invented, and accepted as it stands."""

from common.sheets import as_csv, as_xlsx
from registry.imports.columns import ERROR_COLUMN, REGISTRATION_COLUMNS

HEADER = [column.name for column in REGISTRATION_COLUMNS if column.name != ERROR_COLUMN]
# Born in "month 13": no register can have issued these numbers.
ROWS = (
    (
        "I-0101", "licence_1", "{0}", "ТОО «Көкжал Хэшрейт»", "ТОО", "Тобылғы-1",
        "Глубоковский район, трасса 12", "634000000", "50.1502", "82.3211", "12000",
        "KZ-TB-0001|KZ-TB-0002|KZ-TB-0003", "2025-03-15", "2028-03-14", "active",
    ),
    (
        "I-0101", "licence_1", "{0}", "ТОО «Көкжал Хэшрейт»", "ТОО", "Тобылғы-2",
        "Глубоковский район, трасса 14", "634000000", "50.1710", "82.3480", "6000",
        "KZ-TB-0004", "2025-03-15", "2028-03-14", "active",
    ),
    (
        "II-0107", "licence_2", "{1}", "«Алтын Дала Есептеу» ЖШС", "ЖШС", "Дала",
        "Екібастұз", "552200000", "51.7298", "75.3266", "2400", "", "2023-06-20",
        "2026-06-19", "expired",
    ),
    (
        "N-0033", "notification", "{2}", "ИП Пример", "ИП", "", "Шымкент, 5 шағынаудан",
        "791000000", "", "", "180.5", "KZ-SH-7781", "2022-02-01", "2023-06-03", "expired",
    ),
)  # fmt: skip
NUMBERS = ("991340001015", "991340002340", "991335004568")


def sample(form: str = "csv") -> bytes:
    """The example as CSV or XLSX."""
    rows = [[cell.format(*NUMBERS) for cell in row] for row in ROWS]
    return as_xlsx(HEADER, rows) if form == "xlsx" else as_csv(HEADER, rows)
