"""Slows down whoever tries out receipt codes; keeps no address, only a keyed trace of it."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

TRIES = 10
SECONDS = 15 * 60


def too_many_wrong_codes(request: HttpRequest) -> bool:
    """Whether this address has tried too many wrong codes of late."""
    return int(cache.get(_key(request), 0)) >= TRIES


def count_wrong_code(request: HttpRequest) -> None:
    """One more wrong code from this address."""
    key = _key(request)
    cache.add(key, 0, SECONDS)
    try:
        cache.incr(key)
    except ValueError:  # it ran out between the two calls
        cache.set(key, 1, SECONDS)


def _key(request: HttpRequest) -> str:
    address = request.META.get("REMOTE_ADDR", "")
    return f"receipt:{salted_hmac('cases.receipt', address).hexdigest()}"
