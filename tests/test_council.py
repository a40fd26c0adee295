"""A proposal from its draft to the vote of the three bodies, in the browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import People
from tests.running import Portal

pytestmark = pytest.mark.browser

HEADS = ("head", "association_head", "atameken_head")


@pytest.fixture(scope="module")
def proposal(people: People, portal: Portal) -> str:
    page = people.page_of("officer")
    page.goto("/council/")
    page.get_by_role("link", name="New proposal").first.click()
    page.get_by_label("Title").fill("Compare drops of the load with outages")
    page.get_by_label("way to find illegal miners").check()
    page.get_by_label("What is wrong today").fill("A flat load alone tells little.")
    page.get_by_label("What is proposed").fill("Keep a calendar of outages.")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator("main")).to_contain_text("Keep a calendar of outages.")
    rows = portal.rows("SELECT number FROM council_proposal ORDER BY id")
    return str(rows[0][0])


def press(page: Page, number: str, verb: str) -> None:
    """Opens the act's own page and carries it out."""
    page.goto(f"/council/{number}/")
    page.locator(f"main a[href$='/moves/{verb}/']").first.click()
    page.wait_for_load_state()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()


def test_a_proposal_is_discussed_and_voted_on(people: People, proposal: str) -> None:
    press(people.page_of("officer"), proposal, "submit")
    for who in ("atameken", "association"):
        page = people.page_of(who)
        page.goto(f"/council/{proposal}/")
        page.get_by_label("My remark").fill(f"Heard by {who}")
        page.get_by_role("button", name="Make a remark").click()
        expect(page.locator("main")).to_contain_text(f"Heard by {who}")
    press(people.page_of("head"), proposal, "open_vote")
    for place, who in enumerate(HEADS):
        page = people.page_of(who)
        page.goto(f"/council/{proposal}/moves/vote/")
        page.get_by_label("against" if place == 2 else "for", exact=True).check()
        page.get_by_label("My remark").fill("Not as the only sign")
        page.locator("main form button[type=submit]").last.click()
        expect(page.locator("main")).to_contain_text("Not as the only sign")


def test_the_result_is_declared_as_the_votes_say(people: People, proposal: str) -> None:
    page = people.page_of("head")
    press(page, proposal, "adopt")
    expect(page.locator("main")).to_contain_text("adopted")
    page.goto("/council/?view=decided")
    expect(page.locator("main")).to_contain_text("Compare drops of the load with outages")
