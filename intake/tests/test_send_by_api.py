"""Files sent by API: taken in once, followed, read row by row, decided about."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from rest_framework.test import APIClient

from accounts import actions as people
from accounts.choices import Role
from accounts.models import Agency
from accounts.tests.factories import UserFactory
from common.sheets import XLSX_TYPE
from intake import actions
from intake.choices import ImportState
from intake.formats import workbooks
from intake.models import ImportBatch, ImportRun
from intake.tests.bodies import body, csv_of, xlsx_of
from journal.selectors import history_of

pytestmark = pytest.mark.django_db
WHERE = "/api/v1/imports/"


@pytest.fixture
def client(supplier_user, api):
    client = api(supplier_user)
    client.credentials(HTTP_ACCEPT_LANGUAGE="en")
    return client


def send(client, content, name="list.csv", kind="test-bodies", **more):
    file = SimpleUploadedFile(name, content)
    fields = {"kind": kind, "file": file, **more.pop("fields", {})}
    return client.post(WHERE, fields, format="multipart", **more)


def work_off():
    for run in ImportRun.objects.unfinished():
        actions.work_off(run_id=run.pk)


def checked(client, *rows):
    found = send(client, csv_of(*rows)).json()
    work_off()
    return f"{WHERE}{found['id']}/"


def decide(client, address, verb, body=None, etag=""):
    etag = etag or client.get(address)["ETag"]
    return client.post(f"{address}{verb}/", body or {}, format="json", HTTP_IF_MATCH=etag)


def problem(answer, status):
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    told = answer.json()
    assert told["status"] == status
    return told


# Sending


def test_a_file_is_taken_in_and_its_check_is_left_to_a_worker(
    client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as waiting:
        answer = send(client, csv_of(body()))
    assert answer.status_code == 202
    assert (answer.json()["state"], len(waiting)) == ("received", 1)
    assert answer.json()["progress"]["stage"] == "waiting"
    address = answer["Location"]
    work_off()
    told = client.get(address).json()
    assert (told["state"], told["new"], told["rejected"]) == ("checked", 1, 0)
    assert told["can"] == ["apply", "discard", "recheck"]
    assert not Agency.objects.filter(code="b-1").exists(), "checking writes nothing"


@pytest.mark.parametrize(
    ("content", "media", "name"),
    [
        (csv_of(body()), "text/csv", ""),
        (xlsx_of(body()), XLSX_TYPE, ""),
        (csv_of(body()), "application/octet-stream", "list.csv"),
    ],
    ids=["csv", "xlsx", "named"],
)
def test_a_bare_body_is_a_file_too(client, content, media, name):
    address = f"{WHERE}?kind=test-bodies&file_name={name}"
    answer = client.generic("POST", address, content, content_type=media)
    assert answer.status_code == 202, answer.json()
    work_off()
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.new, batch.size) == (ImportState.CHECKED, 1, len(content))


def test_the_act_behind_a_file_is_kept(client):
    send(client, csv_of(body()), fields={"act_reference": "No. 7", "act_date": "2026-11-20"})
    batch = ImportBatch.objects.get()
    assert (batch.act_reference, batch.act_date) == ("No. 7", date(2026, 11, 20))
    half = problem(send(client, csv_of(body()), fields={"act_reference": "No. 7"}), 400)
    assert "act_date" in half["errors"]


def test_one_key_is_one_file_however_often_it_is_sent(client):
    first = send(client, csv_of(body()), HTTP_IDEMPOTENCY_KEY="k")
    again = send(client, csv_of(body()), HTTP_IDEMPOTENCY_KEY="k")
    assert (again.status_code, again.json()["id"]) == (202, first.json()["id"])
    assert again["Location"] == first["Location"]
    assert (ImportBatch.objects.count(), ImportRun.objects.count()) == (1, 1)


def test_one_key_with_another_content_of_the_same_size_is_a_conflict(client):
    send(client, csv_of(body(1)), HTTP_IDEMPOTENCY_KEY="k")
    problem(send(client, csv_of(body(2)), HTTP_IDEMPOTENCY_KEY="k"), 409)
    assert ImportBatch.objects.count() == 1


def test_a_key_covers_what_the_address_of_a_bare_body_says(client):
    def bare(kind):
        return client.generic(
            "POST", f"{WHERE}?kind={kind}", csv_of(body()), content_type="text/csv",
            HTTP_IDEMPOTENCY_KEY="k",
        )  # fmt: skip

    assert bare("test-bodies").status_code == 202
    problem(bare("test-others"), 409)


# Hostile files


@pytest.mark.parametrize("name", ["list.exe", "list", "list.csv.html", "list.parquet"])
def test_a_file_that_is_no_table_by_its_name_is_refused(client, name):
    told = problem(send(client, csv_of(body()), name=name), 400)
    assert "CSV or XLSX" in told["errors"]["file"][0]
    assert not ImportBatch.objects.exists()


def test_an_unknown_kind_is_refused_with_those_that_are_accepted(client):
    told = problem(send(client, csv_of(body()), kind="weather"), 400)
    assert "test-bodies" in told["errors"]["kind"][0]
    problem(send(client, csv_of(body()), kind="a\x00b"), 400)
    problem(client.post(WHERE, {}, format="multipart"), 400)


def test_a_kind_that_others_bring_is_not_allowed(client):
    problem(send(client, csv_of(body()), kind="test-others"), 403)


@pytest.mark.parametrize("bare", [False, True])
def test_a_file_of_too_many_bytes_is_refused_and_not_kept(client, settings, bare):
    settings.IMPORTS_MAX_BYTES = 100
    content = csv_of(*(body(n) for n in range(20)))
    if bare:
        address = f"{WHERE}?kind=test-bodies"
        problem(client.generic("POST", address, content, content_type="text/csv"), 413)
    else:
        assert "file" in problem(send(client, content), 400)["errors"]
    assert not ImportBatch.objects.exists()


def test_a_length_beyond_the_limit_is_refused_before_it_is_read(client, settings):
    settings.IMPORTS_MAX_BYTES = 100
    problem(send(client, b"x" * (2 << 20)), 413)


def test_another_media_type_is_refused(client):
    problem(client.post(WHERE, {"kind": "test-bodies"}, format="json"), 415)


def bomb() -> bytes:
    """A small workbook whose sheet unpacks to more than may be read."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        with zipfile.ZipFile(io.BytesIO(xlsx_of(body()))) as good:
            for entry in good.infolist():
                if entry.filename != "xl/worksheets/sheet1.xml":
                    archive.writestr(entry.filename, good.read(entry))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(b"<worksheet><sheetData>")
            for _piece in range(8):
                sheet.write(b" " * (1 << 20))
            sheet.write(b"</sheetData></worksheet>")
    return made.getvalue()


