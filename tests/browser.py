"""Chromium as a person uses it: signs in, keeps its sessions, hears every complaint of a page."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    sync_playwright,
)

from tests.cast import CAST, PASSWORD, code_now
from tests.running import Portal

INSTALL = "Chromium is missing. Type: sudo apt-get install --no-install-recommends chromium"
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 375, "height": 812}
PATIENCE_MS = 15_000


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; the test fails when it is not there."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        pytest.fail(INSTALL, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class People:
    """One browser window a person, signed in once."""

    browser: Browser
    portal: Portal
    sessions: dict[str, BrowserContext] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def page_of(self, who: str = "", *, phone: bool = False) -> Page:
        """A new page of the person's; of a stranger without a name."""
        page = self.session_of(who).new_page()
        page.set_viewport_size(PHONE if phone else DESK)
        return page

    def session_of(self, who: str) -> BrowserContext:
        """The person's browser window, signed in when it is first asked for."""
        if who not in self.sessions:
            self.sessions[who] = self.browser.new_context(
                base_url=self.portal.url,
                viewport=DESK,
                locale="en-GB",
                timezone_id="Asia/Almaty",
            )
            self.sessions[who].set_default_timeout(PATIENCE_MS)
            self.sessions[who].on("page", self.listen)
            if who:
                self._sign_in(who)
        return self.sessions[who]

    def _sign_in(self, who: str) -> None:
        page = self.sessions[who].new_page()
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(CAST[who].email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("form:has(input[name=password]) button[type=submit]").first.click()
        page.wait_for_load_state()
        if "/2fa/" in page.url:
            page.locator("input[name=code]").fill(code_now())
            page.locator("form:has(input[name=code]) button[type=submit]").first.click()
            page.wait_for_load_state()
        assert "/accounts/" not in page.url, (
            f"{who} is not signed in: {page.url}\n{page.inner_text('main')}"
        )
        page.close()

    def listen(self, page: Page) -> None:
        """Note errors of scripts, and what the browser refused under the page's policy."""

        def heard(message: ConsoleMessage) -> None:
            # A page that is refused on purpose (404, 403, 422) is said by Chromium as an error.
            if (
                message.type == "error"
                and "the server responded with a status of" not in message.text
            ):
                self.complaints.append(f"{page.url}: {message.text}")

        page.on("console", heard)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))

    def close(self) -> None:
        for session in self.sessions.values():
            session.close()
