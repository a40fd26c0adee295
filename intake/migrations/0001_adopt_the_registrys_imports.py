import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Imports become everybody's: the registry's table moves here with its rows.

    The registry forgets the model in a migration of its own, which changes no table.
    """

    initial = True
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("registry", "0005_catalogue_and_stages"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE registry_importbatch RENAME TO intake_importbatch",
                    "ALTER TABLE intake_importbatch RENAME TO registry_importbatch",
                ),
            ],
            state_operations=[
                migrations.CreateModel(
                    name="ImportBatch",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("kind", models.CharField(max_length=20, verbose_name="kind")),
                        ("file_name", models.CharField(max_length=255, verbose_name="file")),
                        ("file", models.FileField(editable=False, upload_to="imports/%Y/", verbose_name="content")),
                        ("sha256", models.CharField(db_index=True, editable=False, max_length=64, verbose_name="SHA-256")),
                        ("size", models.PositiveBigIntegerField(default=0, verbose_name="size, bytes")),
                        ("state", models.CharField(max_length=10, verbose_name="state")),
                        ("rows", models.PositiveIntegerField(default=0, verbose_name="rows in the file")),
                        ("new", models.PositiveIntegerField(default=0, verbose_name="new rows")),
                        ("same", models.PositiveIntegerField(default=0, verbose_name="unchanged rows")),
                        ("changed", models.PositiveIntegerField(default=0, verbose_name="changed rows")),
                        ("rejected", models.PositiveIntegerField(default=0, verbose_name="refused rows")),
                        ("problems", models.JSONField(default=list, verbose_name="problems")),
                        ("notices", models.JSONField(default=list, verbose_name="notices")),
                        ("changes", models.JSONField(default=list, verbose_name="changes")),
                        ("plan_digest", models.CharField(blank=True, editable=False, max_length=64)),
                        ("partial", models.BooleanField(default=False, verbose_name="without the refused rows")),
                        ("act_reference", models.CharField(blank=True, help_text="The published list or order that the file reflects; needed to change a status.", max_length=200, verbose_name="act of the competent body")),
                        ("act_date", models.DateField(blank=True, null=True, verbose_name="date of the act")),
                        ("uploaded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="uploaded")),
                        ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="applied")),
                        ("applied_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="applied by")),
                        ("uploaded_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="uploaded by")),
                    ],
                    options={"verbose_name": "import", "verbose_name_plural": "imports", "ordering": ["-pk"]},
                ),
                migrations.AddConstraint(
                    model_name="importbatch",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state", "applied"), _negated=True) | models.Q(("applied_at__isnull", False)),
                        name="applied_import_says_when",
                    ),
                ),
            ],
        ),
    ]
