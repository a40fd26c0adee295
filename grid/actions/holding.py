"""Who is at a batch: PostgreSQL knows, and lets go of it when a process is killed."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection

BATCHES = 0x4F47_0002  # any number that nobody else takes an advisory lock on


@contextmanager
def held(batch_id: int) -> Iterator[bool]:
    """Inside, nobody else is at the batch; False if somebody is already.

    The lock is the session's: it goes with the connection, so `kill -9` frees it at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [BATCHES, batch_id])
        (mine,) = cursor.fetchone()
    try:
        yield mine
    finally:
        if mine:
            # A connection that broke has let go already.
            with suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [BATCHES, batch_id])
