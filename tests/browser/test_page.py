"""Who sees what on the sandbox's page: people, channels, messages, notices, on a desk and on a phone."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.steps import last, use, visit
from tests.sandbox.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
PHONE = {"width": 380, "height": 800}


async def test_page_people_and_channels(reader: Page) -> None:
    people = await reader.get_by_test_id("person-switch").locator(".person-name").all_inner_texts()
    channels = await reader.get_by_test_id("channels").locator(".channel-name").all_inner_texts()
    assert people == ["attendee", "author", "organizer"]
    assert channels[:4] == ["general", "announcements", "posters", "hallway"]
    await expect(reader.get_by_test_id("bot-status")).to_contain_text("online")
    await expect(reader.get_by_test_id("server-name")).to_have_text("Workshop")


async def test_page_ephemeral_is_only_for_its_reader(reader: Page, workshop: Live) -> None:
    await use(reader, "/now", "<Enter>", "<Enter>")
    own = last(reader)
    await expect(own).to_contain_text("Opening remarks")
    await expect(own).to_contain_text("Only you can see this")
    message_id = await own.get_attribute("data-message-id")
    await reader.get_by_test_id("person-author").click()
    await expect(reader.get_by_test_id("person-author")).to_have_attribute("aria-checked", "true")
    await expect(reader.locator(".beginning")).to_be_attached()
    await expect(reader.locator(f"[data-message-id='{message_id}']")).to_have_count(0)
    await reader.get_by_test_id("person-author").press("ArrowUp")
    again = reader.locator(f"[data-message-id='{message_id}']")
    await again.get_by_test_id("dismiss").click()
    await expect(again).to_have_count(0)


async def test_page_person_in_the_address(page: Page, workshop: Live) -> None:
    await visit(page, workshop, "organizer", "organizers")
    await page.get_by_test_id("channel-general").click()
    await expect(page).to_have_url(re.compile("#as=organizer&in=general$"))
    await page.evaluate("location.hash = '#as=author&in=organizers'")
    await expect(page.get_by_test_id("person-author")).to_have_attribute("aria-checked", "true")
    await expect(page.get_by_test_id("channel-organizers")).to_have_count(0)


async def test_page_message_reply_reaction_and_unread(reader: Page, workshop: Live) -> None:
    await use(reader, "Where is *hall 4*?", "<Enter>")
    mine = last(reader)
    await expect(mine.locator("em")).to_have_text("hall 4")
    message = (workshop.person().sees("general"))[-1]
    await workshop.person("author").react(message, "👍")
    await expect(mine.locator(".reaction")).to_have_text("👍1")
    await reader.get_by_test_id("channel-announcements").click()
    await workshop.person("author").say("general", "On the second floor", reply_to=message)
    await expect(reader.get_by_test_id("channel-general")).to_have_class(re.compile("unread"))
    await reader.get_by_test_id("channel-general").click()
    await expect(reader.locator(".new-line")).to_have_count(1)
    await expect(last(reader).locator(".context-line")).to_contain_text("Where is hall 4?")


async def test_page_direct_message(reader: Page) -> None:
    await use(reader, "/remind", "<Enter>", "<Enter>")
    direct = reader.get_by_role("region", name="Direct messages").get_by_role("button")
    await expect(direct).to_contain_text("1")
    await direct.click()
    await expect(last(reader)).to_contain_text("Your reminder")


async def test_page_forum_and_threads(reader: Page, workshop: Live) -> None:
    forum = workshop.forum()
    vision, theory = forum.available_tags
    await forum.create_thread(name="Flows", content="Ask about **flows**", applied_tags=[vision])
    await forum.create_thread(name="Solvers", content="Ask about solvers", applied_tags=[theory])
    await reader.get_by_test_id("channel-posters").click()
    posts = reader.get_by_test_id("post")
    await expect(posts.locator(".post-title")).to_have_text(["Solvers", "Flows"])
    await reader.get_by_role("button", name="vision").first.click()
    await expect(posts.locator(".post-title")).to_have_text(["Flows"])
    await posts.click()
    await expect(last(reader).locator("strong")).to_have_text("flows")
    await reader.get_by_role("button", name="Back to the parent channel").click()
    await expect(reader.get_by_test_id("channel-title")).to_have_text("posters")


async def test_page_faults_drawer(reader: Page) -> None:
    await reader.get_by_test_id("faults-button").click()
    await reader.get_by_test_id("fault-kind").select_option(label="The server is down (503)")
    await reader.get_by_test_id("fault-add").click()
    await expect(reader.get_by_test_id("fault")).to_have_text(re.compile("The server is down"))
    await reader.get_by_test_id("fault-clear").click()
    await expect(reader.get_by_test_id("fault")).to_have_count(0)


async def test_page_phone(page: Page, workshop: Live) -> None:
    await page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict
    await visit(page, workshop, "attendee")
    await expect(page.get_by_test_id("person-author")).to_be_hidden()
    await page.get_by_test_id("drawer-button").click()
    await page.get_by_test_id("person-author").click()
    await page.get_by_test_id("channel-announcements").click()
    await expect(page.get_by_test_id("person-author")).to_be_hidden()
    await expect(page.get_by_test_id("viewer")).to_have_text(re.compile("author$"))
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


async def test_page_theme_is_kept(reader: Page) -> None:
    await expect(reader.get_by_role("button", name="Use the dark theme")).to_be_visible()
    await reader.get_by_test_id("theme-button").click()
    await reader.reload()
    await expect(reader.get_by_role("button", name="Use the light theme")).to_be_visible()
    assert await reader.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
