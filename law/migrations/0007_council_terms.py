from datetime import date

from django.db import migrations

OWN = "working rule of the portal until the group sets its own; no act says so"
TERMS = [
    ("council.discussion", "Discussion of a proposal to the council", 5),
    ("council.vote", "Vote of the three bodies on a proposal", 5),
]


def add_terms(apps, schema_editor):
    rows = apps.get_model("law", "Term").objects.using(schema_editor.connection.alias)
    for code, name, days in TERMS:
        rows.get_or_create(
            code=code,
            valid_from=date(2021, 11, 2),
            defaults={"name": name, "working_days": days, "source": OWN, "verified": False},
        )


class Migration(migrations.Migration):
    dependencies = [("law", "0006_what_is_known")]
    operations = [migrations.RunPython(add_terms, migrations.RunPython.noop)]
