"""Tells several stories at once, in the order in which their steps happened.

The journal numbers its events as they are entered, so a year of many cases has to be entered
day by day and not case by case.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import heapify, heappop, heappush

from common import clock

Story = Iterator[datetime]
"""Yields the moment of its next step and is taken up again when the clock shows it."""


def tell(stories: Iterable[Story]) -> None:
    """Runs all stories to their ends; of two steps at one moment the earlier story's is first."""
    waiting = [(next(story), place, story) for place, story in enumerate(stories)]
    heapify(waiting)
    while waiting:
        moment, place, story = heappop(waiting)
        with clock.told(moment):
            following = next(story, None)
        if following is not None:
            heappush(waiting, (max(following, moment), place, story))
