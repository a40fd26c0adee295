"""How far the computing of load profiles is: windows done of all that are due, for a page to tell.

Only a sign, kept in the cache for as long as a long window may take; what is due and done stands in
``ProfileRun``.
"""

from django.core.cache import cache

KEY = "grid.windows"
KEPT = 15 * 60  # seconds


def tell_windows(done: int, total: int) -> None:
    """Note how many windows are done, of how many."""
    cache.set(KEY, (done, total), KEPT)


def windows_under_way() -> tuple[int, int] | None:
    """Windows done and windows in all; None when nobody is at it."""
    told: tuple[int, int] | None = cache.get(KEY)
    return (told[0], told[1]) if told else None


def forget_windows() -> None:
    """Nobody is at it any more."""
    cache.delete(KEY)
