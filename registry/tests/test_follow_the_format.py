"""The documented format and the format that is read are one."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from intake import actions
from intake.catalogue import KINDS
from intake.selectors.samples import sample
from registry.choices import REGISTRATIONS_FILE, Kind, Status

DOCS = Path(settings.BASE_DIR) / "docs"


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_sample_is_accepted_as_it_stands(form, tmp_path):
    path = tmp_path / f"s.{form}"
    path.write_bytes(sample(REGISTRATIONS_FILE, form))
    looked = actions.look_at_file(kind=REGISTRATIONS_FILE, name=path.name, content=path)
    assert (looked.found, looked.new) == ([], 4)


def test_the_sample_in_the_documentation_is_the_one_that_the_command_writes(tmp_path, capsys):
    call_command("registry_sample", str(tmp_path / "s.csv"))
    written = (tmp_path / "s.csv").read_bytes()
    assert written == (DOCS / "samples" / "registrations.csv").read_bytes()


def test_the_documentation_names_every_column_and_every_accepted_word():
    text = (DOCS / "imports.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    named = [name for cell in rows for name in re.findall(r"`(\w+)`", cell)]
    assert named == [column.name for column in KINDS.get(REGISTRATIONS_FILE).all_columns]
    for word in (*Kind.values, *Status.values):
        assert f"`{word}`" in text


def test_no_header_stands_for_two_columns():
    spellings = [
        one
        for column in KINDS.get(REGISTRATIONS_FILE).all_columns
        for one in set(column.spellings())
    ]
    assert len(spellings) == len(set(spellings))
