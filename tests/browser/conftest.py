"""A real browser on a real site over a database of its own, with the standing cast in it."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from evenhand.kernel.access.models import Account
from evenhand.kernel.organisation.models import Person
from evenhand.kernel.organisation.tests.cast import Cast, make_cast

# Playwright keeps an event loop in the test's own thread; the test's database work is plain.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PASSWORD = "a level line of amber"
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (1200, 360)
LANGUAGES = ("en", "zh-hans")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("no Chromium: apt-get install chromium, or run `make test`, which does")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass(frozen=True)
class Site:
    """The address under which the site answers, and who works there."""

    address: str
    cast: Cast


@pytest.fixture
def site(committed: str) -> Iterator[Site]:
    """The whole site, as the application's role, over the test's own database."""
    cast = make_cast()
    thread = LiveServerThread("127.0.0.1", static_handler=StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield Site(f"http://127.0.0.1:{thread.port}", cast)
    thread.terminate()


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """Open a page in a browser of its own: ``visit("/", language="en", width=360)``."""
    contexts: list[BrowserContext] = []

    def visit(
        path: str = "/", *, language: str = "en", width: int = 1200, scripts: bool = True
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        context.set_default_timeout(10_000)
        cookie = {"name": "django_language", "value": language, "url": site.address}
        context.add_cookies([cookie])  # type: ignore[list-item]
        contexts.append(context)
        page = context.new_page()
        page.goto(site.address + path)
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def account(site: Site) -> Callable[[Person], Account]:
    """An account for one of the cast, with the tests' password."""

    def account(person: Person) -> Account:
        email = f"{person.staff_number.lower()}@nanzhi.example"
        return Account.objects.create_account(person=person, email=email, password=PASSWORD)

    return account


def check(page: Page) -> None:
    """No violation that axe knows of, and nothing that runs out of the window sideways."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"
