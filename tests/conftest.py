"""What the end-to-end tests share: one running portal and one browser for all of them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import People, chromium
from tests.running import Portal, portal_in, staged

EVERY_SECONDS = 3


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, chromium() as running:
        # Playwright's own loop runs in this thread; Django would take it for an async view.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield running


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Portal]:
    """The real processes with the cast in the database; beat's rows run every few seconds."""
    folder = tmp_path_factory.mktemp("the road") / "var"
    with portal_in(folder) as running:
        staged(running, EVERY_SECONDS)
        running.start()
        yield running
        assert running.stop() == 0, running.last_lines()


@pytest.fixture(scope="session")
def people(portal: Portal, browser: Browser) -> Iterator[People]:
    everyone = People(browser, portal)
    yield everyone
    everyone.close()
