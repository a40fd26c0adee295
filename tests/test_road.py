"""The whole road, once, for real: a tip and a meter file become a case and a decision.

The tests of this module are one story and run in their order; each leaves the stage to the next.
"""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from common.sheets import as_xlsx
from tests import month
from tests.browser import People
from tests.cast import CAST, SUPPLIER
from tests.running import Portal, multipart, wait_for

pytestmark = pytest.mark.browser

QUESTION = "Do your members know this hall, and is it theirs?"


@pytest.fixture(scope="module")
def story() -> dict[str, str]:
    """What one scene finds out and a later one needs: numbers, codes, addresses."""
    return {}


def photo() -> bytes:
    made = BytesIO()
    Image.effect_noise((640, 480), 90).convert("RGB").save(made, "JPEG")
    return made.getvalue()


def press(page: Page, label: str | re.Pattern[str]) -> None:
    """Click the button or link of that name, whichever it is."""
    page.get_by_role("button", name=label).or_(page.get_by_role("link", name=label)).first.click()


def send(page: Page) -> None:
    """Send the page's own form and wait for the answer."""
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()


# ── A member files a tip ────────────────────────────────────────────────────


def test_a_member_files_a_tip_with_a_photo_and_gets_a_receipt(
    people: People, story: dict[str, str]
) -> None:
    page = people.page_of("member", phone=True)
    page.goto("/tips/new/")
    page.get_by_label("What have you noticed?").fill(
        "Day and night a loud hum behind the bakery, hot air from forty containers, new cables."
    )
    page.get_by_label("Where?").fill("Karaganda, industrial zone, gate 4")
    page.get_by_text("Type the degrees").click()
    page.get_by_label("Latitude").fill(str(month.PLACE[0]))
    page.get_by_label("Longitude").fill(str(month.PLACE[1]))
    page.get_by_text("1–5 MW").click()
    page.get_by_label("Do you know who it is?").fill(month.HIDDEN.customer)
    page.locator("input[type=file]").set_input_files(
        {"name": "hall.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    press(page, "Check and send")
    expect(page.get_by_role("heading", name="The tip is received")).to_be_visible()
    story["receipt"] = re.sub(r"\s", "", page.locator("#receipt-code").inner_text())
    story["tip"] = page.locator("dd.id").first.inner_text()
    assert len(story["receipt"]) == 16
    page.goto("/tips/new/")
    expect(page.get_by_label("What have you noticed?")).to_have_value("")


def test_the_receipt_is_followed_without_signing_in_and_nobody_else_finds_the_tip(
    people: People, story: dict[str, str]
) -> None:
    stranger = people.page_of()
    stranger.goto("/tips/code/")
    stranger.get_by_label("Receipt code").fill(story["receipt"])
    press(stranger, "Show the tip")
    expect(stranger.get_by_text("received", exact=True)).to_be_visible()
    rival = people.page_of("rival")
    answer = rival.goto(f"/tips/{story['tip']}/")
    assert answer is not None
    assert answer.status == 404


# ── The registry and the readings come in ───────────────────────────────────


def workbook(rows: list[dict[str, str]]) -> bytes:
    return as_xlsx(list(rows[0]), [list(row.values()) for row in rows])


def bring_registry(page: Page, rows: list[dict[str, str]], name: str) -> None:
    page.goto("/registry/imports/new/")
    page.get_by_label("What the file holds").select_option("registrations")
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": workbook(rows)}
    )
    press(page, "Check the file")
    expect(page.get_by_text("checked, not applied").first).to_be_visible(timeout=30_000)


def test_an_admin_sees_every_bad_cell_before_anything_is_written(
    people: People, portal: Portal
) -> None:
    page = people.page_of("admin")
    bring_registry(page, month.bad_rows(), "bad.xlsx")
    told = page.locator("main").inner_text()
    for part in ("operator_bin", "kato", "990000000", "declared_kw", "2 MW"):
        assert part in told, told
    assert portal.count("registry_registration") == 0


def test_the_good_file_is_applied_after_the_dry_run(people: People, portal: Portal) -> None:
    page = people.page_of("admin")
    bring_registry(page, month.good_rows(), "good.xlsx")
    assert portal.count("registry_registration") == 0, "a dry run writes nothing"
    press(page, "Apply the file")
    expect(page.get_by_text("It can be undone as long as")).to_be_visible(timeout=30_000)
    assert portal.count("registry_registration") == 2


def test_a_supplier_uploads_a_month_by_api(portal: Portal, story: dict[str, str]) -> None:
    token = portal.manage_json("issue_token", CAST["supplier"].email, "--days", "2")["token"]
    first, last = month.days_before(month.last_day(), 33)
    content = month.month_of_readings(first, last)
    body, kind = multipart({"supplier": SUPPLIER}, {"file": ("month.csv", content)})
    sent = portal.post(
        "/api/v1/reading-batches/", body, token=token, Content_Type=kind, Idempotency_Key="month-1"
    )
    assert sent.status in (201, 202), sent.body
    again = portal.post(
        "/api/v1/reading-batches/", body, token=token, Content_Type=kind, Idempotency_Key="month-1"
    )
    assert again.json == sent.json, "the same call again is the same batch"
    story["batch"] = str(sent.json["id"])
    address = f"/api/v1/reading-batches/{story['batch']}/"
    batch = wait_for(
        lambda: (
            (found := portal.get(address, token=token).json)["state"]
            in ("stored", "refused", "failed")
            and found
        ),
        "the batch is stored",
        told=portal.last_lines,
    )
    assert batch["state"] == "stored", batch
    assert batch["rows_stored"] == content.count(b"\n") - 1
    assert (
        portal.get("/api/v1/leads/", token=token).status in (403, 404)
        or not portal.get("/api/v1/leads/", token=token).json["results"]
    )


def test_a_supplier_uploads_the_rest_by_page(people: People, portal: Portal) -> None:
    page = people.page_of("supplier")
    page.goto("/grid/upload/")
    first, last = month.days_before(month.last_day(), 2)
    page.locator("input[type=file]").set_input_files(
        {"name": "days.csv", "mimeType": "text/csv", "buffer": month.month_of_readings(first, last)}
    )
    press(page, "Send readings")
    wait_for(
        lambda: portal.rows("SELECT 1 FROM grid_readingbatch WHERE state = 'stored' OFFSET 1"),
        "the second batch is stored",
        told=portal.last_lines,
    )
    expect(page.locator("main")).to_contain_text("stored")
    # Totals of a day or month are facts for the balance; what an interval used is in the lake.
    in_the_database = (
        "SELECT table_name FROM information_schema.columns"
        " WHERE column_name = 'kwh' AND table_name LIKE 'grid_%'"
    )
    assert {name for (name,) in portal.rows(in_the_database)} == {
        "grid_feedertotal", "grid_feedertotalevent", "grid_metertotal", "grid_metertotalevent"
    }  # fmt: skip


# ── Beat runs the checks ────────────────────────────────────────────────────


def test_beat_runs_every_check_and_finds_what_was_planted(portal: Portal) -> None:
    wait_for(
        lambda: (
            len(
                portal.rows(
                    "SELECT DISTINCT check_slug FROM crosschecks_checkrun"
                    " WHERE state = 'done' AND day = %s",
                    month.last_day(),
                )
            )
            == 3
        ),
        "all checks have run over the last day",
        seconds=120,
        told=portal.last_lines,
    )
    found = dict(portal.rows("SELECT meter, key FROM cases_lead WHERE source = 'finding'"))
    by_check = {meter for meter, key in found.items() if key.startswith("undeclared-mining-load:")}
    assert by_check >= month.UNDECLARED
    assert by_check - month.UNDECLARED <= month.LOOK_ALIKES
    assert found.keys() - by_check == {month.TOO_MUCH.meter}


def test_running_a_check_again_makes_nothing_twice(portal: Portal) -> None:
    leads = "SELECT key FROM cases_lead WHERE source = 'finding'"
    before = portal.rows(leads)
    ran = portal.manage_json("run_check", "--all", "--day", month.last_day().isoformat())
    assert {run["state"] for run in ran["runs"]} == {"done"}
    assert all(run["new"] == 0 and run["same"] == run["hits"] for run in ran["runs"])
    after = portal.rows(leads)
    assert len(set(after)) == len(after), "no lead twice"
    # Beat may look at an older day meanwhile, and find what only that day shows.
    assert set(before) <= set(after)
    assert all(run["leads"] == 0 for run in ran["runs"])


def test_the_bar_of_a_run_moves_by_itself(people: People, portal: Portal) -> None:
    """The checks over a month of 35 meters take a blink; here the rows tell of a slow worker."""
    run = portal.rows(
        "INSERT INTO crosschecks_checkrun (check_slug, day, state, total, done, hits, new,"
        " same, gone, back, held, left_out, leads, created_at, started_at, heartbeat_at,"
        " attempts, claim, error, thresholds, late_feeds, version) VALUES"
        " ('load-above-declared', %s, 'running', 100, 10, 0, 0, 0, 0, 0, 0, 0, 0, now(),"
        " now(), now(), 1, gen_random_uuid(), '', '{}', '{}', '')"
        " RETURNING id",
        month.last_day(),
    )[0][0]
    page = people.page_of("officer")
    page.goto(f"/checks/runs/{run}/")
    expect(page.locator("#run-state")).to_contain_text("10 of 100")
    portal.rows("UPDATE crosschecks_checkrun SET done = 60 WHERE id = %s", run)
    expect(page.locator("#run-state")).to_contain_text("60 of 100")
    portal.rows(
        "UPDATE crosschecks_checkrun SET state = 'interrupted', error = 'stopped', claim = NULL,"
        " finished_at = now() WHERE id = %s",
        run,
    )
    expect(page.locator("#run-state")).to_contain_text("The portal was stopped")


def test_a_restart_keeps_the_edited_schedule(portal: Portal) -> None:
    """The schedule was edited before `make run` wrote its first rows again."""
    every = portal.rows(
        "SELECT DISTINCT i.every FROM django_celery_beat_periodictask t"
        " JOIN django_celery_beat_intervalschedule i ON i.id = t.interval_id"
        " WHERE t.name NOT LIKE 'celery.%'"
    )
    assert every == [(3,)]


# ── The officer triages ─────────────────────────────────────────────────────


def lead_of(portal: Portal, meter: str) -> str:
    return str(portal.rows("SELECT number FROM cases_lead WHERE meter = %s", meter)[0][0])


def test_the_officer_sees_tip_and_findings_in_one_queue(
    people: People, portal: Portal, story: dict[str, str]
) -> None:
    story["tip_lead"] = str(portal.rows("SELECT number FROM cases_lead WHERE source = 'tip'")[0][0])
    page = people.page_of("officer")
    page.goto("/leads/")
    rows = page.locator("#list [data-list] > .scroll tbody").first
    for number in (story["tip_lead"], *(lead_of(portal, m) for m in sorted(month.UNDECLARED))):
        expect(rows).to_contain_text(number)
    assert CAST["member"].name not in page.content(), "the reporter is sealed"


def test_a_lead_gives_its_reasons_its_curve_and_what_the_registry_knows(
    people: People, portal: Portal
) -> None:
    page = people.page_of("officer")
    page.goto(f"/leads/{lead_of(portal, month.HIDDEN.meter)}/")
    main = page.locator("main")
    expect(main).to_contain_text("looks like mining")
    expect(main).to_contain_text(f"No registration declares meter {month.HIDDEN.meter}")
    expect(main).to_contain_text("No entry.")
    expect(page.locator("main canvas").first).to_be_visible()
    page.goto(f"/leads/{lead_of(portal, month.TOO_MUCH.meter)}/")
    expect(main).to_contain_text("declared 500 kW")
    expect(main).to_contain_text("no restriction applies")


def test_she_promotes_one_attaches_one_and_dismisses_one_with_a_reason(
    people: People, portal: Portal, story: dict[str, str]
) -> None:
    page = people.page_of("officer")
    page.goto(f"/leads/{lead_of(portal, month.HIDDEN.meter)}/")
    press(page, re.compile("^Open a case"))
    send(page)
    story["case"] = str(portal.rows("SELECT number FROM cases_case")[0][0])
    page.goto(f"/leads/{story['tip_lead']}/")
    press(page, re.compile("^Attach to a case"))
    page.locator("select[name=case]").select_option(story["case"])
    send(page)
    page.goto(f"/leads/{lead_of(portal, month.GREENHOUSE.meter)}/")
    press(page, re.compile("^Dismiss"))
    send(page)
    expect(page.locator("main .err").first).to_be_visible()
    page.get_by_label("Reason").fill("A greenhouse under lamps, seen on the spot.")
    send(page)
    states = dict(portal.rows("SELECT number, state FROM cases_lead"))
    assert states[lead_of(portal, month.HIDDEN.meter)] == "promoted"
    assert states[story["tip_lead"]] == "attached"
    assert states[lead_of(portal, month.GREENHOUSE.meter)] == "dismissed"


# ── The case ────────────────────────────────────────────────────────────────


def case_page(people: People, who: str, story: dict[str, str], tab: str = "timeline") -> Page:
    page = people.page_of(who)
    page.goto(f"/cases/{story['case']}/?tab={tab}")
    return page


def add(page: Page, what: str) -> None:
    page.locator(f"main form[action$='/add/{what}/'] button[type=submit]").click()
    page.wait_for_load_state()


def test_the_case_takes_a_note_a_task_and_evidence(
    people: People, portal: Portal, story: dict[str, str]
) -> None:
    page = case_page(people, "officer", story)
    page.get_by_label("A new note").fill("The hall belongs to a logistics company.")
    page.get_by_label("Seen by").select_option("participants")
    add(page, "comment")
    expect(page.locator("main")).to_contain_text("belongs to a logistics company")
    page = case_page(people, "officer", story, "tasks")
    page.get_by_label("What is to be done").fill("Ask the grid company for the connection papers")
    page.get_by_label("By which body").select_option(label="Ministry of Energy")
    page.get_by_label("No decision before it is done").check()
    add(page, "task")
    page = case_page(people, "officer", story, "evidence")
    page.locator("main input[type=file]").set_input_files(
        {"name": "hall.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    page.get_by_label("What it is").fill("The hall from the road")
    add(page, "evidence")
    expect(page.locator("main")).to_contain_text("The hall from the road")
    kept = portal.rows("SELECT sha256 FROM cases_evidence WHERE title = 'The hall from the road'")
    assert len(kept[0][0]) == 64


def move(page: Page, story: dict[str, str], verb: str) -> None:
    page.goto(f"/cases/{story['case']}/moves/{verb}/")


def test_a_body_that_was_not_asked_gets_404(people: People, story: dict[str, str]) -> None:
    for who in ("atameken", "association", "supplier", "member"):
        answer = people.page_of(who).goto(f"/cases/{story['case']}/")
        assert answer is not None
        assert answer.status == 404, who


def test_the_body_that_was_asked_sees_the_case_and_answers(
    people: People, portal: Portal, story: dict[str, str]
) -> None:
    page = people.page_of("officer")
    move(page, story, "ask_opinion")
    page.get_by_label("Body", exact=True).select_option(label="Atameken")
    page.get_by_label("What should the body answer?").fill(QUESTION)
    send(page)
    asked = case_page(people, "atameken", story, "opinions")
    expect(asked.locator("main")).to_contain_text(QUESTION)
    expect(asked.locator("main")).to_contain_text(month.HIDDEN.customer)
    home = people.page_of("atameken")
    home.goto("/")
    expect(home.locator("main")).to_contain_text("Give an opinion")
    press(asked, re.compile("^Give the opinion"))
    asked.get_by_label("for", exact=True).check()
    asked.get_by_label("Grounds").fill("No member of ours works there.")
    send(asked)
    expect(case_page(people, "officer", story, "opinions").locator("main")).to_contain_text(
        "No member of ours works there."
    )
    answer = people.page_of("association").goto(f"/cases/{story['case']}/")
    assert answer is not None
    assert answer.status == 404
    assert not portal.rows(
        "SELECT 1 FROM journal_announcement a JOIN accounts_user u ON u.id = a.recipient_id"
        " WHERE u.email = %s AND a.url LIKE %s",
        CAST["association"].email,
        f"%{story['case']}%",
    )


def name_a_legal_ground(people: People, story: dict[str, str]) -> None:
    """A speech is refused with its reason, a law in force on the day is taken."""
    page = case_page(people, "officer", story, "grounds")
    for rule, told in (("Bank", "founds nothing"), ("Law on digital assets", "")):
        offered = page.locator("select[name=ground] option", has_text=rule).last
        page.locator("select[name=ground]").select_option(offered.get_attribute("value"))
        page.locator("input[name=event_on]").fill("2023-05-01")
        page.get_by_label("What it is cited for").fill("Mining without a licence.")
        press(page, "Cite the rule")
        expect(page.locator("main")).to_contain_text(told or "Law on digital assets")


def test_the_decision_waits_for_its_gates_and_is_the_heads(
    people: People, portal: Portal, story: dict[str, str]
) -> None:
    page = people.page_of("officer")
    move(page, story, "prepare")
    send(page)
    expect(page.locator("main .err, main .is-late").first).to_be_visible()
    assert portal.rows("SELECT state FROM cases_case") == [("opinions",)], "a task is undone"
    page = case_page(people, "officer", story, "tasks")
    press(page, re.compile("^Complete"))
    page.get_by_label("What came of it").fill("No papers for such a load.")
    send(page)
    name_a_legal_ground(people, story)
    move(page, story, "prepare")
    send(page)
    answer = page.goto(f"/cases/{story['case']}/moves/decide/")
    assert answer is not None
    assert answer.status == 403
    head = people.page_of("head")
    head.goto("/")
    expect(head.locator("main")).to_contain_text("Decide the case")
    move(head, story, "decide")
    head.get_by_label("referred to a competent body").check()
    head.get_by_label("Reason").fill("Two independent sources: readings and a tip.")
    head.get_by_label("Recommended to").fill("Territorial department of energy supervision")
    send(head)
    assert portal.rows("SELECT state, outcome FROM cases_case") == [("closed", "referred")]
    expect(case_page(people, "atameken", story).locator("main")).to_contain_text(
        "referred to a competent body"
    )


# ── What remains ────────────────────────────────────────────────────────────


def test_the_dashboard_tells_the_state_of_the_group_and_when_it_was_reckoned(
    people: People,
) -> None:
    page = people.page_of("head")
    page.goto("/")
    main = page.locator("main")
    expect(main).to_contain_text("Karaganda")
    expect(main.locator(".asof, .stale").first).to_be_visible()


def test_the_member_reads_what_became_of_the_tip_and_nothing_of_the_case(
    people: People, story: dict[str, str]
) -> None:
    page = people.page_of("member", phone=True)
    page.goto(f"/tips/{story['tip']}/")
    expect(page.locator("main")).to_contain_text("passed on for work")
    assert story["case"] not in page.content()


def test_the_public_register_answers_without_signing_in(people: People) -> None:
    page = people.page_of()
    page.goto(f"/register/check/?q={month.WHITE.number}")
    expect(page.locator("main")).to_contain_text(month.WHITE.customer)
    expect(page.locator("main")).to_contain_text("no restriction applies", ignore_case=True)


def test_the_mark_of_a_registered_party_stays_until_it_was_heard(people: People) -> None:
    page = people.page_of("officer")
    page.goto(f"/registry/?q={month.WHITE.number}")
    page.locator("main tbody a").first.click()
    page.locator("main").get_by_role("link", name="Operator", exact=True).click()
    press(page, re.compile("Prepare a decision on the mark"))
    page.get_by_label("Rule").select_option("act:law-193-vii")
    page.get_by_label("Day of the event").fill("2026-09-01")
    page.get_by_label("Why the mark is to be lifted").fill("The feeder shows twice the power.")
    send(page)
    expect(page.locator("main")).to_contain_text("hearing is prepared")
    expect(page.locator("main")).to_contain_text("The party was invited to a hearing")
    page.goto(f"/register/check/?q={month.WHITE.number}")
    expect(page.locator("main")).to_contain_text("no restriction applies", ignore_case=True)


def test_the_journal_has_every_act_and_its_chain_is_sound(
    people: People, portal: Portal, story: dict[str, str]
) -> None:
    verbs = {verb for (verb,) in portal.rows("SELECT DISTINCT verb FROM journal_event")}
    assert verbs >= {
        "cases.tip.file",
        "cases.lead.raise",
        "cases.lead.promote",
        "cases.lead.attach",
        "cases.lead.dismiss",
        "cases.case.open",
        "cases.case.ask_opinion",
        "cases.case.answer",
        "cases.case.decide",
        "intake.import.find",
        "intake.import.finish",
        "grid.batch.receive",
        "grid.batch.finish",
        "crosschecks.run.finish",
        "registry.protection.draft",
    }
    page = people.page_of("auditor")
    page.goto("/journal/")
    expect(page.locator("main")).to_contain_text(story["case"])
    checked = portal.manage_json("verify_journal")
    assert checked["events"] == portal.count("journal_event")
    assert checked["broken"] == []


def test_no_page_of_the_road_complained(people: People) -> None:
    assert people.complaints == []
