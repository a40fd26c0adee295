"""What a chart is given."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template

from pages import charts
from pages.outline import HEIGHT, WIDTH, place
from pages.parts import Bars, Span

FROZEN = {"start": "2026-11-15T00:00:00+05:00", "step_minutes": 60}


def test_a_missing_hour_stays_missing() -> None:
    drawn = charts.draw_curve(FROZEN | {"kw": [2800, None, 2790]})
    assert drawn is not None
    assert drawn.data["kw"] == [2800.0, None, 2790.0]
    assert drawn.days[0].missing == 1
    assert drawn.days[0].low == 2790


def test_what_a_chart_shades_is_told_by_the_clock_of_the_curve() -> None:
    hour = datetime(2026, 11, 15, 20, tzinfo=UTC)
    span = Span(hour, hour + timedelta(hours=2), "Curtailment order K-7")
    drawn = charts.draw_curve(FROZEN | {"kw": [1.0] * 48}, spans=[span])
    assert drawn is not None
    assert drawn.data["spans"] == [
        {"from": "2026-11-16T01:00:00", "to": "2026-11-16T03:00:00", "word": span.word}
    ]


def test_a_curve_without_a_single_reading_is_not_drawn() -> None:
    assert charts.draw_curve(FROZEN | {"kw": [None, None]}) is None
    assert charts.draw_curve(None) is None


def test_the_page_says_that_missing_is_not_zero() -> None:
    drawn = Template("{% load pages %}{% load_curve curve %}").render(Context({"curve": None}))
    assert "Missing is not zero" in drawn


def test_a_frozen_curve_brings_its_declared_power() -> None:
    drawn = charts.draw_curve(FROZEN | {"kw": [2800], "declared_kw": 0})
    assert drawn is not None
    assert drawn.data["declared"] == 0
    assert "Declared: 0" in drawn.finding


def test_the_table_has_one_row_a_day() -> None:
    drawn = charts.draw_curve(FROZEN | {"kw": [1.0] * 30})
    assert drawn is not None
    assert [day.day for day in drawn.days] == [date(2026, 11, 15), date(2026, 11, 16)]


def test_a_curve_needs_a_moment_to_begin_at() -> None:
    with pytest.raises(ValueError, match="begins at a moment"):
        charts.draw_curve({"start": "soon", "step_minutes": 60, "kw": [1]})


def test_the_bars_stand_in_a_table_too() -> None:
    rows = [Bars("metered", [1.25, None])]
    assert charts.bars_table(["I", "II"], rows, 1) == [("I", ["1.2"]), ("II", ["–"])]


@pytest.mark.parametrize("town", [(43.24, 76.95), (51.16, 71.43), (43.65, 51.2), (49.95, 82.6)])
def test_every_town_lies_inside_the_outlines_box(town: tuple[float, float]) -> None:
    x, y = place(*town)
    assert 0 < x < WIDTH
    assert 0 < y < HEIGHT
