import common.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('pages', '0001_kept_lists'),
        ('pages', '0002_views_shared_with_a_body'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=100, verbose_name='list')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                ('query', models.CharField(blank=True, max_length=2000, verbose_name='filters and order')),
                ('columns', models.JSONField(blank=True, default=list, verbose_name='columns')),
                ('shared', models.BooleanField(default=False, verbose_name='for others who see the list')),
                ('own_body', models.BooleanField(default=False, verbose_name="for the owner's body only")),
                ('kept_at', models.DateTimeField(default=common.clock.now, editable=False, verbose_name='saved')),
                ('opens', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='pages.keptlist', verbose_name='opens first')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ],
            options={
                'verbose_name': 'saved view',
                'verbose_name_plural': 'saved views',
                'ordering': ['name', 'pk'],
                'indexes': [models.Index(fields=['page', 'shared'], name='views_of_a_list')],
                'constraints': [models.UniqueConstraint(fields=('owner', 'page', 'name'), name='one_view_a_name'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), ('shared', False), _connector='OR'), name='columns_are_not_shared'), models.CheckConstraint(condition=models.Q(('shared', True), ('own_body', False), _connector='OR'), name='a_body_is_shared_with'), models.CheckConstraint(condition=models.Q(('name', ''), ('opens__isnull', True), _connector='OR'), name='a_choice_opens_a_view')],
            },
        ),
    ]
