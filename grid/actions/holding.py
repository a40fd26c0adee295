"""Who is at a batch or a folder: PostgreSQL knows, and lets go of it when a process is killed."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection

BATCHES, FOLDERS = 0x4F47_0002, 0x4F47_0003  # numbers that nobody else takes a lock on


@contextmanager
def held(number: int, what: int = BATCHES) -> Iterator[bool]:
    """Inside, nobody else is at the batch of this number; False if somebody is already.

    The lock is the session's: it goes with the connection, so `kill -9` frees it at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [what, number])
        (mine,) = cursor.fetchone()
    try:
        yield mine
    finally:
        if mine:
            # A connection that broke has let go already.
            with suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [what, number])
