"""The ways by which news leaves the portal; one file a channel."""

from collections.abc import Callable

from journal.channels import email
from journal.models import Announcement

CHANNELS: dict[str, Callable[[Announcement], None]] = {"email": email.send}
