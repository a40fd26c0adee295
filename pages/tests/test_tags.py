"""The tags of every page."""

import pytest
from django.template import Context, Template
from django.utils import translation

from pages import icons
from pages.badges import Badge
from pages.parts import Act, told


def draw(source: str, **context: object) -> str:
    return Template("{% load pages %}" + source).render(Context(context))


def test_an_overdue_term_is_red_with_an_icon_and_a_word() -> None:
    drawn = draw("{% days -2 %}")
    assert "is-late" in drawn
    assert "−2" in drawn
    assert "<svg" in drawn


def test_today_is_framed() -> None:
    assert 'class="days today"' in draw("{% days 0 %}")


def test_a_paused_term_shows_the_word_and_no_number() -> None:
    drawn = draw('{% days 5 pause="waits for the party" %}')
    assert "waits for the party" in drawn
    assert ">5" not in drawn


def test_a_badge_escapes_its_word() -> None:
    drawn = draw("{% badge badge %}", badge=Badge("<b>new</b>", "act"))
    assert "&lt;b&gt;" in drawn
    assert 'class="state is-act"' in drawn


def test_a_reason_carries_the_sign_of_its_weight() -> None:
    weights = [1.25, -0.5, None]
    drawn = draw("{% reasons given %}", given=[{"text": "why", "weight": w} for w in weights])
    assert "+1.25" in drawn
    assert ">−0.50<" in drawn
    assert drawn.count("+") == 1


def test_no_badge_draws_nothing() -> None:
    assert draw("{% badge badge %}", badge=None) == ""


@pytest.mark.parametrize(
    ("value", "width"), [(40, "40.0"), (250, "100.0"), (-3, "0.0"), (None, "0.0")]
)
def test_a_bar_never_leaves_its_track(value: float | None, width: str) -> None:
    assert f'width="{width}"' in draw("{% bar value 100 %}", value=value)


def test_a_mistyped_icon_is_noticed_where_the_icons_are_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(icons, "_nodes", lambda: {"bolt": [("path", {"d": "M0 0"})]})
    icons.shapes.cache_clear()
    with pytest.raises(icons.UnknownIcon):
        icons.shapes("blot")
    icons.shapes.cache_clear()


def test_a_page_is_drawn_also_while_the_icons_are_not_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(icons, "_nodes", dict)
    icons.shapes.cache_clear()
    assert icons.icon("bolt").startswith("<svg")
    icons.shapes.cache_clear()


def test_an_act_that_cannot_be_done_stays_visible_with_its_reason() -> None:
    drawn = draw("{% acts acts %}", acts=[Act("Decide", "/x", refusals=["An opinion is missing."])])
    assert 'aria-disabled="true"' in drawn
    assert "An opinion is missing." in drawn
    assert "/x" not in drawn


def test_a_frozen_text_is_told_in_the_readers_language() -> None:
    frozen = {"kk": "есептеуіш", "ru": "счётчик", "en": "meter"}
    with translation.override("kk"):
        assert told(frozen) == "есептеуіш"


def test_a_text_without_the_readers_language_falls_back_to_russian() -> None:
    with translation.override("kk"):
        assert told({"ru": "счётчик"}) == "счётчик"
        assert told(None) == ""
