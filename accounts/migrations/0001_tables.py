import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from journal.grants import keep_append_only


class Migration(migrations.Migration):

    replaces = [('accounts', '0001_initial'), ('accounts', '0002_members_of_the_group'), ('accounts', '0003_token_owner'), ('accounts', '0004_field_history'), ('accounts', '0005_lawyers_and_supervisors'), ('accounts', '0006_exchange_partners')]

    initial = True

    dependencies = [
        ('journal', '0001_application_role'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='code')),
                ('kind', models.CharField(choices=[('member', 'member of the group'), ('partner', 'partner body'), ('supplier', 'data supplier')], max_length=10, verbose_name='kind')),
                ('name_kk', models.CharField(max_length=200, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(max_length=200, verbose_name='name in Russian')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
            ],
            options={
                'verbose_name': 'agency',
                'verbose_name_plural': 'agencies',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='AgencyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, verbose_name='code')),
                ('kind', models.CharField(choices=[('member', 'member of the group'), ('partner', 'partner body'), ('supplier', 'data supplier')], max_length=10, verbose_name='kind')),
                ('name_kk', models.CharField(max_length=200, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(max_length=200, verbose_name='name in Russian')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.agency')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('full_name', models.CharField(max_length=200, verbose_name='full name')),
                ('language', models.CharField(choices=[('kk', 'Қазақша'), ('ru', 'Русский'), ('en', 'English')], default='ru', max_length=2, verbose_name='language')),
                ('theme', models.CharField(choices=[('auto', 'as the device'), ('light', 'light'), ('dark', 'dark')], default='auto', max_length=5, verbose_name='theme')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined')),
                ('visited_at', models.DateTimeField(blank=True, null=True, verbose_name='last visit began')),
                ('before_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='left')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='takes over the work')),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='accounts.agency', verbose_name='agency')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'ordering': ['full_name'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_person_per_email')],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('digest', models.CharField(max_length=128, primary_key=True, serialize=False)),
                ('token_key', models.CharField(db_index=True, max_length=25)),
                ('created', models.DateTimeField(auto_now_add=True)),
                ('expiry', models.DateTimeField(blank=True, null=True)),
                ('read_only', models.BooleanField(default=False, verbose_name='read only')),
                ('label', models.CharField(blank=True, max_length=200, verbose_name='what it is for')),
                ('last_used_at', models.DateTimeField(blank=True, null=True, verbose_name='last used')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='auth_token_set', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'API token',
                'verbose_name_plural': 'API tokens',
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('full_name', models.CharField(max_length=200, verbose_name='full name')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('officer', 'officer'), ('head', 'head'), ('analyst', 'analyst'), ('member', 'association member'), ('supplier', 'data supplier'), ('auditor', 'auditor'), ('admin', 'administrator'), ('delegate', 'delegate who invites'), ('lawyer', 'lawyer'), ('supervisor', 'exchange supervisor')], max_length=10), size=None, verbose_name='roles')),
                ('language', models.CharField(choices=[('kk', 'Қазақша'), ('ru', 'Русский'), ('en', 'English')], default='ru', max_length=2, verbose_name='language')),
                ('reason', models.TextField(verbose_name='reason')),
                ('state', models.CharField(choices=[('proposed', 'waits for a second person'), ('sent', 'sent'), ('accepted', 'accepted'), ('withdrawn', 'withdrawn')], default='proposed', max_length=10, verbose_name='state')),
                ('token_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='valid until')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='invited')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency', verbose_name='agency')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), ('invited_by__isnull', True), models.Q(('approved_by', models.F('invited_by')), _negated=True), _connector='OR'), name='invitation_by_two_people')],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('officer', 'officer'), ('head', 'head'), ('analyst', 'analyst'), ('member', 'association member'), ('supplier', 'data supplier'), ('auditor', 'auditor'), ('admin', 'administrator'), ('delegate', 'delegate who invites'), ('lawyer', 'lawyer'), ('supervisor', 'exchange supervisor')], max_length=10, verbose_name='role')),
                ('state', models.CharField(choices=[('proposed', 'waits for a second person'), ('active', 'in force'), ('ending', 'end waits for a second person'), ('refused', 'refused'), ('ended', 'ended')], default='proposed', max_length=10, verbose_name='state')),
                ('reason', models.TextField(verbose_name='reason')),
                ('since', models.DateTimeField(blank=True, null=True, verbose_name='in force since')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='in force until')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'role of a person',
                'verbose_name_plural': 'roles of people',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'active', 'ending'])), fields=('user', 'role'), name='one_open_grant_per_role'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), ('proposed_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='grant_by_two_people')],
            },
        ),
        migrations.CreateModel(
            name='RoleGrantEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('officer', 'officer'), ('head', 'head'), ('analyst', 'analyst'), ('member', 'association member'), ('supplier', 'data supplier'), ('auditor', 'auditor'), ('admin', 'administrator'), ('delegate', 'delegate who invites'), ('lawyer', 'lawyer'), ('supervisor', 'exchange supervisor')], max_length=10, verbose_name='role')),
                ('state', models.CharField(choices=[('proposed', 'waits for a second person'), ('active', 'in force'), ('ending', 'end waits for a second person'), ('refused', 'refused'), ('ended', 'ended')], default='proposed', max_length=10, verbose_name='state')),
                ('reason', models.TextField(verbose_name='reason')),
                ('since', models.DateTimeField(blank=True, null=True, verbose_name='in force since')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='in force until')),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.rolegrant')),
                ('proposed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('full_name', models.CharField(max_length=200, verbose_name='full name')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined')),
                ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='left')),
                ('agency', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.agency', verbose_name='agency')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
                ('successor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='takes over the work')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agency',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_agencyevent" ("code", "id", "is_active", "kind", "name_en", "name_kk", "name_ru", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."code", new_values."id", new_values."is_active", new_values."kind", new_values."name_en", new_values."name_kk", new_values."name_ru", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5451cec0f5dbd59560b57d8f3f8a60a918560a3b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_67acf', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_agency', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agency',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_agencyevent" ("code", "id", "is_active", "kind", "name_en", "name_kk", "name_ru", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."code", new_values."id", new_values."is_active", new_values."kind", new_values."name_en", new_values."name_kk", new_values."name_ru", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='aaa45b76e716167c670afef3afcd3419318f6984', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f30d7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_agency', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("agency_id", "email", "full_name", "id", "is_active", "joined_at", "left_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "successor_id") SELECT new_values."agency_id", new_values."email", new_values."full_name", new_values."id", new_values."is_active", new_values."joined_at", new_values."left_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."successor_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e9d79f849152db3e508f5e344cc487267ed1be08', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("agency_id", "email", "full_name", "id", "is_active", "joined_at", "left_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "successor_id") SELECT new_values."agency_id", new_values."email", new_values."full_name", new_values."id", new_values."is_active", new_values."joined_at", new_values."left_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."successor_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."agency_id" IS DISTINCT FROM (new_values."agency_id") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."full_name" IS DISTINCT FROM (new_values."full_name") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."joined_at" IS DISTINCT FROM (new_values."joined_at") OR old_values."left_at" IS DISTINCT FROM (new_values."left_at") OR old_values."successor_id" IS DISTINCT FROM (new_values."successor_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fbff957bab6c13f2ff51b0be4ae876f01ff6f98e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0e890', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agencyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f1004ca6f6a1f686e4823a76b2c72c4d5cc84de0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d7a00', table='accounts_agencyevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolegrant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_rolegrantevent" ("decided_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason", "role", "since", "state", "until", "user_id") SELECT new_values."decided_by_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposed_by_id", new_values."reason", new_values."role", new_values."since", new_values."state", new_values."until", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='185b0e600ff3993ba3ec9d2f6f2bd6e8226895bb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_77ca7', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_rolegrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolegrant',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_rolegrantevent" ("decided_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason", "role", "since", "state", "until", "user_id") SELECT new_values."decided_by_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposed_by_id", new_values."reason", new_values."role", new_values."since", new_values."state", new_values."until", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2417844abd08c96791dd987c62010de9679e961a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f0e9e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_rolegrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolegrantevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e90105cc081df41513a450b44da6f9c22d10503', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0af7e', table='accounts_rolegrantevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='userevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e9498e73f6fbdf2642fb33fa14189f1ad2382c8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45b21', table='accounts_userevent', when='BEFORE')),
        ),
        keep_append_only(
            'accounts_agencyevent',
            'accounts_rolegrantevent',
            'accounts_userevent',
        ),
    ]
