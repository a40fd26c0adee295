"""The registrations file: one row is one site of one registration, with its operator and meters."""

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext_lazy as _

from common.errors import RowProblem
from common.geo import cell
from common.identifiers import kind_of
from common.names import search_form, split_legal_form
from intake.catalogue import Difference, Kind, Sql, Target, declare
from intake.formats.columns import BadValue, Column, Reader
from intake.formats.judging import Computed, Read
from intake.formats.readers import BIN, DAY, KATO_CODE, choice, decimal, degrees
from registry import choices
from registry.choices import ASKED_FOR, ENDED, REGISTRATIONS_FILE, Status
from registry.imports import rules, steps
from registry.models import Operator, Registration, Site, SiteMeter
from registry.models.operators import SEARCH_LENGTH
from registry.models.sites import LATITUDES, LONGITUDES
from registry.policies import may_import, may_see_registry
from registry.wording import status_word

MOST_KW = 1_000_000  # a thousand megawatts in one place is a slip of the unit
LONGEST_METER = 64


def read_meters(text: str) -> str:
    """Meter codes between ``|``, each once, in their order."""
    codes = dict.fromkeys(code.strip() for code in text.split("|") if code.strip())
    for code in codes:
        if len(code) > LONGEST_METER:
            raise BadValue("meter_too_long", meter=f"{code[:20]}…", longest=LONGEST_METER)
        if "," in code or ";" in code:
            raise BadValue("meter_separator", meter=code[:LONGEST_METER])
    return "|".join(codes)


COLUMNS = (
    Column(
        "number", ("номер", "номер записи", "нөмірі", "жазба нөмірі"), required=True, longest=60
    ),
    Column(
        "kind",
        ("вид", "вид записи", "түрі", "жазба түрі"),
        choice(choices.Kind.values),
        required=True,
    ),
    Column(
        "operator_bin",
        ("бин", "бин оператора", "бин/иин", "бин иин", "бсн", "оператордың бсн", "бсн/жсн", "bin"),
        BIN,
        required=True,
    ),
    Column(
        "operator_name",
        ("оператор", "наименование", "наименование оператора", "оператордың атауы", "атауы"),
        required=True,
        longest=300,
    ),
    Column(
        "legal_form",
        ("правовая форма", "организационно-правовая форма", "құқықтық нысаны"),
        longest=60,
    ),
    Column("site_name", ("площадка", "название площадки", "алаң", "алаңның атауы"), longest=200),
    Column(
        "site_address", ("адрес", "адрес площадки", "мекенжай", "мекенжайы", "алаңның мекенжайы")
    ),
    Column("kato", ("като", "код като", "әаож", "әаож коды"), KATO_CODE, required=True),
    Column("lat", ("широта", "ендік", "latitude"), degrees(*LATITUDES)),
    Column("lon", ("долгота", "бойлық", "longitude"), degrees(*LONGITUDES)),
    Column(
        "declared_kw",
        ("заявленная мощность, квт", "мощность, квт", "мәлімделген қуат, квт", "қуаты, квт"),
        decimal("kW", digits=12, places=3, most=MOST_KW),
        required=True,
    ),
    Column(
        "meter_codes",
        ("счётчики", "счетчики", "коды счётчиков", "есептеуіштер"),
        Reader(pa.string(), read_meters, empty=""),
        longest=5000,
    ),
    Column("valid_from", ("действует с", "дата начала", "басталу күні", "қолданылады"), DAY),
    Column("valid_to", ("действует до", "дата окончания", "аяқталу күні"), DAY),
    Column(
        "status", ("статус", "состояние", "мәртебесі", "күйі"), choice(Status.values), required=True
    ),
)


def _term_in_order(read: Read) -> Iterable[RowProblem]:
    over = pc.less(read.values["valid_to"], read.values["valid_from"])
    return read.told(pc.fill_null(over, False), "valid_to", "ends_before_it_begins")  # noqa: FBT003 - what an absent day becomes


def _beginning_given(read: Read) -> Iterable[RowProblem]:
    """What was granted began on some day; silent about statuses refused before."""
    status = read.values["status"]
    granted = pc.and_not(pc.is_valid(status), pc.is_in(status, pa.array(ASKED_FOR, pa.string())))
    missing = pc.and_(granted, pc.equal(read.texts["valid_from"], ""))
    return read.told(missing, "valid_from", "beginning_missing")


def _whole_place(read: Read) -> Iterable[RowProblem]:
    half = pc.xor(pc.equal(read.texts["lat"], ""), pc.equal(read.texts["lon"], ""))
    return read.told(half, "lat", "half_a_place")


def _form(legal_form: str, name: str) -> str:
    return legal_form or split_legal_form(name)[1]


def _place_name(site_name: str, address: str, operator: str) -> str:
    return site_name or address[:200] or operator[:200]


def _cell(lat: float | None, lon: float | None) -> str:
    return "" if lat is None or lon is None else cell(lat, lon)


