"""An organizer on a phone writes an announcement, looks at it, schedules it, and reads its receipt in the page."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.sandbox_app import Stage
from tests.browser.steps import last, use, visit
from tests.chat.organizing.test_live import until
from tests.discord_schema import SchemaCheck
from tests.staging import on_stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def usher() -> AsyncIterator[Stage]:
    check = SchemaCheck.load()
    async with on_stage("2025-04-28T11:25", schema=check) as running:
        yield running


async def test_an_announcement_is_written_looked_at_scheduled_and_seen_to_have_arrived(
    page: Page, usher: Stage
) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await visit(page, usher, "organizer", "organizers")
    await use(page, "/announce", "<Enter>", "<Enter>")
    await page.get_by_test_id("input-title").fill("Lunch is in the East foyer")
    await page.get_by_test_id("input-body").fill("Sandwiches until **14:00**.")
    await page.get_by_test_id("modal-submit").click()
    mine = page.get_by_test_id("message").filter(has_text="Lunch is in the East foyer").first
    await expect(mine).to_contain_text("Nothing is sent yet")
    # Nothing of a long choice pushes the card out of a phone's screen.
    assert await mine.evaluate("one => one.scrollWidth <= document.documentElement.clientWidth")
    await mine.get_by_role("button", name="When").click()
    await page.get_by_test_id("input-when").fill("at the start of lunch")
    await page.get_by_test_id("modal-submit").click()
    await expect(mine).to_contain_text("at the start of Lunch; it moves with it")
    await mine.get_by_role("button", name="Schedule").click()
    await expect(mine).to_contain_text("It goes out by itself.")
    await until(usher, 12, 31)
    await mine.get_by_role("button", name="Refresh").click()
    await expect(mine).to_contain_text("Posted in the channel.")
    await visit(page, usher, "attendee", "announcements")
    await expect(last(page)).to_contain_text("Published to followers")
