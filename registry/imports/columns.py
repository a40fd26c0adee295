"""The columns of the registrations file and their names in three languages."""

from common.rows import Column

REGISTRATION_COLUMNS = (
    Column(
        "number", ("номер", "номер записи", "нөмірі", "жазба нөмірі"), required=True, longest=60
    ),
    Column("kind", ("вид", "вид записи", "түрі", "жазба түрі"), required=True),
    Column(
        "operator_bin",
        ("бин", "бин оператора", "бин/иин", "бин иин", "бсн", "оператордың бсн", "бсн/жсн", "bin"),
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
    Column("kato", ("като", "код като", "әаож", "әаож коды"), required=True),
    Column("lat", ("широта", "ендік", "latitude")),
    Column("lon", ("долгота", "бойлық", "longitude")),
    Column(
        "declared_kw",
        ("заявленная мощность, квт", "мощность, квт", "мәлімделген қуат, квт", "қуаты, квт"),
        required=True,
    ),
    Column("meter_codes", ("счётчики", "счетчики", "коды счётчиков", "есептеуіштер"), longest=5000),
    Column("valid_from", ("действует с", "дата начала", "басталу күні", "қолданылады")),
    Column("valid_to", ("действует до", "дата окончания", "аяқталу күні")),
    Column("status", ("статус", "состояние", "мәртебесі", "күйі"), required=True),
    # Written by the portal into an error file; passed over when the file comes back mended.
    Column("problem", ("проблема", "что исправить", "мәселе", "не түзету керек"), longest=10_000),
)
ERROR_COLUMN = "problem"
