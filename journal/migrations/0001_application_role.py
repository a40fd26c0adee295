from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

from journal.grants import let_application_work


class Migration(migrations.Migration):
    """Before any table of ours: what the application's role may do."""

    initial = True
    # The framework's own tables exist already, whoever migrated first.
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [TrigramExtension(), BtreeGistExtension(), UnaccentExtension(), let_application_work()]
