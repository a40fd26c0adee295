"""Ships the bodies of the group and the two that watch the exchange pilot."""

from django.db import migrations

# The members that the report of 2 November 2021 names; names as the bodies write them.
BODIES = [
    ("energy", "member", "Энергетика министрлігі", "Минэнерго", "Ministry of Energy"),
    ("association", "member", "Блокчейн қауымдастығы", "Ассоциация блокчейна", "Blockchain Association"),
    ("atameken", "member", "Атамекен", "Атамекен", "Atameken"),
    ("national_bank", "partner", "Ұлттық Банк", "Национальный Банк", "National Bank"),
    ("aifc", "partner", "АХҚО", "МФЦА", "AIFC"),
]


def add_bodies(apps, schema_editor):
    rows = apps.get_model("accounts", "Agency").objects.using(schema_editor.connection.alias)
    for code, kind, kk, ru, en in BODIES:
        rows.get_or_create(
            code=code, defaults={"kind": kind, "name_kk": kk, "name_ru": ru, "name_en": en}
        )


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_members_of_the_group"),
        ("accounts", "0003_token_owner"),
        ("accounts", "0004_field_history"),
        ("accounts", "0005_lawyers_and_supervisors"),
        ("accounts", "0006_exchange_partners"),
    ]
    dependencies = [("accounts", "0001_tables")]
    operations = [migrations.RunPython(add_bodies, migrations.RunPython.noop)]
