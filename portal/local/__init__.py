"""The embedded PostgreSQL and Valkey: what serves a newcomer's machine when none is configured."""

from portal.local.places import Addresses, CannotStart, addresses
from portal.local.sharing import servers

__all__ = ["Addresses", "CannotStart", "addresses", "servers"]
