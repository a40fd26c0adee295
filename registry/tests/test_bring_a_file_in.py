"""Bringing registrations in: all problems at once, whole or not at all, twice is once."""

from datetime import date
from decimal import Decimal

import pytest

from common.errors import NotAllowed, Refused, WrongState
from intake import actions
from intake.catalogue import KINDS
from intake.choices import ImportState
from intake.models import ImportBatch
from intake.selectors.previews import problems_of as stored_problems
from intake.wording import problem_words
from law.models import Body
from registry.choices import REGISTRATIONS_FILE, Status
from registry.models import Operator, Registration, Site, SiteMeter, StatusRecord
from registry.tests.factories import SiteMeterFactory, invented_bin
from registry.tests.files import csv_file, row, xlsx_file

pytestmark = pytest.mark.django_db
ACT = {"act_reference": "Перечень № 7", "act_date": date(2026, 11, 20)}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def looked(tmp_path):
    """What a file would do, of which nothing is kept."""

    def look(content):
        path = tmp_path / "looked.csv"
        path.write_bytes(content)
        return actions.look_at_file(kind=REGISTRATIONS_FILE, name="list.csv", content=path)

    return look


@pytest.fixture
def problems_of(looked):
    return lambda *rows: {(p.row, p.column, p.code) for p in looked(csv_file(*rows)).found}


def check(content, name="list.csv", actor=None, **act):
    return actions.check_file(
        kind=REGISTRATIONS_FILE, name=name, content=content, actor=actor, **act
    )


def bring(*rows, partial=False, name="list.csv", **act):
    content = xlsx_file(*rows) if name.endswith("xlsx") else csv_file(*rows)
    batch = check(content, name, **act)
    return actions.apply_batch(batch=batch, actor=None, partial=partial)


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_a_good_file_is_written_whole(name):
    batch = bring(row(1), row(2), name=name)
    assert (batch.state, batch.new, batch.rejected) == (ImportState.APPLIED, 2, 0)
    site = Site.objects.get(registration__number="I-00001")
    assert (site.name, site.declared_kw, site.kato) == ("Алаң-1", Decimal(1200), "630000000")
    assert site.cell
    assert sorted(site.meters.values_list("code", flat=True)) == ["M-1-1", "M-1-2"]
    assert site.registration.operator.search == " kokzhal 1  to"


def test_checking_writes_nothing_to_the_registry():
    check(csv_file(row()))
    assert not Registration.objects.exists()


def test_the_same_file_twice_changes_nothing():
    bring(row(1), row(2, status="expired", valid_to="2026-01-31"), row(3, status="revoked"))
    before = list(Registration.objects.values()), list(SiteMeter.objects.values())
    again = bring(row(1), row(2, status="expired", valid_to="2026-01-31"), row(3, status="revoked"))
    assert (again.new, again.changed, again.same) == (0, 0, 3)
    assert again.notices == ["applied_before"]
    assert before == (list(Registration.objects.values()), list(SiteMeter.objects.values()))


def test_every_bad_cell_of_every_row_is_told_at_once(problems_of):
    found = problems_of(
        row(1, operator_bin="123456789012"),
        row(2, operator_bin="20240000555", kato="990000000"),
        row(3, declared_kw="600 MWh", valid_from="31.02.2025"),
        row(4, kind="licence_9", lat="", status=""),
        row(5, operator_name="Ы" * 5000),
        row(6, valid_to="2024-01-01", kato="6300"),
        row(7, declared_kw="-5", lon="8"),
        row(8),
    )
    assert found == {
        (2, "operator_bin", "bin_check_digit"),
        (3, "operator_bin", "bin_length"),
        (3, "kato", "kato_unknown"),
        (4, "declared_kw", "has_unit"),
        (4, "valid_from", "no_such_day"),
        (5, "kind", "not_accepted"),
        (5, "lat", "half_a_place"),
        (5, "status", "empty_cell"),
        (6, "operator_name", "too_long"),
        (7, "valid_to", "ends_before_it_begins"),
        (7, "kato", "kato_length"),
        (8, "declared_kw", "not_positive"),
        (8, "lon", "outside"),
    }


def test_a_lost_leading_zero_is_suggested_and_never_added_silently():
    batch = check(csv_file(row(operator_bin="20240000555")))
    assert stored_problems(batch)[0].params == {"repair": "020240000555"}
    with pytest.raises(Refused):
        actions.apply_batch(batch=batch, actor=None)
    assert not Operator.objects.exists()


def test_one_refused_row_stops_the_file_unless_the_rest_is_asked_for():
    good_and_bad = (row(1), row(2, kato="990000000"))
    with pytest.raises(Refused):
        bring(*good_and_bad)
    assert not Registration.objects.exists()
    batch = bring(*good_and_bad, partial=True)
    assert (batch.new, batch.rejected) == (1, 1)
    assert Registration.objects.get().number == "I-00001"


def test_several_rows_of_one_number_are_its_sites():
    bring(row(1), row(1, site_name="Алаң-1б", meter_codes="M-9"))
    assert Registration.objects.get().sites.count() == 2


def test_a_repeated_row_is_refused_on_both_sides(problems_of):
    assert problems_of(row(1), row(1, meter_codes="")) == {
        (2, "number", "repeated_row"),
        (3, "number", "repeated_row"),
    }


def test_rows_that_contradict_each_other_are_both_refused(problems_of):
    assert problems_of(row(1), row(1, site_name="B", meter_codes="", status="suspended")) == {
        (2, "status", "contradicts_row"),
        (3, "status", "contradicts_row"),
    }


