"""Every page at both widths and in both themes: looked at by axe, photographed, without complaint.

Photographs go to SCREENSHOTS (var/screenshots when unset). The pages show what the road has left.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page

from tests.browser import DESK, PHONE, People
from tests.cast import CAST
from tests.running import ROOT, Portal

pytestmark = pytest.mark.browser

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FOLDER = Path(os.environ.get("SCREENSHOTS") or ROOT / "var" / "screenshots")
RUN_AXE = """only => axe.run(document, {resultTypes: ['violations'], ...only}).then(
    found => found.violations
    .filter(v => ['serious', 'critical'].includes(v.impact))
    .map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')))"""
# Between the themes only colours differ.
RULES: dict[Theme, dict[str, list[str]]] = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
# Charts and maps draw without animation; fonts and fragments are waited for.
SETTLED = """() => document.fonts.ready.then(() =>
    !document.querySelector('.htmx-request, .htmx-settling, .htmx-swapping'))"""
# Words that lie on two lines; a file's name or a code longer than a line may be cut anywhere.
BROKEN = """() => {
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode());) {
    const box = text.parentElement;
    if (!box.offsetParent || box.closest('script, style, svg, code, .visually-hidden')) continue;
    for (const run of text.data.matchAll(/\\S+/g)) {
      if (run[0].length > 24) continue;
      for (const word of run[0].matchAll(/\\p{L}{2,}/gu)) {
        const range = document.createRange(), at = run.index + word.index;
        range.setStart(text, at);
        range.setEnd(text, at + word[0].length);
        const parts = [...range.getClientRects()].filter(one => one.width > 0);
        const lines = parts.map(one => Math.round(one.top));
        if (new Set(lines).size > 1) found.push(word[0]);
      }
    }
  }
  return found.slice(0, 5);
}"""

# name, who looks, address; {…} is filled with what the database holds
PAGES = [
    ("register", "", "/register/"),
    ("register-answer", "", "/register/check/?q={number}"),
    ("register-no-entry", "", "/register/check/?q=Nobody+Mining"),
    ("register-extract", "", "/register/{registration}/"),
    ("sign-in", "", "/accounts/login/"),
    ("tip-code", "", "/tips/code/"),
    ("not-found", "officer", "/cases/OG-1999-0001/"),
    ("dashboard", "head", "/"),
    ("search", "officer", "/search/?q=Логистика"),
    ("inbox", "head", "/journal/inbox/"),
    ("journal", "auditor", "/journal/"),
    ("profile", "officer", "/me/"),
    ("second-factor", "officer", "/accounts/2fa/"),
    ("tip-new", "member", "/tips/new/"),
    ("tips", "member", "/tips/"),
    ("tip-receipt", "member", "/tips/{tip}/"),
    ("leads", "officer", "/leads/?view=all"),
    ("lead-finding", "officer", "/leads/{finding_lead}/"),
    ("lead-tip", "officer", "/leads/{tip_lead}/"),
    ("lead-protected", "officer", "/leads/{protected_lead}/"),
    ("lead-dismiss", "officer", "/leads/{open_lead}/dismiss/"),
    ("cases", "officer", "/cases/?view=all"),
    ("case", "officer", "/cases/{case}/"),
    ("case-tasks", "officer", "/cases/{case}/?tab=tasks"),
    ("case-opinions", "officer", "/cases/{case}/?tab=opinions"),
    ("case-evidence", "officer", "/cases/{case}/?tab=evidence"),
    ("case-leads", "officer", "/cases/{case}/?tab=leads"),
    ("case-access", "officer", "/cases/{case}/?tab=access"),
    ("evidence", "officer", "/cases/{case}/evidence/1/"),
    ("case-reopen", "head", "/cases/{case}/moves/reopen/"),
    ("registry", "officer", "/registry/"),
    ("registration", "officer", "/registry/{registration}/"),
    ("operators", "officer", "/registry/operators/"),
    ("operator", "officer", "/registry/operators/{operator}/"),
    ("sites", "officer", "/registry/sites/"),
    ("equipment", "officer", "/registry/equipment/"),
    ("models", "officer", "/registry/models/"),
    ("contracts", "officer", "/registry/contracts/"),
    ("fee-returns", "officer", "/registry/fee-returns/"),
    ("official-lists", "officer", "/registry/official/"),
    ("pairs", "officer", "/registry/pairs/"),
    ("calculator", "officer", "/registry/calculator/?kw=1200"),
    ("exchange", "officer", "/registry/exchange/"),
    ("exchange-sales", "officer", "/registry/exchange/sales/"),
    ("exchange-pools", "officer", "/registry/exchange/pools/"),
    ("exchange-venues", "officer", "/registry/exchange/venues/"),
    ("mark-decisions", "officer", "/registry/protection/?view=all"),
    ("mark-decision", "head", "/registry/protection/{mark_decision}/"),
    ("mark-draft", "officer", "/registry/operators/{operator}/protection/"),
    ("mark-withdraw", "head", "/registry/protection/{mark_decision}/withdraw/"),
    ("grid", "officer", "/grid/"),
    ("grid-supplier", "supplier", "/grid/"),
    ("feed", "officer", "/grid/suppliers/{supplier}/"),
    ("feed-profile", "supplier", "/grid/suppliers/{supplier}/profile/"),
    ("regions", "officer", "/grid/regions/"),
    ("feeders", "officer", "/grid/feeders/"),
    ("meters", "officer", "/grid/meters/"),
    ("meter", "officer", "/grid/meters/{meter}/"),
    ("batches", "officer", "/grid/batches/"),
    ("batch", "supplier", "/grid/batches/{batch}/"),
    ("receipt", "supplier", "/grid/batches/{batch}/receipt/"),
    ("upload", "supplier", "/grid/upload/"),
    ("feeders", "officer", "/grid/feeders/"),
    ("exemptions", "officer", "/grid/exemptions/?view=all"),
    ("exemption-propose", "officer", "/grid/exemptions/new/?meter=N-001"),
    ("calendar", "officer", "/grid/calendar/"),
    ("checks", "officer", "/checks/"),
    ("check", "officer", "/checks/undeclared-mining-load/"),
    ("findings", "officer", "/checks/findings/"),
    ("finding", "officer", "/checks/findings/{finding}/"),
    ("run", "officer", "/checks/runs/{run}/"),
    ("law", "officer", "/law/"),
    ("law-acts", "officer", "/law/acts/"),
    ("law-act", "officer", "/law/acts/{act}/"),
    ("law-statements", "officer", "/law/statements/"),
    ("law-statement", "officer", "/law/statements/{statement}/"),
    ("law-rates", "officer", "/law/rates/"),
    ("law-banned", "officer", "/law/is-mining-banned/"),
    ("law-terms", "officer", "/law/terms/"),
    ("changes", "officer", "/changes/"),
    ("outlook", "officer", "/outlook/"),
    ("forecasts", "officer", "/outlook/forecasts/"),
    ("council", "officer", "/council/?view=all"),
    ("proposal", "head", "/council/{proposal}/"),
    ("proposal-new", "officer", "/council/new/"),
]
FILLED = {
    "number": "SELECT bin FROM registry_operator ORDER BY id LIMIT 1",
    "act": "SELECT code FROM law_act ORDER BY length(title_kk) DESC, id LIMIT 1",
    "statement": "SELECT code FROM law_position ORDER BY id LIMIT 1",
    "registration": "SELECT number FROM registry_registration ORDER BY id LIMIT 1",
    "operator": "SELECT id FROM registry_operator ORDER BY id LIMIT 1",
    "mark_decision": "SELECT id FROM registry_protectiondecision ORDER BY id LIMIT 1",
    "tip": "SELECT number FROM cases_tip ORDER BY id LIMIT 1",
    "tip_lead": "SELECT number FROM cases_lead WHERE source = 'tip' ORDER BY id LIMIT 1",
    "finding_lead": "SELECT number FROM cases_lead WHERE source = 'finding'"
    " ORDER BY est_kw_high DESC LIMIT 1",
    "protected_lead": "SELECT number FROM cases_lead WHERE key LIKE 'load-above%'"
    " ORDER BY id LIMIT 1",
    "open_lead": "SELECT number FROM cases_lead WHERE state = 'new' ORDER BY id LIMIT 1",
    "case": "SELECT number FROM cases_case ORDER BY id LIMIT 1",
    "proposal": "SELECT number FROM council_proposal ORDER BY id LIMIT 1",
    "meter": "SELECT id FROM grid_meter ORDER BY code DESC LIMIT 1",
    "batch": "SELECT id FROM grid_readingbatch ORDER BY id LIMIT 1",
    "supplier": "SELECT s.code FROM grid_supplier s JOIN grid_readingbatch b"
    " ON b.supplier_id = s.id ORDER BY b.id LIMIT 1",
    "finding": "SELECT id FROM crosschecks_finding ORDER BY id LIMIT 1",
    "run": "SELECT id FROM crosschecks_checkrun WHERE state = 'done' ORDER BY id LIMIT 1",
}


@pytest.fixture(scope="module")
def addresses(portal: Portal) -> dict[str, str]:
    found = {name: portal.rows(query) for name, query in FILLED.items()}
    empty = [name for name, rows in found.items() if not rows]
    assert not empty, f"Nothing to show for {empty}: run the whole of tests/, the road goes first."
    return {name: str(rows[0][0]) for name, rows in found.items()}


@pytest.fixture(scope="module", autouse=True)
def _in_russian(portal: Portal) -> Iterator[None]:
    """Officials read Russian, members Kazakh: the longest words of all three."""
    portal.rows("UPDATE accounts_user SET language = 'ru'")
    portal.rows("UPDATE accounts_user SET language = 'kk' WHERE email LIKE 'member@%'")
    yield
    portal.rows("UPDATE accounts_user SET language = 'en'")


@pytest.mark.parametrize(("name", "who", "address"), PAGES, ids=[name for name, *_ in PAGES])
def test_a_page_is_whole_at_both_widths_and_in_both_themes(
    name: str, who: str, address: str, people: People, addresses: dict[str, str]
) -> None:
    page = people.page_of(who)
    answer = page.goto(address.format(**addresses))
    assert answer is not None
    assert answer.status == (404 if name == "not-found" else 200), page.inner_text("body")[:500]
    page.evaluate(AXE.read_text())
    for width, size in (("1440", DESK), ("375", PHONE)):
        page.set_viewport_size(size)
        for theme in THEMES:
            wear(page, theme)
            settle(page)
            photograph(page, f"{name}-{width}-{theme}")
            assert page.evaluate(RUN_AXE, RULES[theme]) == [], f"{width} {theme}"
        assert narrow(page), f"the page scrolls sideways at {width}"
    page.close()
    assert people.complaints == []


@pytest.mark.parametrize(("name", "who", "address"), PAGES, ids=[name for name, *_ in PAGES])
def test_a_page_fits_a_phone_in_each_language_and_breaks_no_word(
    name: str, who: str, address: str, people: People, addresses: dict[str, str]
) -> None:
    page = people.page_of(who, phone=True)
    for language in ("en", "kk", "ru"):
        speak(people, who, language)
        page.goto(address.format(**addresses))
        settle(page)
        assert page.locator("html").get_attribute("lang") == language
        assert narrow(page), f"the page scrolls sideways in {language}"
        assert page.evaluate(BROKEN) == [], language
    page.close()


def speak(people: People, who: str, language: str) -> None:
    """The person's language; a stranger's is a cookie."""
    if who:
        order = "UPDATE accounts_user SET language = %s WHERE email = %s"
        people.portal.rows(order, language, CAST[who].email)
        return
    people.session_of("").add_cookies(
        [{"name": "django_language", "value": language, "url": people.portal.url}]
    )


def wear(page: Page, theme: Theme) -> None:
    """As if the person had chosen the theme: the server writes it on <html>."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)


def settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    for _turn in range(50):
        if page.evaluate(SETTLED):
            return
        page.wait_for_timeout(50)


def narrow(page: Page) -> Any:
    return page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def photograph(page: Page, name: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True)
