import django.db.models.deletion
from django.db import migrations, models


def source():
    return models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.importbatch", verbose_name="entered from")


class Migration(migrations.Migration):
    """Imports are everybody's now; the rows and the keys that point to them stay as they are."""

    dependencies = [
        ("intake", "0001_adopt_the_registrys_imports"),
        ("registry", "0005_catalogue_and_stages"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(model_name="registration", name="source", field=source()),
                migrations.AlterField(
                    model_name="registrationevent",
                    name="source",
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to="intake.importbatch", verbose_name="entered from"),
                ),
                migrations.DeleteModel(name="ImportBatch"),
            ],
        ),
    ]
