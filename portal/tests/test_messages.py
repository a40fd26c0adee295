"""The words in three languages: nothing is missed, nothing is half-translated."""

from pathlib import Path

import pytest

from portal.messages import catalogues, checks, sources

PY = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
A = _("Open the case")
B = ngettext("%(n)s row", "%(n)s rows", 2)
C = pgettext("state", "open")
"""
HTML = """{% load i18n %}<p>It's "here"</p>
   {% if x %}{% translate "Add a note" %}
 {% endif %}{% blocktranslate trimmed count n=rows %}
   {{ n }} lead
 {% plural %}{{ n }} leads{% endblocktranslate %}"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small tree with one app, its template and nothing else."""
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "views.py").write_text(PY)
    (tmp_path / "templates" / "law").mkdir(parents=True)
    (tmp_path / "templates" / "law" / "page.html").write_text(HTML)
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "APPS", ("law",))
    monkeypatch.setattr(checks, "APPS", ("law",))
    return tmp_path


def bring_up_to_date() -> None:
    for language in catalogues.LANGUAGES:
        catalogues.update("law", language, sources.strings_of("law"), {})


def translate(house: Path, language: str, old: str, new: str) -> None:
    path = catalogues.place("law", language)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


@pytest.mark.usefixtures("house")
def test_words_are_found_in_python_and_in_templates() -> None:
    assert sources.strings_of("law") == {
        ("", "Open the case"): "",
        ("", "%(n)s row"): "%(n)s rows",
        ("state", "open"): "",
        ("", "Add a note"): "",
        ("", "%(n)s lead"): "%(n)s leads",
    }


@pytest.mark.usefixtures("house")
def test_english_is_filled_with_the_source_and_the_rest_waits() -> None:
    bring_up_to_date()
    assert catalogues.read("law", "en").entries[("", "%(n)s row")] == ("%(n)s row", "%(n)s rows")
    assert catalogues.read("law", "ru").entries[("", "%(n)s row")] == ("", "", "")


@pytest.mark.usefixtures("house")
def test_an_untranslated_word_fails_the_check() -> None:
    bring_up_to_date()
    assert "law/kk: not translated: “Add a note”" in checks.problems(("law",))


def test_a_second_update_changes_no_byte(house: Path) -> None:
    bring_up_to_date()
    translate(house, "ru", 'msgid "Add a note"\nmsgstr ""', 'msgid "Add a note"\nmsgstr "Заметка"')
    before = catalogues.place("law", "ru").read_text()
    bring_up_to_date()
    assert catalogues.place("law", "ru").read_text() == before


def test_a_placeholder_that_a_translator_lost_fails_the_check(house: Path) -> None:
    bring_up_to_date()
    translate(
        house,
        "kk",
        'msgstr[0] ""\nmsgstr[1] ""',
        'msgstr[0] "сигнал"\nmsgstr[1] "%(n)s сигнал"',
    )
    assert "law/kk: placeholders differ: “%(n)s lead”" in checks.problems(("law",))


def test_a_word_that_is_gone_from_the_source_fails_the_check(house: Path) -> None:
    bring_up_to_date()
    (house / "law" / "views.py").write_text("")
    assert "law/ru: obsolete: “Open the case”" in checks.problems(("law",))


def test_a_new_word_that_was_not_extracted_fails_the_check(house: Path) -> None:
    bring_up_to_date()
    (house / "law" / "admin.py").write_text(PY.replace("Open the case", "Close the case"))
    assert "law/ru: not extracted: “Close the case”" in checks.problems(("law",))


def test_a_compiled_catalogue_is_written_once(house: Path) -> None:
    bring_up_to_date()
    assert len(list(catalogues.compile_all())) == 3
    assert list(catalogues.compile_all()) == []
    assert (house / "law" / "locale" / "kk" / "LC_MESSAGES" / "django.mo").stat().st_size > 0
