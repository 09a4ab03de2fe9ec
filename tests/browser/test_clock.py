"""The sandbox's clock, moved from the page: the real bot lives through what lies between."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.sandbox_app import Stage
from tests.browser.steps import visit
from tests.sandbox.live import Live
from tests.staging import on_stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def usher() -> AsyncIterator[Stage]:
    async with on_stage() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def morning(page: Page, usher: Stage) -> Page:
    """The page of an attendee in Singapore, in #schedule at 09:20 in Vancouver."""
    await visit(page, usher, "attendee", "schedule")
    return page


async def said(page: Page, *texts: str) -> None:
    """Exactly these are the messages' beginnings, oldest first."""
    messages = page.get_by_test_id("message")
    await expect(messages).to_have_count(len(texts), timeout=20_000)
    for number, text in enumerate(texts):
        await expect(messages.nth(number)).to_contain_text(text)


async def test_clock_shows_the_venues_time_beside_the_readers(morning: Page) -> None:
    await expect(morning.get_by_test_id("venue-clock")).to_contain_text("Mon 28 Apr")
    await expect(morning.get_by_test_id("venue-clock")).to_contain_text("09:20")
    await expect(morning.get_by_test_id("venue-clock")).to_contain_text("in Vancouver")
    await expect(morning.get_by_test_id("clock")).to_contain_text("00:20")


async def test_clock_goes_to_the_next_thing_that_happens_by_keyboard(morning: Page) -> None:
    button = morning.get_by_test_id("clock-next")
    await expect(button).to_have_text("Next thing that happens 09:35")
    await button.focus()
    await morning.keyboard.press("Enter")
    await said(morning, "Invited Talk 2 · in 15 minutes")
    await expect(button).to_have_text("Next thing that happens 09:50")
    await morning.keyboard.press("Enter")
    await said(morning, "Invited Talk 2 ·", "Now: Invited Talk 2")


async def test_clock_goes_forward_and_lives_through_what_lies_between(morning: Page) -> None:
    await morning.get_by_role("button", name="Forward by 1 hour").click()
    await said(morning, "Invited Talk 2 ·", "Now: Invited Talk 2", "Poster/Break ·")
    await expect(morning.get_by_test_id("venue-clock")).to_contain_text("10:20")
    await expect(morning.get_by_test_id("clock-goal")).to_have_text("It is 28 Apr, 10:20")


async def test_clock_jumps_to_a_time_at_the_venue(morning: Page) -> None:
    field = morning.get_by_label("Jump to, in the venue's time")
    await expect(field).to_have_value("2025-04-28T09:21")
    await field.fill("2025-04-28T09:51")
    await field.press("Enter")
    await said(morning, "Invited Talk 2 ·", "Now: Invited Talk 2")
    await expect(morning.get_by_test_id("venue-clock")).to_contain_text("09:51")
    await field.fill("2025-04-28T09:00")
    await morning.get_by_test_id("clock-go").click()
    await expect(morning.get_by_test_id("notice")).to_contain_text("The clock only goes forward")


async def test_clock_runs_faster(morning: Page, usher: Stage) -> None:
    await morning.get_by_label("Speed").select_option("×600")
    await said(morning, "Invited Talk 2 ·")
    assert usher.clock.speed == 600


async def test_clock_is_folded_away_on_a_phone(page: Page, usher: Stage) -> None:
    await page.set_viewport_size({"width": 360, "height": 640})
    await visit(page, usher, "attendee", "schedule")
    toggle, bar = page.get_by_test_id("clock-toggle"), page.get_by_test_id("clock-bar")
    await expect(bar).to_be_hidden()
    await toggle.click()
    await expect(bar).to_be_visible()
    await expect(toggle).to_have_attribute("aria-expanded", "true")
    # Nothing sticks out to the side.
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    for control in await bar.locator("button, select, input").all():
        box = await control.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 360


async def test_clock_cannot_be_moved_where_the_server_does_not_allow_it(reader: Page, workshop: Live) -> None:
    await expect(reader.get_by_test_id("clock")).to_be_visible()
    await expect(reader.get_by_test_id("clock-bar")).to_be_hidden()
    await expect(reader.get_by_test_id("clock-toggle")).to_be_hidden()
