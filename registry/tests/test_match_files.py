"""The command `match`: files in, files out, and going on after a kill."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from registry.matching import files
from registry.tests.factories import RegistrationFactory

ROOT = Path(__file__).parents[2]
REGISTER = """registration,name,bin,address,lat,lon
R1,ТОО «Қарағанды Жарық»,970240000816,"Караганда, Абая 5",,
R2,АО «КРЭК»,,"Қызылорда",,
R3,ТОО «КРЭК»,,"Караганда",,
R4,ТОО Заокеанский,,,,
"""
TIPS = """id,name,bin,address,lat,lon
a,Karagandy Zharyk LLP,970240000816,,,
b,КРЭК,,Қарағанды,,
c,Кеанский,,,,
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "register.csv").write_text(REGISTER)
    (tmp_path / "tips.csv").write_text(TIPS)
    return tmp_path


def match(folder: Path, tips: str = "tips.csv", **options) -> list[dict[str, str]]:
    call_command("match", folder / tips, folder / "out.csv", **options)
    with (folder / "out.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_each_party_gets_its_best_entry_with_reasons_in_words(folder):
    with translation.override("ru"):
        rows = match(folder, against=folder / "register.csv")
    assert list(rows[0]) == ["id", "registration", "score", "verdict", "reasons"]
    assert [(r["id"], r["registration"], r["verdict"]) for r in rows[:2]] == [
        ("a", "R1", "same"),
        ("b", "R3", "possible"),
    ]
    assert rows[2]["verdict"] == "none"
    assert "БИН или ИИН тот же" in rows[0]["reasons"]
    assert all(0 <= float(r["score"]) <= 1 for r in rows)


def test_the_report_is_one_object(folder, capsys):
    match(folder, against=folder / "register.csv", json=True)
    report = json.loads(capsys.readouterr().out)
    counts = {key: report[key] for key in ("rows", "same", "possible", "none", "entries")}
    assert counts == {"rows": 3, "same": 1, "possible": 1, "none": 1, "entries": 4}


def test_a_bad_row_is_told_and_the_others_are_matched(folder, capsys):
    (folder / "bad.csv").write_text("id,name,lat,lon\n,Қуат,,\nb,Қуат,95,70\nc,Қуат,,\n")
    with pytest.raises(SystemExit) as stop:
        match(folder, "bad.csv", against=folder / "register.csv", json=True)
    assert stop.value.code == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [(p["row"], p["column"], p["value"]) for p in problems] == [
        (2, "id", ""), (3, "lat", "95"),
    ]  # fmt: skip
    assert "90" in problems[1]["message"]
    assert [line.split(",")[0] for line in (folder / "out.csv").read_text().split()][1:] != []


@pytest.mark.parametrize(
    ("content", "said"), [(b"name;bin\n", "id"), (b"id,name\n1,\xff\xfe\n", "UTF-8")]
)
def test_a_file_of_another_kind_is_refused_with_one_line(folder, content, said):
    (folder / "odd.csv").write_bytes(content)
    with pytest.raises(CommandError) as refused:
        match(folder, "odd.csv", against=folder / "register.csv")
    assert refused.value.returncode == 2
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not (folder / "out.csv").exists()


def test_a_missing_file_is_named(folder):
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        match(folder, "nowhere.csv", against=folder / "register.csv")


def test_pairs_are_scored_and_every_column_is_kept(folder):
    (folder / "pairs.csv").write_text(
        "set,a,b,schema\nx,Сергей Лавров,Sergey Lavrov,Person\n"
        "x,Pekka Orpo,Petteri Orpo,Person\nx,Өскемен,Ust-Kamenogorsk,Company\n"
    )
    rows = match(folder, "pairs.csv", pairs=True)
    assert list(rows[0]) == ["set", "a", "b", "schema", "score"]
    same, other, place = (float(row["score"]) for row in rows)
    assert same > 0.9 > other
    assert place == 1


def test_a_run_that_stopped_goes_on_and_ends_with_the_same_bytes(folder, monkeypatch):
    monkeypatch.setattr(files, "SAVED_EVERY", 1)
    whole = match(folder, against=folder / "register.csv")
    (folder / "out.csv").unlink()
    monkeypatch.setattr(files.Output, "write", _stopping_after(2, files.Output.write))
    with pytest.raises(KeyboardInterrupt):
        match(folder, against=folder / "register.csv")
    assert not (folder / "out.csv").exists()
    monkeypatch.undo()
    report = io.StringIO()
    call_command(
        "match", folder / "tips.csv", folder / "out.csv", against=folder / "register.csv",
        json=True, stdout=report,
    )  # fmt: skip
    assert json.loads(report.getvalue())["resumed_at"] == 2
    with (folder / "out.csv").open(newline="") as file:
        assert list(csv.DictReader(file)) == whole
    assert not list(folder.glob("*.part*"))


def test_what_was_written_for_another_register_is_not_gone_on_with(folder, monkeypatch, capsys):
    monkeypatch.setattr(files, "SAVED_EVERY", 1)
    monkeypatch.setattr(files.Output, "write", _stopping_after(2, files.Output.write))
    with pytest.raises(KeyboardInterrupt):
        match(folder, against=folder / "register.csv")
    monkeypatch.undo()
    (folder / "register.csv").write_text(REGISTER + "R5,Жаңа,,,,\n")
    match(folder, against=folder / "register.csv", json=True)
    assert json.loads(capsys.readouterr().out)["resumed_at"] == 0


def _stopping_after(rows: int, write):
    def stopping(self, header, lines, tell):
        def counted(done):
            tell(done)
            if done == rows:
                raise KeyboardInterrupt

        write(self, header, lines, counted)

    return stopping


@pytest.mark.processes
def test_a_killed_command_continues(folder):
    rows = (f"t{i},КРЭК {i % 7},,Қарағанды,," for i in range(60_000))
    tips = ["id,name,bin,address,lat,lon", *rows]
    (folder / "many.csv").write_text("\n".join(tips) + "\n")
    command = [
        sys.executable, ROOT / "manage.py", "match", folder / "many.csv", folder / "many-out.csv",
        "--against", folder / "register.csv", "--json",
    ]  # fmt: skip
    first = subprocess.Popen(  # noqa: S603  # our own command
        command, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True
    )
    state = folder / "many-out.csv.part.json"
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline and not (state.exists() and "2000" in state.read_text()):
        time.sleep(0.02)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert not (folder / "many-out.csv").exists()
    again = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: S603  # our own command
    assert json.loads(again.stdout)["resumed_at"] > 0
    resumed = (folder / "many-out.csv").read_bytes()
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: S603  # our own command
    assert resumed == (folder / "many-out.csv").read_bytes()


@pytest.mark.django_db
def test_without_a_file_the_registry_of_the_portal_is_matched_against(folder):
    one = RegistrationFactory(operator__name="ТОО «Айқын Қуат»", operator__name_ru="")
    other = RegistrationFactory(operator=one.operator)
    (folder / "own.csv").write_text(f"id,name,bin\n1,Aikyn Kuat LLP,{one.operator.bin}\n")
    rows = match(folder, "own.csv")
    assert rows[0]["registration"] in {one.number, other.number}
    assert rows[0]["verdict"] == "same"
