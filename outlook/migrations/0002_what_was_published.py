"""Ships what public sources told of the power balance, each row with its source, unverified."""

import csv
import tomllib
from decimal import Decimal
from pathlib import Path

from django.db import migrations

SHIPPED = Path(__file__).parent.parent / "shipped"


def _rows(name):
    with (SHIPPED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _number(text):
    return Decimal(text) if text else None


def ship(apps, schema_editor):
    alias = schema_editor.connection.alias
    model = {
        name: apps.get_model("outlook", name).objects.using(alias)
        for name in (
            "Series", "Break", "FeeReceipt", "BalanceFigure", "Forecast", "HashRateMonth",
        )
    }
    told = tomllib.loads((SHIPPED / "balance.toml").read_text(encoding="utf-8"))
    for row in told["series"]:
        model["Series"].get_or_create(code=row.pop("code"), defaults=row)
    for row in told["break"]:
        model["Break"].get_or_create(
            year=row.pop("year"), regional=row.pop("regional", False), defaults=row
        )
    for row in told["fee_receipt"]:
        key = {"quarter": row.pop("quarter"), "region": row.pop("region", "")}
        model["FeeReceipt"].get_or_create(**key, defaults=row)
    series = {one.code: one for one in model["Series"].all()}
    for row in _rows("figures.csv"):
        model["BalanceFigure"].get_or_create(
            series=series[row["series"]], year=int(row["year"]), measure=row["measure"],
            defaults={
                "value": _number(row["value"]), "source": row["source"], "remark": row["remark"],
            },
        )
    for row in _rows("forecasts.csv"):
        model["Forecast"].get_or_create(
            vintage=row["vintage"], subject=row["subject"], energy=row["energy"],
            year=int(row["year"]),
            defaults={
                "value": _number(row["value"]), "value_to": _number(row["value_to"]),
                "source": row["source"], "remark": row["remark"],
            },
        )
    for row in _rows("hash_rate.csv"):
        month = row.pop("month")
        model["HashRateMonth"].get_or_create(month=month, defaults=row)


class Migration(migrations.Migration):
    replaces = [
        ("outlook", "0001_initial"),
        ("outlook", "0002_distinct_operators"),
        ("outlook", "0003_power_balance"),
        ("outlook", "0004_what_was_published"),
    ]
    dependencies = [("outlook", "0001_tables")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
