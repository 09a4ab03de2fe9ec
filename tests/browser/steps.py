"""What the browser tests do again and again."""

import re
import secrets

from playwright.async_api import Locator, Page, expect

from bot.sandbox_app import Stage
from tests.sandbox.live import Live


async def visit(page: Page, workshop: Live | Stage, person: str, channel: str = "general") -> None:
    await page.goto(f"{workshop.sandbox.page_url}#as={person}&in={channel}")
    await expect(page.get_by_test_id(f"person-{person}")).to_have_attribute("aria-checked", "true")
    await expect(page.get_by_test_id("channel-title")).to_have_text(channel)
    await expect(page.locator(".beginning")).to_be_attached()


async def use(page: Page, *keys: str) -> None:
    """Types into the composer by keyboard: texts are typed, names of keys in angle brackets pressed."""
    await page.get_by_test_id("composer").focus()
    for key in keys:
        if named := re.fullmatch(r"<(\w+)>", key):
            await page.keyboard.press(named[1])
        else:
            await page.keyboard.type(key)


def last(page: Page) -> Locator:
    return page.get_by_test_id("message").last


async def open_card(page: Page) -> Locator:
    """The message with the card of a poster whose title nobody else asked for."""
    title = f"title {secrets.token_hex(4)}"
    await use(page, "/poster", "<Enter>", title, "<Enter>")
    card = page.get_by_test_id("message").filter(has=page.get_by_role("heading", name=title))
    await expect(card).to_be_visible()
    return card
