import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('intake', '0001_adopt_the_registrys_imports'), ('intake', '0002_files_of_every_kind'), ('intake', '0003_rows_of_their_own'), ('intake', '0004_no_json_rows'), ('intake', '0005_columns_of_a_file')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('file_name', models.CharField(max_length=255, verbose_name='file')),
                ('file', models.FileField(editable=False, upload_to='imports/%Y/', verbose_name='content')),
                ('judged', models.FileField(blank=True, editable=False, upload_to='imports/%Y/')),
                ('sha256', models.CharField(db_index=True, editable=False, max_length=64, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(default=0, verbose_name='size, bytes')),
                ('state', models.CharField(choices=[('received', 'received'), ('checking', 'being checked'), ('checked', 'checked, not applied'), ('unreadable', 'could not be read'), ('applying', 'being applied'), ('applied', 'applied'), ('undoing', 'being undone'), ('undone', 'undone'), ('discarded', 'discarded'), ('failed', 'failed')], default='received', max_length=10, verbose_name='state')),
                ('columns', models.JSONField(default=list, editable=False, verbose_name='columns')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='rows in the file')),
                ('new', models.PositiveIntegerField(default=0, verbose_name='new rows')),
                ('same', models.PositiveIntegerField(default=0, verbose_name='unchanged rows')),
                ('changed', models.PositiveIntegerField(default=0, verbose_name='changed rows')),
                ('rejected', models.PositiveIntegerField(default=0, verbose_name='refused rows')),
                ('notices', models.JSONField(default=list, verbose_name='notices')),
                ('plan_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('partial', models.BooleanField(default=False, verbose_name='without the refused rows')),
                ('act_reference', models.CharField(blank=True, help_text='The published list or order that the file reflects; needed to change a status.', max_length=200, verbose_name='act of the competent body')),
                ('act_date', models.DateField(blank=True, null=True, verbose_name='date of the act')),
                ('uploaded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='uploaded')),
                ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='applied')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
                ('context', models.UUIDField(blank=True, editable=False, null=True)),
                ('applied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='applied by')),
                ('uploaded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'applied'), _negated=True), ('applied_at__isnull', False), _connector='OR'), name='applied_import_says_when'), models.CheckConstraint(condition=models.Q(('state__in', ['received', 'checking', 'checked', 'unreadable', 'applying', 'applied', 'undoing', 'undone', 'discarded', 'failed'])), name='import_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(choices=[('check', 'check'), ('apply', 'apply'), ('undo', 'undo')], max_length=5, verbose_name='task')),
                ('stage', models.CharField(choices=[('waiting', 'Waiting for a worker'), ('reading', 'Reading and checking rows'), ('comparing', 'Comparing with the register'), ('writing', 'Writing'), ('restoring', 'Restoring what was before')], default='waiting', max_length=10, verbose_name='stage')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='rows done')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='rows in all')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('claim', models.UUIDField(blank=True, editable=False, null=True)),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('error', models.CharField(blank=True, max_length=40, verbose_name='why it stopped')),
                ('facts', models.JSONField(default=dict, verbose_name='facts')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='asked for')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='started')),
                ('heartbeat_at', models.DateTimeField(blank=True, null=True, verbose_name='last heard of')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for by')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='intake.importbatch')),
            ],
            options={
                'verbose_name': 'task of an import',
                'verbose_name_plural': 'tasks of imports',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('batch',), name='one_open_task_per_import')],
            },
        ),
        migrations.CreateModel(
            name='PlannedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(verbose_name='row')),
                ('verdict', models.CharField(choices=[('new', 'New'), ('changed', 'Changed'), ('same', 'The same')], max_length=8, verbose_name='effect')),
                ('label', models.CharField(max_length=300, verbose_name='entry')),
                ('difference', models.JSONField(default=dict, verbose_name='difference')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='planned', to='intake.importbatch')),
            ],
            options={
                'verbose_name': 'row of an import',
                'verbose_name_plural': 'rows of imports',
                'ordering': ['row'],
                'constraints': [models.UniqueConstraint(fields=('batch', 'verdict', 'row'), name='one_plan_per_row')],
            },
        ),
        migrations.CreateModel(
            name='RefusedCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(verbose_name='row')),
                ('column', models.CharField(blank=True, max_length=200, verbose_name='column')),
                ('value', models.CharField(blank=True, max_length=200, verbose_name='value')),
                ('code', models.CharField(max_length=60, verbose_name='code')),
                ('params', models.JSONField(default=dict)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refused', to='intake.importbatch')),
            ],
            options={
                'verbose_name': 'refused cell',
                'verbose_name_plural': 'refused cells',
                'ordering': ['row', 'column', 'pk'],
                'indexes': [models.Index(fields=['batch', 'row'], name='refused_cells_of_a_file')],
            },
        ),
    ]
