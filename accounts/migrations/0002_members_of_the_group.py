from django.db import migrations

# The three members that the report of 2 November 2021 names; names as the bodies write them.
MEMBERS = [
    ("energy", "Энергетика министрлігі", "Минэнерго", "Ministry of Energy"),
    ("association", "Блокчейн қауымдастығы", "Ассоциация блокчейна", "Blockchain Association"),
    ("atameken", "Атамекен", "Атамекен", "Atameken"),
]


def add_members(apps, schema_editor):
    agency = apps.get_model("accounts", "Agency")
    for code, kk, ru, en in MEMBERS:
        agency.objects.using(schema_editor.connection.alias).get_or_create(
            code=code,
            defaults={"kind": "member", "name_kk": kk, "name_ru": ru, "name_en": en},
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(add_members, migrations.RunPython.noop)]