COMPUTED = (
    Computed("legal_form", ("legal_form", "operator_name"), _form, pa.string()),
    Computed("site_name", ("site_name", "site_address", "operator_name"), _place_name, pa.string()),
    Computed("bin_kind", ("operator_bin",), kind_of, pa.string(), to_write=True),
    Computed(
        "search",
        ("operator_name",),
        lambda name: search_form(name)[:SEARCH_LENGTH],
        pa.string(),
        to_write=True,
    ),
    Computed("cell", ("lat", "lon"), _cell, pa.string(), to_write=True),
    Computed(
        "meter_set", ("meter_codes",), lambda codes: "|".join(sorted(codes.split("|"))), pa.string()
    ),
)

OPERATOR = Target(
    model=Operator,
    key={"bin": "operator_bin"},
    fields={"name": "operator_name", "legal_form": "legal_form"},
    fresh={"kind": "bin_kind", "kato": "kato", "search": "search"},
)
REGISTRATION = Target(
    model=Registration,
    key={"number": "number"},
    fields={"kind": "kind", "valid_from": "valid_from", "valid_to": "valid_to"},
    compared={"status": "status"},  # a status changes by an act's move only
    fresh={
        "operator": OPERATOR,
        "act_reference": Sql("%(act_reference)s"),
        "act_date": Sql("%(act_date)s::date"),
        "act_body": Sql(rules.ISSUER),
        "status_from": Sql(steps.STATUS_FROM),
        "source": Sql("%(batch)s"),
    },
)
SITE = Target(
    model=Site,
    key={"registration": REGISTRATION, "name": "site_name"},
    fields={
        "address": "site_address",
        "kato": "kato",
        "lat": "lat",
        "lon": "lon",
        "declared_kw": "declared_kw",
    },
    fresh={"key": Sql("gen_random_uuid()"), "cell": "cell"},
)

ENDED_WORDS = ", ".join(f"'{status}'" for status in ENDED)
# Meters that a site declares now: not ended before the day, or ended together with its term.
DECLARED = f"""LEFT JOIN LATERAL (
    SELECT string_agg(m.code, '|' ORDER BY m.code COLLATE "C") AS codes FROM registry_sitemeter m
    WHERE m.site_id = site.id AND (m.valid_to IS NULL OR m.valid_to >= %(day)s
    OR registration.status IN ({ENDED_WORDS}) OR m.valid_to = registration.valid_to)
) declared ON site.id IS NOT NULL"""

REGISTRATIONS = declare(
    Kind(
        slug=REGISTRATIONS_FILE,
        title=_("registrations"),
        lead=_("The competent body's list: one row is one site of one registration."),
        columns=COLUMNS,
        targets=(OPERATOR, REGISTRATION, SITE),
        allowed=may_import,
        sees=may_see_registry,
        label="number",
        together=(_term_in_order, _beginning_given, _whole_place),
        computed=COMPUTED,
        within=(
            rules.one_registration,
            rules.one_row_per_site,
            rules.one_operator,
            rules.one_site_per_meter,
        ),
        against=(
            rules.same_operator,
            rules.moves_by_act,
            rules.somebody_was_competent,
            rules.meters_free,
        ),
        joins=DECLARED,
        differences=(
            Difference(
                "meter_codes",
                before="coalesce(declared.codes, '')",
                after="s.meter_codes",
                differs="coalesce(declared.codes, '') <> s.meter_set",
            ),
        ),
        steps=steps.steps_for(OPERATOR, REGISTRATION, SITE),
        undoes=(Operator, Registration, Site, SiteMeter),
        before_undo=steps.forget_statuses,
        needs_act=True,
        words=rules.WORDS,
        told={"before": status_word, "after": status_word},
        sample=(
            (
                "I-0101", "licence_1", "991340001015", "ТОО «Көкжал Хэшрейт»", "ТОО", "Тобылғы-1",
                "Глубоковский район, трасса 12", "634000000", "50.1502", "82.3211", "12000",
                "KZ-TB-0001|KZ-TB-0002|KZ-TB-0003", "2025-03-15", "2028-03-14", "active",
            ),
            (
                "I-0101", "licence_1", "991340001015", "ТОО «Көкжал Хэшрейт»", "ТОО", "Тобылғы-2",
                "Глубоковский район, трасса 14", "634000000", "50.1710", "82.3480", "6000",
                "KZ-TB-0004", "2025-03-15", "2028-03-14", "active",
            ),
            (
                "II-0107", "licence_2", "991340002340", "«Алтын Дала Есептеу» ЖШС", "ЖШС", "Дала",
                "Екібастұз", "552200000", "51.7298", "75.3266", "2400", "", "2023-06-20",
                "2026-06-19", "expired",
            ),
            (
                "N-0033", "notification", "991335004568", "ИП Пример", "ИП", "",
                "Шымкент, 5 шағынаудан", "791000000", "", "", "180.5", "KZ-SH-7781",
                "2022-02-01", "2023-06-03", "expired",
            ),
        ),
    )
)  # fmt: skip
