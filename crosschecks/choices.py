"""The fixed words of the cross-checks."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class RunState(TextChoices):
    QUEUED = "queued", pgettext_lazy("run", "queued")
    RUNNING = "running", pgettext_lazy("run", "running")
    DONE = "done", pgettext_lazy("run", "done")
    INCOMPLETE = "incomplete", pgettext_lazy("run", "done in part")
    FAILED = "failed", pgettext_lazy("run", "failed")
    INTERRUPTED = "interrupted", pgettext_lazy("run", "interrupted")


ACTIVE_STATES = (RunState.QUEUED, RunState.RUNNING)
# A day with one of these was compared; the others left it unchecked.
COUNTED_STATES = (RunState.DONE, RunState.INCOMPLETE)


class FindingState(TextChoices):
    OPEN = "open", pgettext_lazy("finding", "open")
    GONE = "gone", pgettext_lazy("finding", "gone")
    BACK = "back", pgettext_lazy("finding", "back again")


LIVE_STATES = (FindingState.OPEN, FindingState.BACK)


class Seen(TextChoices):
    """What one run saw of one finding."""

    NEW = "new", pgettext_lazy("sighting", "new")
    SAME = "same", pgettext_lazy("sighting", "same")
    GONE = "gone", pgettext_lazy("sighting", "gone")
    BACK = "back", pgettext_lazy("sighting", "back again")


class Severity(TextChoices):
    LOW = "low", pgettext_lazy("severity", "low")
    MEDIUM = "medium", pgettext_lazy("severity", "medium")
    HIGH = "high", pgettext_lazy("severity", "high")


class Decision(TextChoices):
    """What a person decided on the lead of a finding; empty while nobody has."""

    DISMISSED = "dismissed", pgettext_lazy("decision", "dismissed")
    DEFERRED = "deferred", pgettext_lazy("decision", "deferred")
    PROMOTED = "promoted", pgettext_lazy("decision", "became a case")
    ATTACHED = "attached", pgettext_lazy("decision", "attached to a case")
