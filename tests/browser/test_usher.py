"""A morning at the workshop, in the browser: the page, the server and the real bot."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.sandbox_app import Stage
from tests.browser.steps import last, use, visit
from tests.chat.posters.asking import ask, thread
from tests.discord_schema import SchemaCheck
from tests.staging import on_stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def usher() -> AsyncIterator[Stage]:
    check = SchemaCheck.load()
    async with on_stage(schema=check) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def reader(page: Page, usher: Stage) -> Page:
    """The page as the attendee sees it, in Singapore."""
    await visit(page, usher, "attendee")
    return page


async def test_usher_speaker_from_autocomplete_read_and_shared(reader: Page, usher: Stage) -> None:
    await use(reader, "/speaker", "<Enter>", "song")
    items = reader.get_by_test_id("autocomplete-item")
    await expect(items).to_have_count(2)
    await use(reader, "<ArrowDown>", "<ArrowDown>", "<Enter>", "<Enter>")
    card = last(reader)
    await expect(card.get_by_role("heading", name="Yang Song")).to_be_visible()
    await expect(card).to_contain_text("Invited, not confirmed yet.")
    await expect(card).to_contain_text("Only you can see this")
    await card.get_by_role("button", name="Share").click()
    await expect(reader.get_by_text("Shared:")).to_be_visible()
    (posted,) = usher.sandbox.person("author").sees("general")
    shared = reader.locator(f"[data-message-id='{posted['id']}']")
    await expect(shared.get_by_role("button", name="Open it for me")).to_be_visible()


async def test_usher_now_is_in_the_readers_zone_with_the_venues_beside_it(reader: Page) -> None:
    await use(reader, "/now", "<Enter>", "<Enter>")
    card = last(reader)
    await expect(card.get_by_role("heading", name="Now: Invited Talk 1")).to_be_visible()
    # 09:10 in Vancouver is ten past midnight in Singapore.
    await expect(card).to_contain_text("00:10–00:50 (venue 09:10–09:50)")


async def test_usher_pages_through_posters_to_one_and_on(reader: Page, usher: Stage) -> None:
    titles = [poster.title for poster in usher.program.posters]
    await use(reader, "/posters", "<Enter>", "<Enter>")
    card = last(reader)
    await expect(card).to_contain_text("1–10 of 122 posters")
    await card.get_by_role("button", name="More").click()
    await expect(card).to_contain_text(titles[10])
    await card.get_by_test_id("select-pick").click()
    await reader.get_by_role("option", name=titles[10]).click()
    await expect(card.get_by_role("heading", name=titles[10])).to_be_visible()
    await card.get_by_test_id("select-pick").click()
    await reader.get_by_role("option", name=f"Next: {titles[11]}"[:60]).click()
    await expect(card.get_by_role("heading", name=titles[11])).to_be_visible()


async def test_usher_shows_each_person_what_is_meant_for_them(reader: Page, usher: Stage) -> None:
    await use(reader, "/join", "<Enter>", "<Enter>")
    await expect(last(reader)).to_contain_text("Livestream")
    await expect(last(reader)).not_to_contain_text("video call")
    await visit(reader, usher, "speaker")
    await use(reader, "/join", "<Enter>", "<Enter>")
    await expect(last(reader)).to_contain_text("video call")


async def test_usher_shows_a_questions_buttons_in_one_row_on_a_phone(phone: Page, usher: Stage) -> None:
    await ask(usher)
    _, question = thread(usher)
    await phone.goto(f"{usher.sandbox.page_url}#as=attendee&in={question['channel_id']}")
    row = phone.locator(f"[data-message-id='{question['id']}']").get_by_role("button").filter(visible=True)
    buttons = row.filter(has_text=re.compile("^(Upvote|Answer|Report)"))
    await expect(buttons).to_have_text(["Upvote · 0", "Answer", "Report"])
    tops = {await button.evaluate("it => it.getBoundingClientRect().top") for button in await buttons.all()}
    assert len(tops) == 1