HOSTILE = {
    "text in a workbook's name": (lambda: csv_of(body()), "list.xlsx", "not_xlsx"),
    "a workbook in a text's name": (lambda: xlsx_of(body()), "list.csv", "not_csv"),
    "a cut workbook": (lambda: xlsx_of(body())[:900], "list.xlsx", "damaged"),
    "a NUL": (lambda: csv_of(body(name_en="a\x00b")), "list.csv", "not_csv"),
    "another encoding": (
        lambda: csv_of(body()).decode("utf-8-sig").replace("қаз", "").encode("cp1251"),
        "list.csv", "encoding",
    ),
    "no header": (lambda: csv_of(body()).split(b"\r\n", 1)[1], "list.csv", "missing_column"),
    "a header alone": (csv_of, "list.csv", "no_rows"),
    "blanks": (lambda: b" \r\n \r\n", "list.csv", "empty_file"),
    "an open quote": (lambda: csv_of(body()) + b'"b-2,partner', "list.csv", "cut_off"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_that_cannot_be_read_is_kept_with_its_reason_in_words(client, what):
    content, name, code = HOSTILE[what]
    found = send(client, content(), name=name).json()
    work_off()
    address = f"{WHERE}{found['id']}/"
    assert client.get(address).json()["state"] == "unreadable"
    rows = client.get(f"{address}rows/").json()["results"]
    assert code in {row["code"] for row in rows}
    assert all(row["message"] and row["message"] != row["code"] for row in rows)


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(client, monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1 << 20)  # a real bomb takes a minute to make
    content = bomb()
    assert len(content) < 50_000
    found = send(client, content, name="list.xlsx").json()
    work_off()
    (row,) = client.get(f"{WHERE}{found['id']}/rows/").json()["results"]
    assert (row["row"], row["code"]) == (0, "too_large")


def test_a_path_in_a_file_name_is_only_a_name(client):
    address = f"{WHERE}?kind=test-bodies&file_name=../../etc/list.csv"
    found = client.generic("POST", address, csv_of(body()), content_type="text/csv").json()
    assert found["file_name"] == "list.csv"


# Following and reading


def test_problems_are_told_by_row_with_what_is_accepted(client):
    address = checked(client, body(1), body(2, kind="nobody"), body(3, code=""))
    first = client.get(f"{address}rows/?page_size=1").json()
    assert first["next"]
    (row,) = first["results"]
    assert (row["row"], row["field"], row["value"]) == (3, "kind", "nobody")
    assert "partner" in row["accepted"]
    assert "Not accepted" in row["message"]
    (other,) = client.get(first["next"]).json()["results"]
    assert (other["row"], other["field"]) == (4, "code")
    assert "50 characters" in other["accepted"]


def test_changes_are_told_cell_by_cell(client):
    address = checked(client, body(1))
    decide(client, address, "apply")
    work_off()
    address = checked(client, body(1, name_en="Other"), body(2))
    rows = client.get(f"{address}planned/").json()["results"]
    assert [(row["row"], row["verdict"]) for row in rows] == [(2, "changed"), (3, "new")]
    assert rows[0]["difference"] == {"name_en": ["Body 1", "Other"]}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_error_file_is_handed_out_and_the_journal_knows(client, form):
    address = checked(client, body(1), body(2, kind="=nobody"))
    answer = client.get(f"{address}error-file/?form={form}", HTTP_ACCEPT="text/csv")
    assert answer.status_code == 200
    assert f"refused-{ImportBatch.objects.get().pk}.{form}" in answer["Content-Disposition"]
    content = b"".join(answer.streaming_content)
    if form == "csv":
        assert b"'=nobody" in content
        assert b"b-1" not in content
    told = [event.verb for event in history_of(ImportBatch.objects.get(), limit=50)]
    assert told.count("intake.import.errors") == 1


def test_an_error_file_of_an_unknown_form_or_without_refused_rows_is_not_given(client):
    address = checked(client, body(1))
    problem(client.get(f"{address}error-file/?form=pdf"), 400)
    problem(client.get(f"{address}error-file/"), 404)


def test_the_list_asks_as_many_questions_for_many_files_as_for_one(
    client, django_assert_max_num_queries
):
    for n in range(5):
        send(client, csv_of(body(n)))
    client.get(WHERE)
    with django_assert_max_num_queries(6):
        told = client.get(f"{WHERE}?page_size=3&kind=test-bodies").json()
    assert len(told["results"]) == 3
    assert told["next"]
    assert told["results"][0]["id"] > told["results"][1]["id"]


# Who may


def test_a_file_of_a_kind_that_one_may_not_see_is_absent(client, api):
    supervisor = UserFactory(role=Role.SUPERVISOR)
    found = send(api(supervisor), csv_of(body()), kind="test-others").json()
    work_off()
    assert client.get(WHERE).json()["results"] == []
    address = f"{WHERE}{found['id']}/"
    for path in ("", "rows/", "planned/", "error-file/"):
        problem(client.get(f"{address}{path}"), 404)
    for verb in ("apply", "undo", "discard", "recheck"):
        problem(decide(client, address, verb, {"reason": "r"}, etag="*"), 404)
    assert ImportBatch.objects.get().state == ImportState.CHECKED


def test_whoever_only_sees_a_file_reads_no_rows_and_decides_nothing(client, api, auditor):
    address = checked(client, body(1), body(2, kind="nobody"))
    watching = api(auditor)
    assert watching.get(address).json()["can"] == []
    problem(watching.get(f"{address}rows/"), 404)
    problem(watching.get(f"{address}planned/"), 404)
    problem(watching.get(f"{address}error-file/"), 404)
    problem(decide(watching, address, "discard"), 403)
    problem(send(watching, csv_of(body())), 403)


def test_without_any_kind_or_any_sign_in_the_door_is_shut(api, stranger):
    problem(api(stranger).get(WHERE), 403)
    problem(send(api(stranger), csv_of(body())), 403)
    problem(APIClient().get(WHERE), 401)


def test_a_read_only_token_sends_and_decides_nothing(client, supplier_user):
    address = checked(client, body())
    text = people.issue_token(user=supplier_user, actor=supplier_user, read_only=True)
    reading = APIClient()
    reading.credentials(HTTP_AUTHORIZATION=f"Token {text}")
    assert reading.get(address).status_code == 200
    problem(send(reading, csv_of(body())), 403)
    problem(decide(reading, address, "apply"), 403)


# Deciding


def test_a_checked_file_is_applied_and_undone(client, django_capture_on_commit_callbacks):
    address = checked(client, body())
    with django_capture_on_commit_callbacks() as waiting:
        answer = decide(client, address, "apply")
    assert (answer.status_code, answer.json()["state"], len(waiting)) == (202, "applying", 1)
    work_off()
    told = client.get(address).json()
    assert (told["state"], told["can"]) == ("applied", ["undo"])
    assert Agency.objects.filter(code="b-1").exists()
    assert decide(client, address, "undo", {"reason": "mistaken"}).status_code == 202
    work_off()
    assert client.get(address).json()["state"] == "undone"
    assert not Agency.objects.filter(code="b-1").exists()


def test_refused_rows_stop_a_file_unless_the_rest_is_asked_for(client):
    address = checked(client, body(1), body(2, kind="nobody"))
    problem(decide(client, address, "apply"), 400)
    problem(decide(client, address, "apply", {"partial": "maybe"}), 400)
    assert decide(client, address, "apply", {"partial": True}).status_code == 202
    work_off()
    assert client.get(address).json()["partial"] is True
    assert Agency.objects.filter(code__startswith="b-").count() == 1


def test_a_decision_needs_the_version_that_was_read(client):
    address = checked(client, body())
    old = client.get(address)["ETag"]
    problem(client.post(f"{address}apply/", {}, format="json"), 428)
    assert decide(client, address, "recheck").status_code == 202
    work_off()
    problem(decide(client, address, "apply", etag=old), 412)


def test_a_decision_in_the_wrong_state_is_a_conflict(client):
    address = checked(client, body())
    assert decide(client, address, "discard").json()["state"] == "discarded"
    problem(decide(client, address, "apply"), 409)
    problem(decide(client, address, "undo", {"reason": "r"}), 409)


def test_undoing_needs_a_reason(client):
    address = checked(client, body())
    problem(decide(client, address, "undo", {"reason": " "}), 400)


def test_a_task_that_stopped_tells_why(client):
    address = checked(client, body())
    Agency.objects.create(code="b-1", kind="partner", name_kk="x", name_ru="x", name_en="x")
    decide(client, address, "apply")
    work_off()
    told = client.get(address).json()
    assert (told["state"], told["progress"]["stopped"]["code"]) == ("checked", "moved")
    assert "Check it again" in told["progress"]["stopped"]["message"]


def test_the_address_of_a_file_is_the_one_of_the_schema():
    assert reverse("import-detail", args=[7]) == f"{WHERE}7/"
