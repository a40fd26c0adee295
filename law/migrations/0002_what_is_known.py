"""Ships the timeline, the regimes and the figures, each with its source and unverified."""

import tomllib
from pathlib import Path

from django.db import migrations

# Fixed and moving holidays come from the `holidays` package; moved days are entered in the admin.
YEARS = range(2021, 2028)
HOLIDAYS = "Python package holidays, country KZ; moved days not included"
SHIPPED = Path(__file__).parent.parent / "shipped"
# Table of the file, model, what tells a row from the others, and what it points to.
TABLES = [
    ("acts", "body", "Body", ("code",), {}),
    ("acts", "competence", "Competence", ("body", "matter", "valid_from"), {"body": "Body"}),
    ("acts", "act", "Act", ("code",), {"body": "Body"}),
    ("acts", "norm", "Norm", ("code",), {"act": "Act"}),
    ("positions", "position", "Position", ("code",), {"body": "Body"}),
    ("figures", "regime", "Regime", ("need", "valid_from"), {"act": "Act"}),
    ("figures", "fee_rate", "FeeRate", ("condition", "valid_from", "price_from"), {"act": "Act"}),
    ("figures", "sale_quota", "SaleQuota", ("valid_from",), {"act": "Act"}),
    ("figures", "monthly_index", "MonthlyIndex", ("valid_from",), {}),
    ("figures", "term", "Term", ("code", "valid_from"), {}),
]


def ship(apps, schema_editor):
    alias = schema_editor.connection.alias
    files = {
        name: tomllib.loads((SHIPPED / f"{name}.toml").read_text(encoding="utf-8"))
        for name in ("acts", "positions", "figures")
    }
    for file, table, model, key, points in TABLES:
        rows = apps.get_model("law", model).objects.using(alias)
        for shipped in files[file][table]:
            row = dict(shipped)
            for name, target in points.items():
                if name in row:
                    others = apps.get_model("law", target).objects.using(alias)
                    row[name] = others.get(code=row[name])
            rows.get_or_create(**{name: row.pop(name, None) for name in key}, defaults=row)
    years = apps.get_model("law", "CalendarYear").objects.using(alias)
    for year in YEARS:
        years.get_or_create(year=year, defaults={"source": HOLIDAYS, "verified": False})


class Migration(migrations.Migration):
    replaces = [
        ("law", "0001_initial"),
        ("law", "0002_terms_and_years"),
        ("law", "0003_field_history"),
        ("law", "0004_codes_with_dots"),
        ("law", "0005_acts_and_figures"),
        ("law", "0006_what_is_known"),
        ("law", "0007_council_terms"),
        ("law", "0008_notice_of_a_hearing"),
    ]
    dependencies = [("law", "0001_tables")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
