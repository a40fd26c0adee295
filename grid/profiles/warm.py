"""Compiles the loops before somebody waits for them: `python -m grid.profiles.warm`."""

from datetime import UTC, datetime

import numpy as np

from common.clock import GRID_ZONE
from grid.profiles.curve import Kw, LoadCurve
from grid.profiles.profile import profile


def warm() -> None:
    """Profile one short curve; what that compiles is kept."""
    profile(LoadCurve(datetime(2026, 2, 28, 19, tzinfo=UTC), 60, Kw(np.ones(48))), GRID_ZONE)


if __name__ == "__main__":
    warm()
