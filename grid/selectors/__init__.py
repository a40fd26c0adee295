"""What the floors above and the screens read of the grid."""

from grid.selectors.curves import Curve, Peak, load_curve, peaks_on
from grid.selectors.exempting import Exempt, exempt_on
from grid.selectors.feeders import FeederGap, gaps_until
from grid.selectors.feeds import FeedStatus, came_anew, complete_days, due_days, feeds, late_feeds
from grid.selectors.profiles import (
    MeterCard,
    ProfileRow,
    describe_reasons,
    meter_card,
    profile_count,
    profiles_on,
)
from grid.selectors.rules import ALL_MONTHS, household_beginnings

__all__ = [
    "ALL_MONTHS",
    "Curve",
    "Exempt",
    "FeedStatus",
    "FeederGap",
    "MeterCard",
    "Peak",
    "ProfileRow",
    "came_anew",
    "complete_days",
    "describe_reasons",
    "due_days",
    "exempt_on",
    "feeds",
    "gaps_until",
    "household_beginnings",
    "late_feeds",
    "load_curve",
    "meter_card",
    "peaks_on",
    "profile_count",
    "profiles_on",
]  # fmt: skip
