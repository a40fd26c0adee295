from datetime import date

from django.db import migrations

# No order on the group's work is public, so that nobody knows its real rule.
OWN = "working rule of the portal until the group sets its own; no document of the group's order of work is known"


def add_rule(apps, schema_editor):
    rows = apps.get_model("council", "VotingRule").objects.using(schema_editor.connection.alias)
    rows.get_or_create(
        valid_from=date(2021, 11, 2),
        defaults={"quorum": 2, "votes_for": 2, "source": OWN, "verified": False},
    )


class Migration(migrations.Migration):
    dependencies = [("council", "0001_proposals")]
    operations = [migrations.RunPython(add_rule, migrations.RunPython.noop)]
