from datetime import date

from django.db import migrations

OWN = "working rule of the portal until the group sets its own; no act says so"
CODE, SINCE = "mark.hearing_notice", date(2021, 11, 2)


def add_row(apps, schema_editor):
    rows = apps.get_model("law", "Term").objects.using(schema_editor.connection.alias)
    rows.get_or_create(
        code=CODE,
        valid_from=SINCE,
        defaults={
            "name": "Notice before the hearing of a party whose mark may be lifted",
            "working_days": 5,
            "source": OWN,
            "verified": False,
        },
    )


class Migration(migrations.Migration):
    dependencies = [("law", "0007_council_terms")]
    operations = [migrations.RunPython(add_row, migrations.RunPython.noop)]
