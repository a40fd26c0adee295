"""The embedded PostgreSQL and Valkey: what serves a newcomer's machine when none is configured."""

from portal.local.places import Addresses, CannotStart, addresses, embedded
from portal.local.sharing import servers

__all__ = ["Addresses", "CannotStart", "addresses", "embedded", "servers"]
