from django.db import migrations

from common.names import search_form

BATCH = 2000


def reckon(apps, schema_editor):
    """The bare name first, a space before every word; the order of words changed, so all rows."""
    operators = apps.get_model("registry", "Operator").objects.using(schema_editor.connection.alias)
    changed = []
    for one in operators.only("name", "name_kk", "name_ru", "name_en", "search").iterator():
        form = search_form(one.name, one.name_kk, one.name_ru, one.name_en)[:2000]
        if form != one.search:
            one.search = form
            changed.append(one)
        if len(changed) == BATCH:
            operators.bulk_update(changed, ["search"])
            changed = []
    operators.bulk_update(changed, ["search"])


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0008_lookup"),
    ]

    operations = [migrations.RunPython(reckon, migrations.RunPython.noop)]
