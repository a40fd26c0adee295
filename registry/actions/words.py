"""Counts the words of the register's names."""

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Max

from registry.models import Operator
from registry.models.words import LONGEST

COUNT_WORDS = """
    WITH counted AS (
        SELECT word, count(DISTINCT operator.id) AS entries
        FROM registry_operator operator, regexp_split_to_table(operator.search, ' ') word
        WHERE length(word) BETWEEN 2 AND %(longest)s AND word !~ '^[0-9]+$'
        GROUP BY word
    ), gone AS (
        DELETE FROM registry_nameword WHERE word NOT IN (SELECT word FROM counted)
    )
    INSERT INTO registry_nameword (word, entries) SELECT word, entries FROM counted
    ON CONFLICT (word) DO UPDATE SET entries = excluded.entries
    WHERE registry_nameword.entries <> excluded.entries
"""


COUNTED_THROUGH = "registry:words:through"


def count_name_words() -> bool:
    """Count anew if an operator changed since the last count; whether it did.

    Derived from the names alone, so there is no act to record.
    """
    newest = _newest_change()
    if newest == cache.get(COUNTED_THROUGH):
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COUNT_WORDS, {"longest": LONGEST})
    cache.set(COUNTED_THROUGH, newest, None)
    return True


def _newest_change() -> int:
    changes = Operator.pgh_event_model.objects  # type: ignore[attr-defined]  # made by pghistory
    return int(changes.aggregate(newest=Max("pgh_id"))["newest"] or 0)
