import common.clock
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from journal.grants import keep_append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('journal', '0001_application_role'),
        ('accounts', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('check_slug', models.CharField(max_length=80, verbose_name='check')),
                ('day', models.DateField(verbose_name='day')),
                ('state', models.CharField(choices=[('queued', 'queued'), ('running', 'running'), ('done', 'done'), ('incomplete', 'done in part'), ('failed', 'failed'), ('interrupted', 'interrupted')], db_index=True, default='queued', max_length=12, verbose_name='state')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='subjects')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='looked at')),
                ('hits', models.PositiveIntegerField(default=0, verbose_name='hits')),
                ('new', models.PositiveIntegerField(default=0, verbose_name='new')),
                ('same', models.PositiveIntegerField(default=0, verbose_name='same')),
                ('gone', models.PositiveIntegerField(default=0, verbose_name='gone')),
                ('back', models.PositiveIntegerField(default=0, verbose_name='back again')),
                ('held', models.PositiveIntegerField(default=0, verbose_name='held back')),
                ('leads', models.PositiveIntegerField(default=0, verbose_name='leads raised')),
                ('created_at', models.DateTimeField(default=common.clock.now, editable=False, verbose_name='asked for at')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='started')),
                ('heartbeat_at', models.DateTimeField(blank=True, null=True, verbose_name='last sign of life')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('claim', models.UUIDField(blank=True, editable=False, null=True, verbose_name='claimed by')),
                ('error', models.TextField(blank=True, verbose_name='why it ended')),
                ('thresholds', models.JSONField(blank=True, default=dict, verbose_name='thresholds used')),
                ('late_feeds', models.JSONField(blank=True, default=dict, verbose_name='late feeds')),
                ('version', models.CharField(blank=True, max_length=12, verbose_name='version of the check')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
            ],
            options={
                'verbose_name': 'run of a check',
                'verbose_name_plural': 'runs of checks',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['check_slug', '-day'], name='run_by_check_and_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['queued', 'running'])), fields=('check_slug', 'day'), name='one_active_run_per_check_and_day'), models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('check_slug',), name='one_running_run_per_check'), models.CheckConstraint(condition=models.Q(('total', 0), ('done__lte', models.F('total')), _connector='OR'), name='run_done_within_total'), models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'incomplete', 'failed', 'interrupted'])), name='run_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'running'), _negated=True), models.Q(('claim__isnull', False), ('heartbeat_at__isnull', False)), _connector='OR'), name='running_run_has_a_heartbeat'), models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running']), ('finished_at__isnull', False), _connector='OR'), name='ended_run_has_an_end')],
            },
        ),
        migrations.CreateModel(
            name='CheckSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('check_slug', models.CharField(max_length=80, unique=True, verbose_name='check')),
                ('enabled', models.BooleanField(default=True, verbose_name='runs by itself')),
                ('reason', models.TextField(blank=True, verbose_name='reason of the pause')),
                ('changed_at', models.DateTimeField(default=common.clock.now, verbose_name='changed')),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
            ],
            options={
                'verbose_name': 'setting of a check',
                'verbose_name_plural': 'settings of checks',
                'ordering': ['check_slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('enabled', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='paused_check_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='CheckSettingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('check_slug', models.CharField(max_length=80, verbose_name='check')),
                ('enabled', models.BooleanField(default=True, verbose_name='runs by itself')),
                ('reason', models.TextField(blank=True, verbose_name='reason of the pause')),
                ('changed_at', models.DateTimeField(default=common.clock.now, verbose_name='changed')),
                ('changed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='crosschecks.checksetting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('check_slug', models.CharField(max_length=80, verbose_name='check')),
                ('fingerprint', models.CharField(max_length=32, verbose_name='fingerprint')),
                ('subject', models.CharField(max_length=200, verbose_name='subject')),
                ('label', models.CharField(blank=True, max_length=300, verbose_name='what was found')),
                ('severity', models.CharField(choices=[('low', 'low'), ('medium', 'medium'), ('high', 'high')], max_length=8, verbose_name='weight')),
                ('state', models.CharField(choices=[('open', 'open'), ('gone', 'gone'), ('back', 'back again')], db_index=True, default='open', max_length=8, verbose_name='state')),
                ('facts', models.JSONField(default=dict, verbose_name='facts')),
                ('notes', models.JSONField(blank=True, default=list, verbose_name='notes')),
                ('indicators', models.JSONField(blank=True, default=list, verbose_name='indicators')),
                ('meters', models.JSONField(blank=True, default=list, verbose_name='meters')),
                ('feeds', models.JSONField(blank=True, default=list, verbose_name='feeds')),
                ('registration', models.CharField(blank=True, max_length=60, verbose_name='registration')),
                ('party_name', models.CharField(blank=True, max_length=300, verbose_name='party')),
                ('party_bin', models.CharField(blank=True, max_length=12, verbose_name='BIN')),
                ('place', models.CharField(blank=True, max_length=300, verbose_name='place')),
                ('kato', models.CharField(blank=True, max_length=9, verbose_name='KATO')),
                ('lat', models.FloatField(blank=True, null=True, verbose_name='latitude')),
                ('lon', models.FloatField(blank=True, null=True, verbose_name='longitude')),
                ('declared_kw', models.FloatField(blank=True, null=True, verbose_name='declared power, kW')),
                ('est_kw_low', models.FloatField(blank=True, null=True, verbose_name='estimate from, kW')),
                ('est_kw_high', models.FloatField(blank=True, null=True, verbose_name='estimate to, kW')),
                ('confidence', models.FloatField(blank=True, null=True, verbose_name='confidence')),
                ('first_seen', models.DateField(verbose_name='first seen')),
                ('last_seen', models.DateField(verbose_name='last seen')),
                ('episode', models.PositiveSmallIntegerField(default=1, verbose_name='episode')),
                ('lead_key', models.CharField(blank=True, db_index=True, max_length=140, verbose_name='key of the lead')),
                ('decision', models.CharField(blank=True, choices=[('dismissed', 'dismissed'), ('deferred', 'deferred'), ('promoted', 'became a case'), ('attached', 'attached to a case')], max_length=10, verbose_name='decision')),
                ('decision_reason', models.TextField(blank=True, verbose_name='reason of the decision')),
                ('first_run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='crosschecks.checkrun', verbose_name='first run')),
                ('last_run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='crosschecks.checkrun', verbose_name='last run')),
            ],
            options={
                'verbose_name': 'finding',
                'verbose_name_plural': 'findings',
                'ordering': ['-last_seen', '-pk'],
                'indexes': [models.Index(fields=['check_slug', 'state'], name='finding_by_check_and_state')],
                'constraints': [models.UniqueConstraint(fields=('check_slug', 'fingerprint'), name='one_finding_per_subject'), models.UniqueConstraint(condition=models.Q(('lead_key', ''), _negated=True), fields=('lead_key',), name='one_finding_per_lead'), models.CheckConstraint(condition=models.Q(('first_seen__lte', models.F('last_seen'))), name='finding_seen_in_order'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'gone', 'back'])), name='finding_state_is_known'), models.CheckConstraint(condition=models.Q(('confidence__isnull', True), ('confidence__range', (0, 1)), _connector='OR'), name='finding_confidence_is_a_share'), models.CheckConstraint(condition=models.Q(('est_kw_low__isnull', True), ('est_kw_high__isnull', True), ('est_kw_low__lte', models.F('est_kw_high')), _connector='OR'), name='finding_estimate_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen', models.CharField(choices=[('new', 'new'), ('same', 'same'), ('gone', 'gone'), ('back', 'back again')], max_length=8, verbose_name='seen as')),
                ('raised_lead', models.BooleanField(default=False, verbose_name='raised a lead')),
                ('facts', models.JSONField(blank=True, default=dict, verbose_name='facts')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sightings', to='crosschecks.finding', verbose_name='finding')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sightings', to='crosschecks.checkrun', verbose_name='run')),
            ],
            options={
                'verbose_name': 'sighting',
                'verbose_name_plural': 'sightings',
                'ordering': ['-run__day', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('run', 'finding'), name='one_sighting_per_run'), models.CheckConstraint(condition=models.Q(('seen__in', ['new', 'same', 'gone', 'back'])), name='sighting_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='reason')),
                ('until', models.DateField(verbose_name='until')),
                ('since', models.DateField(verbose_name='since')),
                ('decision_then', models.CharField(blank=True, choices=[('dismissed', 'dismissed'), ('deferred', 'deferred'), ('promoted', 'became a case'), ('attached', 'attached to a case')], max_length=10, verbose_name='decision at that time')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suppressions', to='crosschecks.finding', verbose_name='finding')),
            ],
            options={
                'verbose_name': 'put-aside finding',
                'verbose_name_plural': 'put-aside findings',
                'ordering': ['-since', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('finding',), name='one_open_suppression_per_finding'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='suppression_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='suppression_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='SuppressionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reason', models.TextField(verbose_name='reason')),
                ('until', models.DateField(verbose_name='until')),
                ('since', models.DateField(verbose_name='since')),
                ('decision_then', models.CharField(blank=True, choices=[('dismissed', 'dismissed'), ('deferred', 'deferred'), ('promoted', 'became a case'), ('attached', 'attached to a case')], max_length=10, verbose_name='decision at that time')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('finding', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='crosschecks.finding', verbose_name='finding')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='crosschecks.suppression')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Threshold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('check_slug', models.CharField(max_length=80, verbose_name='check')),
                ('name', models.CharField(max_length=60, verbose_name='threshold')),
                ('value', models.FloatField(verbose_name='value')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('verified', models.BooleanField(default=False, verbose_name='verified')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='set by')),
            ],
            options={
                'verbose_name': 'threshold',
                'verbose_name_plural': 'thresholds',
                'ordering': ['check_slug', 'name', '-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('check_slug', 'name', 'valid_from'), name='one_threshold_value_per_day'), models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='threshold_is_not_negative'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='threshold_has_a_source')],
            },
        ),
        migrations.CreateModel(
            name='ThresholdEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('check_slug', models.CharField(max_length=80, verbose_name='check')),
                ('name', models.CharField(max_length=60, verbose_name='threshold')),
                ('value', models.FloatField(verbose_name='value')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('verified', models.BooleanField(default=False, verbose_name='verified')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='crosschecks.threshold')),
                ('set_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='set by')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checksetting',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "crosschecks_checksettingevent" ("changed_at", "changed_by_id", "check_slug", "enabled", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."check_slug", NEW."enabled", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;', hash='a8b3cd08ea11a391d12766f4a0ca0b155cb1bd9a', operation='INSERT', pgid='pgtrigger_insert_insert_c3c5f', table='crosschecks_checksetting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checksetting',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "crosschecks_checksettingevent" ("changed_at", "changed_by_id", "check_slug", "enabled", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."check_slug", NEW."enabled", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;', hash='b28383610ca41439467a63d7b04975b1c10979e1', operation='UPDATE', pgid='pgtrigger_update_update_b57e0', table='crosschecks_checksetting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checksettingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c503f967900c442f30815981ec00eac32a233f64', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1d9a3', table='crosschecks_checksettingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suppression',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "crosschecks_suppressionevent" ("by_id", "decision_then", "ended_at", "finding_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since", "until") VALUES (NEW."by_id", NEW."decision_then", NEW."ended_at", NEW."finding_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."since", NEW."until"); RETURN NULL;', hash='1f660d90742d224d19436d24dbf1d34d2193596c', operation='INSERT', pgid='pgtrigger_insert_insert_dab11', table='crosschecks_suppression', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suppression',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "crosschecks_suppressionevent" ("by_id", "decision_then", "ended_at", "finding_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since", "until") VALUES (NEW."by_id", NEW."decision_then", NEW."ended_at", NEW."finding_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."since", NEW."until"); RETURN NULL;', hash='0e328c22bf5f677c047566196fbda40cf4e9e85c', operation='UPDATE', pgid='pgtrigger_update_update_feed6', table='crosschecks_suppression', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suppressionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4568df2dec6711770b32204d672015957183a207', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c0be3', table='crosschecks_suppressionevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='threshold',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "crosschecks_thresholdevent" ("check_slug", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_by_id", "source", "valid_from", "value", "verified") VALUES (NEW."check_slug", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."set_by_id", NEW."source", NEW."valid_from", NEW."value", NEW."verified"); RETURN NULL;', hash='0d33ce150199ea143501dc706bf2691824b8a57e', operation='INSERT', pgid='pgtrigger_insert_insert_00b11', table='crosschecks_threshold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='threshold',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "crosschecks_thresholdevent" ("check_slug", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_by_id", "source", "valid_from", "value", "verified") VALUES (NEW."check_slug", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."set_by_id", NEW."source", NEW."valid_from", NEW."value", NEW."verified"); RETURN NULL;', hash='5754d6e14e77d6640180e3a3e78ffeed6febd3c3', operation='UPDATE', pgid='pgtrigger_update_update_713bc', table='crosschecks_threshold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='thresholdevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='24455a9f7d11fb0d47dc29cb4f5ae817406313e6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_11a3f', table='crosschecks_thresholdevent', when='BEFORE')),
        ),
        keep_append_only(
            'crosschecks_checksettingevent',
            'crosschecks_suppressionevent',
            'crosschecks_thresholdevent',
        ),
    ]
