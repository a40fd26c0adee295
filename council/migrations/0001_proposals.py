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
        ('accounts', '0002_bodies'),
        ('accounts', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='VotingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='in force from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='in force until')),
                ('source', models.TextField(verbose_name='source')),
                ('verified', models.BooleanField(default=False, verbose_name='verified by a lawyer')),
                ('quorum', models.PositiveSmallIntegerField(verbose_name='quorum, bodies')),
                ('votes_for', models.PositiveSmallIntegerField(verbose_name='votes for, at least')),
            ],
            options={
                'verbose_name': 'voting rule',
                'verbose_name_plural': 'voting rules',
                'ordering': ['-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('valid_from',), name='one_voting_rule_a_day'), models.CheckConstraint(condition=models.Q(('quorum__gte', 1), ('quorum__lte', 3), ('votes_for__gte', 1), ('votes_for__lte', models.F('quorum'))), name='a_voting_rule_can_be_met')],
            },
        ),
        migrations.CreateModel(
            name='VotingRuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('valid_from', models.DateField(verbose_name='in force from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='in force until')),
                ('source', models.TextField(verbose_name='source')),
                ('verified', models.BooleanField(default=False, verbose_name='verified by a lawyer')),
                ('quorum', models.PositiveSmallIntegerField(verbose_name='quorum, bodies')),
                ('votes_for', models.PositiveSmallIntegerField(verbose_name='votes for, at least')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='council.votingrule')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='number')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('kind', models.CharField(choices=[('method', 'way to find illegal miners'), ('threshold', 'threshold of a check'), ('source', 'new source of data'), ('procedure', 'order of joint work')], max_length=10, verbose_name='kind')),
                ('problem', models.TextField(max_length=5000, verbose_name='what is wrong today')),
                ('text', models.TextField(max_length=20000, verbose_name='what is proposed')),
                ('measure', models.TextField(blank=True, max_length=5000, verbose_name='how its success shows')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('discussion', 'in discussion'), ('voting', 'put to the vote'), ('adopted', 'adopted'), ('rejected', 'rejected'), ('lapsed', 'lapsed without quorum'), ('withdrawn', 'withdrawn')], default='draft', max_length=10, verbose_name='state')),
                ('created_at', models.DateTimeField(default=common.clock.now, editable=False, verbose_name='written')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted')),
                ('discuss_until', models.DateField(blank=True, null=True, verbose_name='discussed until')),
                ('vote_until', models.DateField(blank=True, null=True, verbose_name='vote until')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('result', models.JSONField(blank=True, default=dict, verbose_name='result')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency', verbose_name='proposed by')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('rule', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='council.votingrule', verbose_name='voting rule')),
            ],
            options={
                'verbose_name': 'proposal',
                'verbose_name_plural': 'proposals',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['state', 'vote_until'], name='council_votes')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'withdrawn')), models.Q(('discuss_until__isnull', False), ('submitted_at__isnull', False)), _connector='OR'), name='a_submitted_proposal_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'voting'), _negated=True), models.Q(('rule__isnull', False), ('vote_until__isnull', False)), _connector='OR'), name='a_vote_has_a_term_and_a_rule'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('adopted', 'rejected', 'lapsed')), _negated=True), models.Q(('decided_at__isnull', False), models.Q(('result', {}), _negated=True)), _connector='OR'), name='a_decided_proposal_keeps_its_result')],
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(choices=[('for', 'for'), ('against', 'against'), ('abstain', 'abstained')], max_length=7, verbose_name='vote')),
                ('remark', models.TextField(blank=True, max_length=5000, verbose_name='remark')),
                ('cast_at', models.DateTimeField(default=common.clock.now, editable=False, verbose_name='cast')),
                ('replaced_at', models.DateTimeField(blank=True, null=True, verbose_name='replaced')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency', verbose_name='body')),
                ('voter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='cast by')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='council.proposal')),
            ],
            options={
                'verbose_name': 'vote',
                'verbose_name_plural': 'votes',
                'ordering': ['cast_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('proposal', 'agency'), name='one_standing_vote_a_body'), models.CheckConstraint(condition=models.Q(models.Q(('choice', 'against'), _negated=True), models.Q(('remark', ''), _negated=True), _connector='OR'), name='a_vote_against_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=5000, verbose_name='remark')),
                ('written_at', models.DateTimeField(default=common.clock.now, editable=False, verbose_name='written')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency', verbose_name='body')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='council.proposal')),
            ],
            options={
                'verbose_name': 'remark',
                'verbose_name_plural': 'remarks',
                'ordering': ['written_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_remark_says_something')],
            },
        ),
        migrations.CreateModel(
            name='ProposalEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.CharField(max_length=20, verbose_name='number')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('kind', models.CharField(choices=[('method', 'way to find illegal miners'), ('threshold', 'threshold of a check'), ('source', 'new source of data'), ('procedure', 'order of joint work')], max_length=10, verbose_name='kind')),
                ('problem', models.TextField(max_length=5000, verbose_name='what is wrong today')),
                ('text', models.TextField(max_length=20000, verbose_name='what is proposed')),
                ('measure', models.TextField(blank=True, max_length=5000, verbose_name='how its success shows')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('discussion', 'in discussion'), ('voting', 'put to the vote'), ('adopted', 'adopted'), ('rejected', 'rejected'), ('lapsed', 'lapsed without quorum'), ('withdrawn', 'withdrawn')], default='draft', max_length=10, verbose_name='state')),
                ('created_at', models.DateTimeField(default=common.clock.now, editable=False, verbose_name='written')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted')),
                ('discuss_until', models.DateField(blank=True, null=True, verbose_name='discussed until')),
                ('vote_until', models.DateField(blank=True, null=True, verbose_name='vote until')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('result', models.JSONField(blank=True, default=dict, verbose_name='result')),
                ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.agency', verbose_name='proposed by')),
                ('author', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='council.proposal')),
                ('rule', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='council.votingrule', verbose_name='voting rule')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='votingrule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "council_votingruleevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quorum", "source", "valid_from", "valid_to", "verified", "votes_for") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."quorum", new_values."source", new_values."valid_from", new_values."valid_to", new_values."verified", new_values."votes_for" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='54ce3612fd3392b6404c8d4d40f0e1a05838fb12', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f0de3', referencing='REFERENCING NEW TABLE AS new_values ', table='council_votingrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='votingrule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "council_votingruleevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quorum", "source", "valid_from", "valid_to", "verified", "votes_for") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."quorum", new_values."source", new_values."valid_from", new_values."valid_to", new_values."verified", new_values."votes_for" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6481a62d4a09253290fceabf486ce335858cc6ff', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_8f948', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='council_votingrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remark',
            trigger=pgtrigger.compiler.Trigger(name='what_is_said_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='80f376101bd86e04569779982ea596ba18258c79', operation='UPDATE', pgid='pgtrigger_what_is_said_stays_0f2e5', table='council_remark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposalevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='de9f0f0776d95110b4043215c3aeadd36acf4082', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e4b4d', table='council_proposalevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "council_proposalevent" ("agency_id", "author_id", "created_at", "decided_at", "discuss_until", "id", "kind", "measure", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "result", "rule_id", "state", "submitted_at", "text", "title", "vote_until") SELECT new_values."agency_id", new_values."author_id", new_values."created_at", new_values."decided_at", new_values."discuss_until", new_values."id", new_values."kind", new_values."measure", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."problem", new_values."result", new_values."rule_id", new_values."state", new_values."submitted_at", new_values."text", new_values."title", new_values."vote_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8a0f644f7eef4dffd6c3e63679f8c6a8bb0d4b57', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ead21', referencing='REFERENCING NEW TABLE AS new_values ', table='council_proposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "council_proposalevent" ("agency_id", "author_id", "created_at", "decided_at", "discuss_until", "id", "kind", "measure", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "result", "rule_id", "state", "submitted_at", "text", "title", "vote_until") SELECT new_values."agency_id", new_values."author_id", new_values."created_at", new_values."decided_at", new_values."discuss_until", new_values."id", new_values."kind", new_values."measure", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."problem", new_values."result", new_values."rule_id", new_values."state", new_values."submitted_at", new_values."text", new_values."title", new_values."vote_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c46def03181610095bef7dbd1354657a3876a58d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_5319f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='council_proposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='votingruleevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b8abca23632c4427f721edbb56f39b8326c1eab7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4654a', table='council_votingruleevent', when='BEFORE')),
        ),
        keep_append_only(
            'council_proposalevent',
            'council_votingruleevent',
        ),
    ]
