import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from journal.grants import keep_append_only


class Migration(migrations.Migration):

    replaces = [('outlook', '0001_initial'), ('outlook', '0002_distinct_operators'), ('outlook', '0003_power_balance'), ('outlook', '0004_what_was_published')]

    initial = True

    dependencies = [
        ('journal', '0001_application_role'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Break',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_kk', models.CharField(max_length=500, verbose_name='in Kazakh')),
                ('title_ru', models.CharField(max_length=500, verbose_name='in Russian')),
                ('title_en', models.CharField(max_length=500, verbose_name='in English')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('verified', models.BooleanField(default=False, verbose_name='verified')),
                ('year', models.PositiveSmallIntegerField(verbose_name='first year after it')),
                ('regional', models.BooleanField(default=False, verbose_name='only figures of regions')),
            ],
            options={
                'verbose_name': 'break of comparability',
                'verbose_name_plural': 'breaks of comparability',
                'ordering': ['year'],
            },
        ),
        migrations.CreateModel(
            name='BreakEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title_kk', models.CharField(max_length=500, verbose_name='in Kazakh')),
                ('title_ru', models.CharField(max_length=500, verbose_name='in Russian')),
                ('title_en', models.CharField(max_length=500, verbose_name='in English')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('verified', models.BooleanField(default=False, verbose_name='verified')),
                ('year', models.PositiveSmallIntegerField(verbose_name='first year after it')),
                ('regional', models.BooleanField(default=False, verbose_name='only figures of regions')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='outlook.break')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FeeReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('verified', models.BooleanField(default=False, verbose_name='verified')),
                ('quarter', models.DateField(verbose_name='quarter begins')),
                ('region', models.CharField(blank=True, max_length=2, verbose_name='region')),
                ('kzt', models.DecimalField(decimal_places=0, max_digits=16, verbose_name='received, KZT')),
                ('rate', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='rate, KZT/kWh')),
            ],
            options={
                'verbose_name': 'fee receipts of a quarter',
                'verbose_name_plural': 'fee receipts of quarters',
                'ordering': ['-quarter', 'region'],
                'constraints': [models.UniqueConstraint(fields=('quarter', 'region'), name='one_receipt_a_quarter'), models.CheckConstraint(condition=models.Q(('kzt__gt', 0), ('rate__gt', 0)), name='receipts_are_paid')],
            },
        ),
        migrations.CreateModel(
            name='FeeReceiptEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('verified', models.BooleanField(default=False, verbose_name='verified')),
                ('quarter', models.DateField(verbose_name='quarter begins')),
                ('region', models.CharField(blank=True, max_length=2, verbose_name='region')),
                ('kzt', models.DecimalField(decimal_places=0, max_digits=16, verbose_name='received, KZT')),
                ('rate', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='rate, KZT/kWh')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='outlook.feereceipt')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Forecast',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('verified', models.BooleanField(default=False, verbose_name='verified')),
                ('vintage', models.CharField(max_length=10, validators=[django.core.validators.RegexValidator('^\\d{4}(-\\d{2}(-\\d{2})?)?$', 'A year, month or day: 2025, 2025-07 or 2025-07-03')], verbose_name='vintage')),
                ('subject', models.CharField(choices=[('addition', 'new capacity'), ('modernised', 'modernised capacity'), ('new_and_modernised', 'new and modernised capacity'), ('commissioned', 'capacity put into operation in the year'), ('needed', 'capacity to be added'), ('capacity_demand', 'demand for capacity'), ('peak_deficit', 'deficit at the highest load'), ('share', 'share of generation'), ('generation', 'generation'), ('demand', 'demand')], max_length=20, verbose_name='forecast of')),
                ('energy', models.CharField(choices=[('all', 'all sources'), ('coal', 'coal'), ('gas', 'gas'), ('hydro', 'hydro'), ('nuclear', 'nuclear'), ('renewables', 'renewables')], default='all', max_length=10, verbose_name='energy source')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='value')),
                ('value_to', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='up to')),
                ('remark', models.CharField(blank=True, max_length=300, verbose_name='remark')),
            ],
            options={
                'verbose_name': 'forecast',
                'verbose_name_plural': 'forecasts',
                'ordering': ['-vintage', 'year', 'subject', 'energy'],
                'constraints': [models.UniqueConstraint(fields=('vintage', 'subject', 'energy', 'year'), name='one_forecast_a_vintage'), models.CheckConstraint(condition=models.Q(('value__isnull', False), models.Q(('remark', ''), _negated=True), _connector='OR'), name='a_forecast_has_a_figure_or_words'), models.CheckConstraint(condition=models.Q(('value_to__isnull', True), ('value_to__gt', models.F('value')), _connector='OR'), name='a_range_goes_up')],
            },
        ),
        migrations.CreateModel(
            name='ForecastEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('verified', models.BooleanField(default=False, verbose_name='verified')),
                ('vintage', models.CharField(max_length=10, validators=[django.core.validators.RegexValidator('^\\d{4}(-\\d{2}(-\\d{2})?)?$', 'A year, month or day: 2025, 2025-07 or 2025-07-03')], verbose_name='vintage')),
                ('subject', models.CharField(choices=[('addition', 'new capacity'), ('modernised', 'modernised capacity'), ('new_and_modernised', 'new and modernised capacity'), ('commissioned', 'capacity put into operation in the year'), ('needed', 'capacity to be added'), ('capacity_demand', 'demand for capacity'), ('peak_deficit', 'deficit at the highest load'), ('share', 'share of generation'), ('generation', 'generation'), ('demand', 'demand')], max_length=20, verbose_name='forecast of')),
                ('energy', models.CharField(choices=[('all', 'all sources'), ('coal', 'coal'), ('gas', 'gas'), ('hydro', 'hydro'), ('nuclear', 'nuclear'), ('renewables', 'renewables')], default='all', max_length=10, verbose_name='energy source')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='value')),
                ('value_to', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='up to')),
                ('remark', models.CharField(blank=True, max_length=300, verbose_name='remark')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='outlook.forecast')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HashRateMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('verified', models.BooleanField(default=False, verbose_name='verified')),
                ('month', models.DateField(unique=True, verbose_name='month')),
                ('share', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='share of the network, %')),
                ('ehs', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='hash rate, EH/s')),
                ('mw_low', models.PositiveIntegerField(verbose_name='power from, MW')),
                ('mw_middle', models.PositiveIntegerField(verbose_name='power by an assumed curve of efficiency, MW')),
                ('mw_high', models.PositiveIntegerField(verbose_name='power up to, MW')),
            ],
            options={
                'verbose_name': 'month of the hash rate',
                'verbose_name_plural': 'months of the hash rate',
                'ordering': ['-month'],
                'constraints': [models.CheckConstraint(condition=models.Q(('mw_low__lte', models.F('mw_high'))), name='power_from_is_below_power_up_to'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='a_month_is_its_first_day')],
            },
        ),
        migrations.CreateModel(
            name='HashRateMonthEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('verified', models.BooleanField(default=False, verbose_name='verified')),
                ('month', models.DateField(verbose_name='month')),
                ('share', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='share of the network, %')),
                ('ehs', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='hash rate, EH/s')),
                ('mw_low', models.PositiveIntegerField(verbose_name='power from, MW')),
                ('mw_middle', models.PositiveIntegerField(verbose_name='power by an assumed curve of efficiency, MW')),
                ('mw_high', models.PositiveIntegerField(verbose_name='power up to, MW')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='outlook.hashratemonth')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='day')),
                ('taken_at', models.DateTimeField(verbose_name='taken')),
                ('regions', models.JSONField(verbose_name='by region')),
                ('operators', models.PositiveIntegerField(default=0, verbose_name='operators with a site in force')),
                ('path', models.JSONField(verbose_name='path of leads over twelve months')),
            ],
            options={
                'verbose_name': 'picture of a day',
                'verbose_name_plural': 'pictures of days',
                'ordering': ['-day'],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_kk', models.CharField(max_length=500, verbose_name='in Kazakh')),
                ('title_ru', models.CharField(max_length=500, verbose_name='in Russian')),
                ('title_en', models.CharField(max_length=500, verbose_name='in English')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('verified', models.BooleanField(default=False, verbose_name='verified')),
                ('code', models.SlugField(unique=True, verbose_name='code')),
            ],
            options={
                'verbose_name': 'series',
                'verbose_name_plural': 'series of figures',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='BalanceFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('verified', models.BooleanField(default=False, verbose_name='verified')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('measure', models.CharField(choices=[('generation', 'generation'), ('demand', 'demand'), ('net_import', 'net import'), ('coal', 'generation from coal'), ('gas', 'generation from gas'), ('hydro', 'generation from hydro'), ('wind', 'generation from wind'), ('solar', 'generation from sun'), ('renewables', 'generation from renewables'), ('peak_load', 'highest load'), ('peak_output', 'own generation at the highest load'), ('installed', 'installed capacity'), ('available', 'available capacity')], max_length=12, verbose_name='figure')),
                ('value', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='value')),
                ('remark', models.CharField(blank=True, max_length=300, verbose_name='remark')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='outlook.series', verbose_name='series')),
            ],
            options={
                'verbose_name': 'figure of the power balance',
                'verbose_name_plural': 'figures of the power balance',
                'ordering': ['-year', 'measure', 'series'],
                'constraints': [models.UniqueConstraint(fields=('series', 'year', 'measure'), name='one_figure_a_year_and_series'), models.CheckConstraint(condition=models.Q(('year__gte', 1990), ('year__lte', 2100)), name='a_figure_is_of_our_age'), models.CheckConstraint(condition=models.Q(('measure', 'net_import'), ('value__gte', 0), _connector='OR'), name='only_net_import_is_below_zero')],
            },
        ),
        migrations.CreateModel(
            name='SeriesEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title_kk', models.CharField(max_length=500, verbose_name='in Kazakh')),
                ('title_ru', models.CharField(max_length=500, verbose_name='in Russian')),
                ('title_en', models.CharField(max_length=500, verbose_name='in English')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('verified', models.BooleanField(default=False, verbose_name='verified')),
                ('code', models.SlugField(db_index=False, verbose_name='code')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='outlook.series')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BalanceFigureEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('verified', models.BooleanField(default=False, verbose_name='verified')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('measure', models.CharField(choices=[('generation', 'generation'), ('demand', 'demand'), ('net_import', 'net import'), ('coal', 'generation from coal'), ('gas', 'generation from gas'), ('hydro', 'generation from hydro'), ('wind', 'generation from wind'), ('solar', 'generation from sun'), ('renewables', 'generation from renewables'), ('peak_load', 'highest load'), ('peak_output', 'own generation at the highest load'), ('installed', 'installed capacity'), ('available', 'available capacity')], max_length=12, verbose_name='figure')),
                ('value', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='value')),
                ('remark', models.CharField(blank=True, max_length=300, verbose_name='remark')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='outlook.balancefigure')),
                ('series', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outlook.series', verbose_name='series')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='break',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "outlook_breakevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regional", "source", "title_en", "title_kk", "title_ru", "verified", "year") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."regional", new_values."source", new_values."title_en", new_values."title_kk", new_values."title_ru", new_values."verified", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0e45c3b70380027ec579526ec887a581009ec502', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c4c1c', referencing='REFERENCING NEW TABLE AS new_values ', table='outlook_break', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='break',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "outlook_breakevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regional", "source", "title_en", "title_kk", "title_ru", "verified", "year") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."regional", new_values."source", new_values."title_en", new_values."title_kk", new_values."title_ru", new_values."verified", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='edef400402de956ce986f1fa469d550433cb2dfe', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_78977', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='outlook_break', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feereceipt',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "outlook_feereceiptevent" ("id", "kzt", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter", "rate", "region", "source", "verified") SELECT new_values."id", new_values."kzt", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."quarter", new_values."rate", new_values."region", new_values."source", new_values."verified" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eda0df1a197f33496ec354bd2a5675041d099319', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4af35', referencing='REFERENCING NEW TABLE AS new_values ', table='outlook_feereceipt', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feereceipt',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "outlook_feereceiptevent" ("id", "kzt", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter", "rate", "region", "source", "verified") SELECT new_values."id", new_values."kzt", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."quarter", new_values."rate", new_values."region", new_values."source", new_values."verified" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='656c93cdc289006b713ba22d325b268bc1cb37cd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_100bc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='outlook_feereceipt', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='forecast',
            trigger=pgtrigger.compiler.Trigger(name='a_vintage_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."vintage" IS DISTINCT FROM (NEW."vintage") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."energy" IS DISTINCT FROM (NEW."energy") OR OLD."year" IS DISTINCT FROM (NEW."year") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."value_to" IS DISTINCT FROM (NEW."value_to") OR OLD."source" IS DISTINCT FROM (NEW."source"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2cbd54cbf9bc7c69eaba4a409842c3cebd36a346', operation='UPDATE', pgid='pgtrigger_a_vintage_stays_c7021', table='outlook_forecast', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='forecast',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "outlook_forecastevent" ("energy", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "source", "subject", "value", "value_to", "verified", "vintage", "year") SELECT new_values."energy", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."remark", new_values."source", new_values."subject", new_values."value", new_values."value_to", new_values."verified", new_values."vintage", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='94db6f12286a1fcce60bdc5c84b989c7c56b1cf5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c6563', referencing='REFERENCING NEW TABLE AS new_values ', table='outlook_forecast', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='forecast',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "outlook_forecastevent" ("energy", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "source", "subject", "value", "value_to", "verified", "vintage", "year") SELECT new_values."energy", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."remark", new_values."source", new_values."subject", new_values."value", new_values."value_to", new_values."verified", new_values."vintage", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e72965096401948a178b6e0f7c60a58946a7003c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_df16e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='outlook_forecast', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hashratemonth',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "outlook_hashratemonthevent" ("ehs", "id", "month", "mw_high", "mw_low", "mw_middle", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "source", "verified") SELECT new_values."ehs", new_values."id", new_values."month", new_values."mw_high", new_values."mw_low", new_values."mw_middle", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."share", new_values."source", new_values."verified" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='900ed83785591ef2e464f43170f3ce2032e93b9a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_48ae2', referencing='REFERENCING NEW TABLE AS new_values ', table='outlook_hashratemonth', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hashratemonth',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "outlook_hashratemonthevent" ("ehs", "id", "month", "mw_high", "mw_low", "mw_middle", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "source", "verified") SELECT new_values."ehs", new_values."id", new_values."month", new_values."mw_high", new_values."mw_low", new_values."mw_middle", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."share", new_values."source", new_values."verified" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a43371ed3384a010c5c50a8e51135b5a91c8944b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_07e8e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='outlook_hashratemonth', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='series',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "outlook_seriesevent" ("code", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title_en", "title_kk", "title_ru", "verified") SELECT new_values."code", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."source", new_values."title_en", new_values."title_kk", new_values."title_ru", new_values."verified" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6876e5f8e56e32f104b4e506770a05bc815d918c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5ef4c', referencing='REFERENCING NEW TABLE AS new_values ', table='outlook_series', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='series',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "outlook_seriesevent" ("code", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title_en", "title_kk", "title_ru", "verified") SELECT new_values."code", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."source", new_values."title_en", new_values."title_kk", new_values."title_ru", new_values."verified" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='81f7f134723ca1671a99c24da79c266a7823eb0d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_28b76', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='outlook_series', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='breakevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9c3af153dbc223c0398a19d3e7d2bd50143d42ff', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_49c76', table='outlook_breakevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feereceiptevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6b1c560401837f9a8c79c1f27a2f058dbfbccdae', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f6d07', table='outlook_feereceiptevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='forecastevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='480822f4d1e2989848d4de2be085e7793081a895', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4166d', table='outlook_forecastevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hashratemonthevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='acba6c6338c011151d21fdb5519389b6d78f290e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e9faa', table='outlook_hashratemonthevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='balancefigureevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='040a147c67c0ecf3fb91b432ec9469b7b03d190a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9092c', table='outlook_balancefigureevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='balancefigure',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "outlook_balancefigureevent" ("id", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "series_id", "source", "value", "verified", "year") SELECT new_values."id", new_values."measure", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."remark", new_values."series_id", new_values."source", new_values."value", new_values."verified", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dfba758cd8b9d599c0a5ca431a5cfd39b157affa', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_46bd8', referencing='REFERENCING NEW TABLE AS new_values ', table='outlook_balancefigure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='balancefigure',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "outlook_balancefigureevent" ("id", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "series_id", "source", "value", "verified", "year") SELECT new_values."id", new_values."measure", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."remark", new_values."series_id", new_values."source", new_values."value", new_values."verified", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dbe8bf4502618a829e8fb6d46974f592e7ee5f07', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3f5b3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='outlook_balancefigure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seriesevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='23c99ace0f4ba7b3bd30a1a0e8f1787f9f116cf8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6340c', table='outlook_seriesevent', when='BEFORE')),
        ),
        keep_append_only(
            'outlook_balancefigureevent',
            'outlook_breakevent',
            'outlook_feereceiptevent',
            'outlook_forecastevent',
            'outlook_hashratemonthevent',
            'outlook_seriesevent',
        ),
    ]
