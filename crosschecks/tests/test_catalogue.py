"""The catalogue keeps its promises: one file and one test a check, nothing else edited."""

import inspect
import pkgutil
from datetime import date
from pathlib import Path

import pytest

from crosschecks import checks
from crosschecks.catalogue import CHECKS, Catalogue, Check, listening, watched
from crosschecks.management.commands.describe_checks import describe

TESTS = Path(__file__).parent / "checks"
REAL = [one for one in CHECKS if one.find.__module__.startswith("crosschecks.checks.")]


def test_every_file_of_the_folder_is_one_check() -> None:
    files = {module.name for module in pkgutil.iter_modules(checks.__path__)}
    assert files == {one.slug.replace("-", "_") for one in REAL}
    assert len(REAL) == len(files)


@pytest.mark.parametrize("check", REAL, ids=lambda check: check.slug)
def test_a_check_is_named_after_its_file_and_explained(check: Check) -> None:
    module = inspect.getmodule(check.find)
    assert module is not None
    assert module.__name__ == f"crosschecks.checks.{check.slug.replace('-', '_')}"
    assert inspect.getdoc(check.find)
    assert module.__doc__
    assert str(check.title)
    assert set(check.names) == set(check.thresholds)


@pytest.mark.parametrize("check", REAL, ids=lambda check: check.slug)
def test_a_check_takes_its_day_and_its_thresholds(check: Check) -> None:
    given = list(inspect.signature(check.find).parameters)
    assert given == ["day", *check.thresholds]


@pytest.mark.parametrize("check", REAL, ids=lambda check: check.slug)
def test_a_check_has_a_hit_a_quiet_case_and_a_query_budget(check: Check) -> None:
    text = (TESTS / f"test_{check.slug.replace('-', '_')}.py").read_text()
    names = [line for line in text.splitlines() if line.startswith("def test_")]
    assert any("_hit" in name for name in names)
    assert any("quiet" in name for name in names)
    assert "django_assert_max_num_queries" in text


def test_the_page_of_the_checks_is_current() -> None:
    root = Path(__file__).parents[2]
    assert (root / "docs" / "checks.md").read_text() == describe()


def test_two_checks_of_one_name_are_refused() -> None:
    catalogue = Catalogue()
    catalogue.add(REAL[0])
    with pytest.raises(ValueError, match="two checks"):
        catalogue.add(REAL[0])


def test_watched_tells_how_far_a_check_is() -> None:
    heard: list[tuple[int, int]] = []
    with listening(lambda done, total: heard.append((done, total))):
        assert list(watched("abc", total=3)) == ["a", "b", "c"]
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_the_key_of_a_finding_is_its_check_and_subject() -> None:
    first, second = REAL[0], REAL[1]
    assert first.key("meter:A") == first.key("meter:A")
    assert first.key("meter:A") != second.key("meter:A")
    assert first.key("meter:A") != first.key("meter:B")


def test_no_check_looks_at_the_calendar_itself() -> None:
    for check in REAL:
        assert "today()" not in inspect.getsource(check.find), check.slug
        assert inspect.signature(check.find).parameters["day"].annotation is date