def test_one_bin_under_two_names_is_refused_but_a_spelling_is_not(problems_of):
    other = {"operator_bin": invented_bin(1), "meter_codes": ""}
    assert problems_of(row(1), row(2, operator_name="ТОО «Басқа»", **other)) == {
        (2, "operator_name", "other_name"),
        (3, "operator_name", "other_name"),
    }
    assert not problems_of(row(1), row(2, operator_name="«Көкжал 1» ЖШС", **other))


def test_one_meter_for_two_sites_at_one_time_is_refused(problems_of):
    assert problems_of(row(1, meter_codes="M"), row(2, meter_codes="M")) == {
        (2, "meter_codes", "meter_of_row"),
        (3, "meter_codes", "meter_of_row"),
    }
    earlier = row(2, meter_codes="M", valid_from="2022-01-01", valid_to="2025-03-14")
    assert not problems_of(row(1, meter_codes="M"), earlier)


def test_a_meter_that_another_registration_declares_is_refused(problems_of):
    SiteMeterFactory(code="M-1-1")
    assert problems_of(row(1)) == {(2, "meter_codes", "meter_taken")}


def test_a_registration_does_not_pass_to_another_operator(problems_of):
    bring(row(1))
    assert (2, "operator_bin", "other_operator") in problems_of(
        row(1, operator_bin=invented_bin(2))
    )


def test_a_changed_row_shows_before_and_after():
    bring(row(1))
    changed = row(1, declared_kw="1500", meter_codes="M-1-1|M-1-3")
    batch = check(csv_file(changed))
    batch.refresh_from_db()
    shown = batch.planned.get()
    assert (shown.row, shown.verdict, shown.label) == (2, "changed", "I-00001")
    assert shown.difference == {
        "declared_kw": ["1200.000", "1500.000"],
        "meter_codes": ["M-1-1|M-1-2", "M-1-1|M-1-3"],
    }
    actions.apply_batch(batch=batch, actor=None)
    site = Site.objects.get()
    current = site.meters.on(date(2030, 1, 1)) | site.meters.filter(valid_to=date(2028, 3, 14))
    assert sorted(current.values_list("code", flat=True)) == ["M-1-1", "M-1-3"]
    assert site.declared_kw == 1500
    assert site.meters.filter(code="M-1-2").exists(), "what was declared before stays known"


def test_a_renewed_term_carries_its_meters_along():
    bring(row(1))
    bring(row(1, valid_to="2031-03-14"))
    assert set(SiteMeter.objects.values_list("valid_to", flat=True)) == {date(2031, 3, 14)}


def test_a_status_changes_only_with_the_competent_bodys_act(problems_of):
    bring(row(1))
    assert problems_of(row(1, status="suspended")) == {(2, "status", "status_needs_act")}
    bring(row(1, status="suspended"), **ACT)
    registration = Registration.objects.get()
    assert (registration.status, registration.act_reference) == ("suspended", "Перечень № 7")
    assert registration.act_body == Body.objects.get(code="digital")
    assert list(StatusRecord.objects.values_list("status", "effective_from")) == [
        (Status.ACTIVE, date(2025, 3, 15)),
        (Status.SUSPENDED, date(2026, 11, 20)),
    ]


def test_an_act_of_a_day_on_which_nobody_was_competent_moves_nothing():
    early = {"act_reference": "Перечень № 0", "act_date": date(2019, 3, 1)}
    batch = check(csv_file(row(1)), **early)
    assert [one.code for one in batch.refused.all()] == ["nobody_competent"]


def test_a_status_that_no_move_leads_to_is_refused(problems_of):
    bring(row(1, status="revoked"))
    assert problems_of(row(1, status="active")) == {(2, "status", "no_such_move")}


def test_a_file_is_checked_again_when_the_registry_has_moved_meanwhile():
    batch = check(csv_file(row(1)))
    bring(row(1))
    with pytest.raises(Refused, match="changed"):
        actions.apply_batch(batch=batch, actor=None)


def test_a_file_is_applied_once():
    batch = bring(row(1))
    with pytest.raises(WrongState):
        actions.apply_batch(batch=batch, actor=None)


def test_an_unreadable_file_is_kept_with_its_reason_and_cannot_be_applied():
    batch = check(b"PK\x03\x04")
    assert (batch.state, stored_problems(batch)[0].code) == (ImportState.UNREADABLE, "not_csv")
    with pytest.raises(WrongState):
        actions.apply_batch(batch=batch, actor=None)


def test_an_officer_brings_no_file_in(officer):
    with pytest.raises(NotAllowed):
        check(csv_file(row()), actor=officer)
    assert not ImportBatch.objects.exists()


def test_an_error_file_comes_back_without_its_problem_column_disturbing():
    header = "number;kind;operator_bin;operator_name;kato;declared_kw;status;valid_from;problem\n"
    line = (
        f"I-1;licence_1;{invented_bin(1)};ТОО «А»;630000000;1 200,5;active;15.03.2025;was wrong\n"
    )
    batch = check((header + line).encode())
    actions.apply_batch(batch=batch, actor=None)
    site = Site.objects.get()
    assert (batch.rejected, site.declared_kw) == (0, Decimal("1200.500"))
    assert site.registration.valid_from == date(2025, 3, 15)


@pytest.mark.parametrize(
    ("codes", "code"), [("M" * 65, "meter_too_long"), ("M-1,M-2", "meter_separator")]
)
def test_a_meter_code_that_is_none_is_refused_in_words(codes, code, looked):
    found = looked(csv_file(row(meter_codes=codes))).found
    assert [p.code for p in found] == [code]
    assert "M" in problem_words(found[0], KINDS.get(REGISTRATIONS_FILE))
