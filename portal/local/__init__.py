"""The embedded PostgreSQL and Valkey: what serves a newcomer's machine when none is configured."""

from portal.local.places import Addresses, addresses
from portal.local.sharing import servers

__all__ = ["Addresses", "addresses", "servers"]
