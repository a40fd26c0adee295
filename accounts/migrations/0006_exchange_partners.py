"""The two bodies that watch the exchange pilot get accounts of their own."""

from django.db import migrations

PARTNERS = [
    ("national_bank", "Ұлттық Банк", "Национальный Банк", "National Bank"),
    ("aifc", "АХҚО", "МФЦА", "AIFC"),
]


def add_partners(apps, schema_editor):
    agency = apps.get_model("accounts", "Agency")
    for code, kk, ru, en in PARTNERS:
        agency.objects.using(schema_editor.connection.alias).get_or_create(
            code=code,
            defaults={"kind": "partner", "name_kk": kk, "name_ru": ru, "name_en": en},
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_lawyers_and_supervisors")]
    operations = [migrations.RunPython(add_partners, migrations.RunPython.noop)]
