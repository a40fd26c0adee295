from datetime import date

from django.db import migrations

MONTHS = 60
WORKING_RULE = "working rule of the portal until the group sets its own; no act says so"
HOUSEHOLDS = ("household", "residential", "домохозяйство", "население", "быт", "тұрғын")
WORDS = "words expected in suppliers' files; no supplier's own list of tariff groups was read"


def ship(apps, schema_editor):
    alias = schema_editor.connection.alias
    terms = apps.get_model("grid", "RetentionTerm").objects.using(alias)
    terms.get_or_create(
        valid_from=date(2021, 11, 2), defaults={"months": MONTHS, "source": WORKING_RULE}
    )
    groups = apps.get_model("grid", "HouseholdTariff").objects.using(alias)
    for beginning in HOUSEHOLDS:
        groups.get_or_create(
            beginning=beginning, valid_from=date(2020, 1, 1), defaults={"source": WORDS}
        )


class Migration(migrations.Migration):
    dependencies = [("grid", "0005_dated_rules")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
