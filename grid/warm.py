"""Compiles the loops before somebody waits for them: `python -m grid.warm`."""

from datetime import UTC, datetime

import numpy as np

from common.clock import GRID_ZONE
from grid.formats.lines import KINDS, cells_of
from grid.lake.counting import by_count
from grid.profiles.curve import Kw, LoadCurve
from grid.profiles.profile import profile


def warm() -> None:
    """Read a line, sort a row and profile one short curve; what that compiles is kept."""
    cells_of(b"M1,2026-02-28T19:00Z,1\n", ",", KINDS)
    by_count(np.zeros(1, np.int32), 1, np.zeros(1, np.int64))
    profile(LoadCurve(datetime(2026, 2, 28, 19, tzinfo=UTC), 60, Kw(np.ones(48))), GRID_ZONE)


if __name__ == "__main__":
    warm()
