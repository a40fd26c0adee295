"""A registration moves on a competent body's recorded act, and on nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from common.errors import NotAllowed, Refused, WrongState
from journal.selectors import history_of
from law.models import Body
from registry import actions
from registry.actions.acts import Act
from registry.choices import Status
from registry.models import Registration, SiteMeter, StatusRecord
from registry.tests.factories import RegistrationFactory, SiteMeterFactory
from registry.workflow import REGISTRATIONS

pytestmark = pytest.mark.django_db
ORDER = Act("Приказ № 12", date(2026, 5, 4), date(2026, 5, 10))

EVERYONE = [
    "officer", "head", "analyst", "member", "rival", "atameken_officer", "association_officer",
    "auditor", "supplier_user", "administrator", "stranger",
]  # fmt: skip
MAY_RECORD = {"officer", "head", "administrator"}


def record(registration, verb, actor, act=ORDER, body="digital"):
    issued = replace(act, body=Body.objects.get(code=body)) if body else act
    actions.record_act(registration=registration, verb=verb, act=issued, actor=actor)


def in_state(status):
    return RegistrationFactory(
        status=status, valid_from=date(2025, 3, 15), status_from=date(2025, 3, 15)
    )


@pytest.mark.parametrize("who", EVERYONE)
def test_only_the_ministrys_officers_and_admins_record_an_act(who, request):
    registration, actor = RegistrationFactory(active=True), request.getfixturevalue(who)
    if who in MAY_RECORD:
        record(registration, "suspend", actor)
        assert registration.status == Status.SUSPENDED
        return
    with pytest.raises(NotAllowed):
        record(registration, "suspend", actor)
    assert Registration.objects.get().status == Status.ACTIVE


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("verb", list(REGISTRATIONS.moves))
def test_each_move_starts_only_from_the_states_of_its_line(verb, status, officer):
    move, registration = REGISTRATIONS.moves[verb], in_state(status)
    if move.starts_from(status):
        record(registration, verb, officer)
        assert registration.status == move.target
    else:
        with pytest.raises(WrongState):
            record(registration, verb, officer)


@pytest.mark.parametrize(
    "act",
    [
        Act("", date(2026, 5, 4), date(2026, 5, 10)),
        Act("Приказ № 12", None, date(2026, 5, 10)),
        Act("Приказ № 12", date(2026, 5, 4), None),
        Act("Приказ № 12", date(2026, 5, 4), date(2026, 5, 3)),
        Act("Приказ № 12", date(2024, 5, 4), date(2024, 5, 10)),
    ],
)
def test_nothing_moves_without_the_act_its_date_and_a_possible_day(act, officer):
    registration = RegistrationFactory(active=True)
    with pytest.raises(Refused):
        record(registration, "suspend", officer, act)
    assert Registration.objects.get().status == Status.ACTIVE


@pytest.mark.parametrize("body", ["national_bank", "energy", "kegoc", "kib"])
def test_a_body_without_competence_on_that_day_moves_nothing(body, officer):
    registration = RegistrationFactory(active=True)
    with pytest.raises(Refused, match=r"was not competent .* 4 May 2026") as refusal:
        record(registration, "suspend", officer, body=body)
    assert refusal.value.field == "act_body"
    assert Registration.objects.get().status == Status.ACTIVE


def test_the_committee_was_competent_until_the_licences_came(officer):
    registration = RegistrationFactory(active=True, valid_from=date(2022, 1, 10),
                                       status_from=date(2022, 1, 10))  # fmt: skip
    act = Act("Приказ № 3", date(2022, 6, 1), date(2022, 6, 1))
    record(registration, "suspend", officer, act, body="kib")
    kept = Registration.objects.get()
    assert (kept.status, kept.act_body) == (Status.SUSPENDED, Body.objects.get(code="kib"))
    assert StatusRecord.objects.latest("pk").act_body == kept.act_body


def test_an_act_of_nobody_moves_nothing(officer):
    registration = RegistrationFactory(active=True)
    with pytest.raises(Refused):
        record(registration, "suspend", officer, body="")
    assert Registration.objects.get().status == Status.ACTIVE


def test_the_status_of_an_earlier_day_stays_known(officer):
    registration = RegistrationFactory(active=True)
    record(registration, "suspend", officer)

    def on(day):
        return Registration.objects.as_of(day).get().status_on

    assert on(date(2025, 3, 14)) is None
    assert on(date(2026, 5, 9)) == Status.ACTIVE
    assert on(date(2026, 5, 10)) == Status.SUSPENDED
    assert Registration.objects.in_force(date(2026, 5, 9)).exists()
    assert not Registration.objects.in_force(date(2026, 5, 10)).exists()


def test_an_ended_registration_frees_its_meters_from_the_next_day(officer):
    meter = SiteMeterFactory(code="M-1", site__registration__number="I-1")
    record(meter.site.registration, "revoke", officer)
    assert SiteMeter.objects.get().valid_to == date(2026, 5, 10)
    SiteMeterFactory(code="M-1", valid_from=date(2026, 5, 11))


def test_the_act_stands_in_the_journal(officer):
    registration = RegistrationFactory(active=True)
    record(registration, "suspend", officer)
    event = history_of(registration)[0]
    assert event.verb == "registry.registration.suspend"
    assert event.words == "recorded that the registration was suspended"
    assert (event.facts["act"], event.facts["to"]) == ("Приказ № 12", "suspended")
