"""What the admin keeps to itself: a sealed column can be neither read nor asked about."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from cases import actions
from cases.actions import TipWords

SignIn = Callable[[User], Client]


@pytest.mark.parametrize(
    "guess",
    ["cases/tipreporter/?user__exact={}", "cases/tipreporter/?user={}",
     "journal/announcement/?recipient__exact={}"],
)  # fmt: skip
def test_an_administrator_cannot_ask_whose_tips_there_are(
    guess: str, signed_in: SignIn, administrator: User, member: User
) -> None:
    actions.file_tip(words=TipWords(what="Fans", place="Aksu-2"), reporter=member)
    assert signed_in(administrator).get(f"/admin/{guess.format(member.pk)}").status_code == 400


def test_neither_the_text_of_a_note_nor_a_password_can_be_guessed_letter_by_letter(
    signed_in: SignIn, administrator: User
) -> None:
    client = signed_in(administrator)
    assert client.get("/admin/cases/comment/?text__startswith=a").status_code == 400
    assert client.get("/admin/accounts/user/?password__startswith=pbkdf2").status_code == 400


def test_the_filters_that_a_page_offers_still_work(signed_in: SignIn, administrator: User) -> None:
    client = signed_in(administrator)
    for url in (
        "cases/lead/?state__exact=new",
        "cases/lead/?raised_at__year=2026",
        "cases/case/?lead_agency__id__exact=1",
        "accounts/user/?grants__role__exact=officer",
    ):
        assert client.get(f"/admin/{url}").status_code == 200, url
