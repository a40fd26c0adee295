"""The catalogue says which region, meters and times a file of the lake may hold."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('grid', '0002_feeders')]

    operations = [
        migrations.AddField('lakefile', 'region', models.CharField(default='00', max_length=2)),
        migrations.AddField(
            'lakefile', 'first_meter',
            models.CharField(blank=True, db_collation='C', default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            'lakefile', 'last_meter',
            models.CharField(blank=True, db_collation='C', default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField('lakefile', 'first_start', models.DateTimeField(blank=True, null=True)),
        migrations.AddField('lakefile', 'last_start', models.DateTimeField(blank=True, null=True)),
    ]
