"""What the cross-checks keep: runs, what they saw, and how they are set."""

from crosschecks.models.findings import Finding, Sighting, Suppression
from crosschecks.models.runs import CheckRun
from crosschecks.models.setup import CheckSetting, Threshold

__all__ = ["CheckRun", "CheckSetting", "Finding", "Sighting", "Suppression", "Threshold"]
