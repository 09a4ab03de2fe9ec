"""One Chromium for all browser tests, and one page for each. Without a Chromium they are skipped."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Error, Page, Route, async_playwright, expect

from tests.browser.rehearsal_bot import make_bot, make_world
from tests.browser.steps import visit
from tests.sandbox.live import Live, live

expect.set_options(timeout=5000)
PAGE = Path(__file__).parents[2] / "bot" / "sandbox" / "page"
NOWHERE = "http://page.invalid/"
# Quiet: no sandbox helper (containers have none), no graphics card, no calls home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium() -> str | None:
    """USHER_CHROMIUM, or a Chromium on the path."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("USHER_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium found: install one, or name it in USHER_CHROMIUM")
    async with async_playwright() as playwright:
        try:
            browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        except Error as problem:
            pytest.skip(f"{path} does not start: {str(problem).splitlines()[0]}")
        yield browser
        await browser.close()


@asynccontextmanager
async def opened(browser: Browser, **device: Any) -> AsyncIterator[Page]:
    """A fresh page of a reader in Singapore. An error in its script fails the test."""
    context = await browser.new_context(locale="en-GB", timezone_id="Asia/Singapore", reduced_motion="reduce", **device)
    context.set_default_timeout(5000)
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    await context.close()
    assert errors == []


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    async with opened(browser, viewport={"width": 1280, "height": 800}) as page:
        yield page


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser) -> AsyncIterator[Page]:
    """A page on a small screen that fingers touch."""
    async with opened(browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as page:
        yield page


@pytest_asyncio.fixture(loop_scope="session")
async def modules(page: Page) -> Page:
    """An empty page that can import the page's modules, without a server."""

    async def serve(route: Route) -> None:
        path = PAGE / route.request.url.rsplit("/", 1)[-1]
        if path.is_file():
            kind = "text/css" if path.suffix == ".css" else "text/javascript"
            await route.fulfill(body=path.read_text(encoding="utf-8"), content_type=kind)
        else:
            await route.fulfill(body="<!doctype html><title>Empty</title>", content_type="text/html")

    await page.route(f"{NOWHERE}**", serve)
    await page.goto(NOWHERE)
    return page


@pytest.fixture(scope="module")
def gate() -> asyncio.Event:
    """What the rehearsal bot's /slow waits for."""
    return asyncio.Event()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def workshop(gate: asyncio.Event) -> AsyncIterator[Live]:
    """A sandbox with the rehearsal bot, shared by the tests of one module."""
    async with live(make_bot(gate), world=make_world()) as running:
        await running.sandbox.commands_registered("poster", "now")
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def reader(page: Page, workshop: Live) -> Page:
    """The page as the attendee sees it, in #general."""
    await visit(page, workshop, "attendee")
    return page
