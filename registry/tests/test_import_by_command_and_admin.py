"""The two doors for a file: the command and the admin."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from changes.actions import approve_change
from changes.models import Change
from intake import tasks
from intake.choices import ImportState
from intake.models import ImportBatch
from registry.choices import Kind
from registry.models import Operator, Registration
from registry.tests.factories import RegistrationFactory, SiteMeterFactory
from registry.tests.files import csv_file, row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def written(tmp_path):
    def write(*rows, name="list.csv"):
        path = tmp_path / name
        path.write_bytes(csv_file(*rows))
        return path

    return write


def run(path, *flags):
    out = StringIO()
    try:
        call_command("import_registry", str(path), *flags, stdout=out, stderr=StringIO())
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


def test_the_command_applies_a_good_file_and_prints_one_object(written):
    status, out = run(written(row(1), row(2)), "--json")
    report = json.loads(out)
    assert (status, report["new"], report["applied"]) == (0, 2, True)
    assert Registration.objects.count() == 2


def test_a_dry_run_tells_the_same_and_writes_nothing(written):
    status, out = run(written(row(1), row(2, kato="990000000")), "--dry-run", "--json")
    report = json.loads(out)
    assert (status, report["new"], report["rejected"], report["applied"]) == (1, 1, 1, False)
    assert report["problems"][0]["message"].endswith("begins with 99.")
    assert not ImportBatch.objects.exists()


def test_refused_rows_end_in_status_1_and_an_error_file_that_can_be_sent_again(written, tmp_path):
    errors = tmp_path / "errors.csv"
    status, out = run(written(row(1), row(2, kato="990000000")), "--errors", str(errors))
    assert (status, Registration.objects.count()) == (1, 0)
    assert "Row 3, kato, “990000000”" in out
    errors.write_text(errors.read_text().replace("990000000", "630000000"))
    assert run(errors)[0] == 0
    assert Registration.objects.get().number == "I-00002"


def test_partial_applies_the_good_rows(written):
    assert run(written(row(1), row(2, kato="990000000")), "--partial")[0] == 1
    assert Registration.objects.get().number == "I-00001"


@pytest.mark.parametrize("content", [b"", b"number;colour\n1;red\n", b"\x89PNG\x00"])
def test_a_file_that_cannot_be_read_ends_in_status_2(content, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError) as ended:
        run(path)
    assert ended.value.returncode == 2


def test_an_unknown_column_is_named(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"number;colour\n1;red\n")
    with pytest.raises(CommandError, match="colour"):
        run(path)


def test_a_missing_file_ends_in_status_2(tmp_path):
    with pytest.raises(CommandError) as ended:
        run(tmp_path / "none.csv")
    assert ended.value.returncode == 2


@pytest.fixture
def worked_off(monkeypatch, django_capture_on_commit_callbacks):
    """Requests whose background work is done when they are answered."""
    monkeypatch.setattr(tasks.work_off_run, "delay", tasks.work_off_run)

    def post(client, address, given=None):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, given or {})

    return post


@pytest.fixture
def upload(worked_off):
    def send(client, *rows):
        file = SimpleUploadedFile("list.csv", csv_file(*rows))
        worked_off(client, "/registry/imports/new/", {"kind": "registrations", "file": file})
        return ImportBatch.objects.latest("pk")

    return send


def test_an_admin_uploads_looks_and_applies(administrator, signed_in, upload, worked_off):
    client = signed_in(administrator)
    batch = upload(client, row(1))
    page = client.get(f"/registry/imports/{batch.pk}/?tab=new").content.decode()
    assert "I-00001" in page
    assert not Operator.objects.exists()
    address = f"/registry/imports/{batch.pk}/apply/"
    assert client.get(address).status_code == 405
    assert not Operator.objects.exists(), "looking changes nothing"
    worked_off(client, address)
    batch.refresh_from_db()
    assert (batch.state, batch.applied_by) == (ImportState.APPLIED, administrator)
    assert Registration.objects.exists()


def test_the_page_lists_every_problem_and_gives_the_error_file(
    administrator, signed_in, upload, worked_off
):
    client = signed_in(administrator)
    batch = upload(client, row(1, operator_bin="20240000555"), row(2, kato="1"))
    page = client.get(f"/registry/imports/{batch.pk}/").content.decode()
    assert "Then write 020240000555, as text." in page
    assert "A KATO code has 9 digits." in page
    worked_off(client, f"/registry/imports/{batch.pk}/apply/")
    assert not Operator.objects.exists()
    for form in ("csv", "xlsx"):
        answer = client.get(f"/registry/imports/{batch.pk}/errors.{form}")
        assert answer["Content-Disposition"].endswith(f'.{form}"')
        assert len(answer.getvalue()) > 100


@pytest.mark.parametrize(("who", "status"), [("officer", 403), ("member", 403), ("stranger", 403)])
def test_nobody_else_reaches_the_import(who, status, signed_in, request):
    client = signed_in(request.getfixturevalue(who))
    assert client.get("/registry/imports/new/").status_code == status


@pytest.mark.parametrize(
    "model", ["operator", "registration", "site", "sitemeter", "statusrecord", "importbatch"]
)
def test_every_model_has_a_list_and_a_page_in_the_admin(model, administrator, signed_in, upload):
    SiteMeterFactory()
    client = signed_in(administrator)
    batch = upload(client, row(1))
    assert batch.pk
    app = "intake" if model == "importbatch" else "registry"
    assert client.get(f"/admin/{app}/{model}/?q=1").status_code == 200
    pk = {"importbatch": batch.pk}.get(model) or _first(model)
    assert client.get(f"/admin/{app}/{model}/{pk}/change/").status_code == 200


def _first(model):
    registration = Registration.objects.get()
    site = registration.sites.get()
    found = {
        "operator": registration.operator,
        "registration": registration,
        "site": site,
        "sitemeter": site.meters.get(),
        "statusrecord": registration.status_records.get(),
    }
    return found[model].pk


def test_a_status_cannot_be_edited_in_the_admin(administrator, signed_in):
    registration = RegistrationFactory(active=True)
    given = {
        "operator": registration.operator_id,
        "kind": "licence_2",
        "valid_from": "2025-03-15",
        "valid_to": "2031-01-01",
        "status": "revoked",
        "number": "ANOTHER",
    }
    counts = {
        f"{name}-{key}": "0"
        for name in ("sites", "status_records")
        for key in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    client = signed_in(administrator)
    client.post(f"/admin/registry/registration/{registration.pk}/change/", given | counts)
    registration.refresh_from_db()
    assert (registration.kind, registration.status) == (Kind.LICENCE_1, "active")
    proposed = Change.objects.get()
    assert set(proposed.values) == {"valid_to"}
    assert registration.valid_to != date(2031, 1, 1)


def test_an_operator_entered_by_hand_is_checked_and_waits_for_a_second_person(
    administrator, head, signed_in
):
    client = signed_in(administrator)
    counts = {"registrations-TOTAL_FORMS": "0", "registrations-INITIAL_FORMS": "0"}
    given = {"name": "ҚазМұнайГаз", "kato": "710000000", **counts}
    address = "/admin/registry/operator/add/"
    bad = client.post(address, given | {"bin": "20240000555"}).content.decode()
    assert "020240000555" in bad
    client.post(address, given | {"bin": "020240000555"})
    assert not Operator.objects.exists()
    approve_change(change=Change.objects.get(), actor=head)
    operator = Operator.objects.get()
    assert (operator.kind, operator.search) == ("bin", " kazmunaigaz")
