"""Filing a tip, its receipt, its sealed reporter."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pghistory.models import Context

from accounts.models import User
from cases import actions
from cases.actions import TipWords
from cases.models import Tip, TipFile
from cases.tests.factories import TipFactory
from common.errors import NotAllowed, Refused
from journal.selectors import history_of
from pages.tests.test_uploads import jpeg

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

WORDS = TipWords(what="Three containers, the fans never stop", place="Aksu-2", power="1_5")
FIELDS = {"what": "Three containers", "place": "Aksu-2", "power": "1_5", "send": "1"}


def test_a_tip_becomes_a_lead_with_the_bracket_as_its_range(member: User) -> None:
    tip = actions.file_tip(words=WORDS, reporter=member).tip
    assert (tip.lead.source, tip.lead.est_kw_low, tip.lead.est_kw_high) == ("tip", 1000, 5000)
    assert tip.lead.title["ru"] == WORDS.what


def test_the_receipt_code_is_kept_only_hashed(member: User) -> None:
    filed = actions.file_tip(words=WORDS, reporter=member)
    assert len(filed.receipt) == 16
    stored = json.dumps(list(Tip.objects.values()), default=str)
    assert filed.receipt not in stored
    assert actions.receipt_hash(f" {filed.receipt[:4].lower()}-{filed.receipt[4:]}") == (
        filed.tip.receipt_hash
    )


def test_the_reporter_is_in_no_event_and_on_no_lead(member: User) -> None:
    tip = actions.file_tip(words=WORDS, reporter=member).tip
    events = history_of(tip) + history_of(tip.lead)
    assert [event.actor_id for event in events] == [None, None]
    shown = json.dumps([tip.lead.facts, tip.lead.reasons, tip.lead.title])
    assert member.full_name not in shown


def test_an_anonymous_tip_keeps_no_reporter_at_all(member: User) -> None:
    words = TipWords(what="Fans", place="Aksu-2", anonymous=True)
    tip = actions.file_tip(words=words, reporter=member).tip
    assert not hasattr(tip, "reporter")
    assert tip.lead.from_anonymous_tip
    assert not Tip.objects.of(member).exists()


@pytest.mark.parametrize("name", ["officer", "supplier_user", "stranger", "auditor"])
def test_only_association_members_file_tips(name: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotAllowed):
        actions.file_tip(words=WORDS, reporter=request.getfixturevalue(name))


def test_a_tip_needs_a_place(member: User) -> None:
    with pytest.raises(Refused) as refused:
        actions.file_tip(words=TipWords(what="Fans"), reporter=member)
    assert refused.value.field == "place"


def test_a_point_on_the_map_finds_the_region(member: User) -> None:
    words = TipWords(what="Fans", lat=49.95, lon=82.61)
    assert actions.file_tip(words=words, reporter=member).tip.region == "63"


class TestTheForm:
    def test_a_member_files_a_tip_with_a_photo_and_gets_the_code(
        self, member: User, signed_in: SignIn
    ) -> None:
        photo = SimpleUploadedFile("hall.jpg", jpeg(), "image/jpeg")
        answer = signed_in(member).post("/tips/new/", {**FIELDS, "files": photo}, follow=True)
        tip = Tip.objects.get()
        assert tip.files.count() == 1
        assert tip.reporter.user == member
        assert tip.number in answer.content.decode()
        assert b"receipt-code" in answer.content

    def test_filing_leaves_the_member_in_no_history(self, member: User, signed_in: SignIn) -> None:
        signed_in(member).post("/tips/new/", FIELDS)
        assert Tip.objects.get().lead.number
        assert not Context.objects.filter(metadata__user=member.pk).exists()

    def test_the_place_of_a_photo_is_offered_and_taken_only_on_request(
        self, member: User, signed_in: SignIn
    ) -> None:
        client = signed_in(member)
        photo = SimpleUploadedFile("hall.jpg", jpeg(gps=(49.9, 82.6)), "image/jpeg")
        fields = {"what": "Fans", "place": "Aksu-2", "power": "unknown"}
        page = client.post("/tips/new/", {**fields, "files": photo, "keep": "1"}).content.decode()
        assert "49.900000;82.600000" in page
        token = str(TipFile.objects.get().token)
        taken = {**fields, "kept": token, "place_of_photo": "49.900000;82.600000"}
        assert 'value="49.900000"' in client.post("/tips/new/", taken).content.decode()
        client.post("/tips/new/", {**fields, "kept": token, "send": "1"})
        assert Tip.objects.get().lat is None

    def test_one_bad_file_loses_nothing_else(self, member: User, signed_in: SignIn) -> None:
        client = signed_in(member)
        good = SimpleUploadedFile("hall.jpg", jpeg(), "image/jpeg")
        bad = SimpleUploadedFile("evil.jpg", b"<html><script>1</script></html>", "image/jpeg")
        answer = client.post("/tips/new/", {**FIELDS, "files": [good, bad]})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert not Tip.objects.exists()
        assert "evil.jpg" in page
        assert "Three containers" in page
        kept = TipFile.objects.get()
        assert str(kept.token) in page
        client.post("/tips/new/", {**FIELDS, "kept": str(kept.token)})
        assert list(Tip.objects.get().files.all()) == [kept]

    def test_errors_are_summed_up_with_links_and_a_repair(
        self, member: User, signed_in: SignIn
    ) -> None:
        wrong = {**FIELDS, "party_bin": "20240000555"}
        page = signed_in(member).post("/tips/new/", wrong).content.decode()
        assert 'href="#id_party_bin"' in page
        assert "020240000555" in page
        assert not Tip.objects.exists()

    @pytest.mark.parametrize("name", ["officer", "supplier_user", "stranger"])
    def test_the_form_is_closed_to_others(
        self, name: str, request: pytest.FixtureRequest, signed_in: SignIn
    ) -> None:
        client = signed_in(request.getfixturevalue(name))
        assert client.get("/tips/new/").status_code == 403


class TestTheReceipt:
    def test_the_code_opens_the_tip_for_whoever_holds_it(self, client: Client) -> None:
        TipFactory(receipt="KQ7M4T9X2HRDW8PA")
        answer = client.get("/tips/KQ7M4T9X2HRDW8PA/")
        assert answer.status_code == 200
        assert "under review" not in answer.content.decode()

    def test_the_page_says_nothing_of_the_case(self, client: Client, officer: User) -> None:
        tip = TipFactory(receipt="KQ7M4T9X2HRDW8PA")
        case = actions.promote_lead(lead=tip.lead, actor=officer)
        assert case
        page = client.get("/tips/KQ7M4T9X2HRDW8PA/").content.decode()
        assert case.number not in page
        assert tip.lead.number not in page
        assert officer.full_name not in page

    def test_a_member_follows_own_tips_by_number_and_no_others(
        self, member: User, rival: User, signed_in: SignIn
    ) -> None:
        tip = TipFactory(reporter=member)
        assert signed_in(member).get(tip.get_absolute_url()).status_code == 200
        assert signed_in(rival).get(tip.get_absolute_url()).status_code == 404
        assert tip.number not in signed_in(rival).get("/tips/").content.decode()
        assert tip.number in signed_in(member).get("/tips/").content.decode()

    def test_trying_out_codes_is_stopped(self, client: Client) -> None:
        answers = [client.get(f"/tips/WRONGCODE{n:07d}/").status_code for n in range(12)]
        assert answers[:10] == [404] * 10
        assert answers[-1] == 429


def test_unsent_files_are_deleted_after_two_days(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    old = actions.keep_tip_file(upload=SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg"))
    fresh = actions.keep_tip_file(upload=SimpleUploadedFile("b.jpg", jpeg(), "image/jpeg"))
    TipFile.objects.filter(pk=old.pk).update(added_at="2026-01-01T00:00Z")
    assert actions.drop_unsent_files() == 1
    assert list(TipFile.objects.all()) == [fresh]
