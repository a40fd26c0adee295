"""The official list of the demo as XLSX files, brought in by the registry's own import."""

from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO

import xlsxwriter

from intake.actions import apply_batch, check_file, discard_batch
from portal.demo.moments import Moments
from portal.demo.people import ADMIN, Cast
from portal.demo.stories import Story
from portal.demo.world import SitePlan, World
from registry.actions.acts import Act, record_act
from registry.choices import REGISTRATIONS_FILE
from registry.models import Registration
from registry.selectors.issuers import issuer_on

FIRST_LIST, SECOND_LIST = 365, 35  # days ago
HEADER = (
    "номер", "вид", "БИН", "оператор", "правовая форма", "площадка", "адрес", "КАТО", "широта",
    "долгота", "заявленная мощность, кВт", "счётчики", "действует с", "действует до", "статус",
)  # fmt: skip
BIN_COLUMN = HEADER.index("БИН")
# What a status was on the older list.
BEFORE = dict.fromkeys(("suspended", "revoked", "surrendered"), "active")
SUSPENDED = slice(3, 5)  # of the sites in good standing
Row = list[str | float]


def official_lists(world: World, moments: Moments, cast: Cast) -> Story:
    """A list, a list with mistakes that is put aside, the newer list with its changes."""
    listed = moments.ago(FIRST_LIST).date()
    yield moments.ago(FIRST_LIST, 11)
    _bring(_rows(world.sites, listed), 1, listed, cast)
    yield moments.ago(SECOND_LIST, 9, 40)
    rows = list(_rows(world.sites, None))
    spoiled = check_file(
        kind=REGISTRATIONS_FILE,
        name="demo_spisok_2.xlsx",
        content=_sheet(_with_mistakes(rows)),
        actor=cast[ADMIN],
    )
    yield moments.ago(SECOND_LIST, 9, 55)
    discard_batch(batch=spoiled, actor=cast[ADMIN])
    yield moments.ago(SECOND_LIST, 11, 20)
    _bring(rows, 2, moments.ago(SECOND_LIST).date(), cast)


def _bring(rows: Iterable[Row], serial: int, act_date: date, cast: Cast) -> None:
    batch = check_file(
        kind=REGISTRATIONS_FILE,
        name=f"demo_spisok_{serial}.xlsx",
        content=_sheet(rows),
        actor=cast[ADMIN],
        act_reference=f"Демо-приказ № {serial}",
        act_date=act_date,
    )
    apply_batch(batch=batch, actor=cast[ADMIN])


def acts(world: World, moments: Moments, cast: Cast) -> Story:
    """One registration is suspended by an act and goes on by a later one; another stays so."""
    chosen = [site.operator.number for site in world.protected_sites()][SUSPENDED]
    for days, verb, number in ((30, "suspend", 0), (16, "resume", 0), (6, "suspend", 1)):
        yield moments.ago(days, 15, 30)
        day = moments.ago(days).date()
        record_act(
            registration=Registration.objects.get(number=chosen[number]),
            verb=verb,
            act=Act(f"Демо-приказ № {days}/п", day, day, issuer_on(day)),
            actor=cast["officer"],
            reason="Демо: сведения о мощности уточняются",
        )


def _rows(sites: Iterable[SitePlan], listed: date | None) -> Iterator[Row]:
    """Rows of the list; ``listed`` is the day of an older list, on which less had happened."""
    for site in sites:
        operator = site.operator
        if listed and (operator.valid_from is None or operator.valid_from > listed):
            continue
        yield [
            operator.number, operator.kind, operator.bin, operator.name, operator.legal_form,
            site.name, site.place.address, site.place.kato, site.place.lat, site.place.lon,
            site.declared_kw, "|".join(site.meters), _day(operator.valid_from),
            _day(operator.valid_to), _status(site, listed),
        ]  # fmt: skip


def _status(site: SitePlan, listed: date | None) -> str:
    status, last = site.operator.status, site.operator.valid_to
    if listed is None:
        return status
    if status == "expired" and last is not None and last >= listed:
        return "active"
    return BEFORE.get(status, status)


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _with_mistakes(rows: list[Row]) -> list[Row]:
    """What lists suffer in spreadsheets: a digit lost, a unit in a cell, an unknown code."""
    spoiled = [list(row) for row in rows]
    spoiled[10][BIN_COLUMN] = str(rows[10][BIN_COLUMN])[:-1]
    spoiled[20][HEADER.index("заявленная мощность, кВт")] = "2,5 МВт"
    spoiled[30][HEADER.index("КАТО")] = "990000000"
    return spoiled


def _sheet(rows: Iterable[Row]) -> bytes:
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Демо")
        lines: list[Row] = [list(HEADER), *rows]
        for line, row in enumerate(lines):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, column, value)
                else:
                    sheet.write_number(line, column, value)
    return written.getvalue()
