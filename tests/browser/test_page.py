"""The sandbox's page in a real Chromium, with a real bot behind it."""

import re

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.sandbox.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
PHONE = {"width": 380, "height": 800}
expect.set_options(timeout=5000)


@pytest_asyncio.fixture(loop_scope="session")
async def reader(page: Page, workshop: Live) -> Page:
    """The page as the attendee sees it, in #general."""
    await visit(page, workshop, "attendee")
    return page


async def visit(page: Page, workshop: Live, person: str, channel: str = "general") -> None:
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
    """The card of a poster whose title nobody else asked for; its message."""
    await use(page, "/poster", "<Enter>", "a title of my own", "<Enter>")
    await expect(last(page)).to_contain_text("a title of my own")
    return last(page)


async def test_page_people_and_channels(reader: Page) -> None:
    people = await reader.get_by_test_id("person-switch").locator(".person-name").all_inner_texts()
    channels = await reader.get_by_test_id("channels").locator(".channel-name").all_inner_texts()
    assert people == ["attendee", "author", "organizer"]
    assert channels[:4] == ["general", "announcements", "posters", "hallway"]
    await expect(reader.get_by_test_id("bot-status")).to_contain_text("online")
    await expect(reader.get_by_test_id("server-name")).to_have_text("Workshop")


async def test_page_command_by_keyboard_with_autocomplete(reader: Page) -> None:
    await use(reader, "/pos")
    await expect(reader.get_by_test_id("picker-item")).to_have_count(1)
    await use(reader, "<Tab>")
    await expect(reader.get_by_test_id("command-hint")).to_contain_text("Words of the title")
    await reader.keyboard.type("on")
    choices = reader.get_by_test_id("autocomplete-item")
    await expect(choices).to_have_text(["Denoising beyond Gaussians", "Flows on tangent spaces"])
    await reader.keyboard.press("ArrowDown")
    await reader.keyboard.press("ArrowDown")
    await reader.keyboard.press("Enter")
    await expect(reader.get_by_test_id("command-option-title")).to_have_value("Flows on tangent spaces")
    await reader.keyboard.press("Enter")
    card = last(reader)
    await expect(card.locator("h4")).to_have_text("Flows on tangent spaces")
    await expect(card.locator(".context-line")).to_have_text(re.compile("attendee used /poster"))
    await expect(card.locator("time.md-time")).to_have_text("17:20")


async def test_page_free_text_is_kept_when_nothing_is_chosen(reader: Page) -> None:
    await use(reader, "/poster", "<Enter>", "flows")
    await expect(reader.get_by_test_id("autocomplete-item")).to_have_count(1)
    await reader.keyboard.press("Enter")
    await expect(last(reader).locator("h4")).to_have_text("flows")


async def test_page_command_typed_as_one_line(reader: Page) -> None:
    await use(reader, "/poster title:one line private:true", "<Enter>")
    await expect(last(reader)).to_have_attribute("data-ephemeral", "true")
    await expect(last(reader).locator("h4")).to_have_text("one line")


async def test_page_required_option_and_escape(reader: Page) -> None:
    await use(reader, "/poster", "<Enter>", "<Enter>")
    await expect(reader.get_by_test_id("command-hint")).to_contain_text("This option is required")
    for _ in range(2):
        await reader.keyboard.press("Escape")
    await expect(reader.get_by_test_id("composer")).to_have_value("/poster")
    await expect(reader.get_by_test_id("composer")).to_be_focused()


async def test_page_button_edits_in_place_and_keeps_the_focus(reader: Page) -> None:
    card = await open_card(reader)
    count = card.get_by_test_id("button-count")
    await count.focus()
    await reader.keyboard.press("Enter")
    await expect(count).to_have_text("Count 1")
    await expect(count).to_be_focused()
    await reader.keyboard.press("Enter")
    await expect(count).to_have_text("Count 2")


async def test_page_select_by_keyboard(reader: Page) -> None:
    card = await open_card(reader)
    await card.get_by_test_id("select-topic").focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        await reader.keyboard.press(key)
    await expect(last(reader)).to_contain_text("You chose theory")


async def test_page_modal(reader: Page) -> None:
    card = await open_card(reader)
    await card.get_by_test_id("button-ask").click()
    modal = reader.get_by_role("dialog", name="Ask a question")
    await expect(modal.get_by_label("Your question")).to_be_focused()
    await modal.get_by_test_id("modal-submit").click()
    await expect(modal.get_by_test_id("field-text")).to_contain_text("This field is required.")
    await reader.keyboard.type("Why?")
    await modal.get_by_test_id("modal-submit").click()
    await expect(modal.get_by_test_id("field-text")).to_contain_text("Must be 5 or more in length.")
    await reader.keyboard.type(" Because of **what**?")
    await modal.get_by_test_id("select-named").click()
    await modal.get_by_test_id("select-option").filter(has_text="No").click()
    await modal.get_by_test_id("modal-submit").click()
    await expect(modal).to_be_hidden()
    await expect(last(reader)).to_contain_text("Recorded (named: no): Why? Because of what?")


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


async def test_page_context_menu_by_keyboard(reader: Page) -> None:
    await use(reader, "What is a flow?", "<Enter>")
    await expect(last(reader)).to_contain_text("What is a flow?")
    await last(reader).focus()
    await last(reader).get_by_test_id("message-menu-button").focus()
    await reader.keyboard.press("Enter")
    await expect(reader.get_by_test_id("message-menu")).to_be_visible()
    await reader.keyboard.press("End")
    await expect(reader.get_by_test_id("app-command")).to_be_focused()
    await reader.keyboard.press("Enter")
    await expect(last(reader)).to_contain_text("Collected: What is a flow?")


async def test_page_no_answer(reader: Page) -> None:
    card = await open_card(reader)
    await card.get_by_test_id("button-silent").click()
    await expect(card.get_by_test_id("button-silent")).to_have_attribute("aria-busy", "true")
    await expect(card.locator(".failure")).to_have_text("This interaction failed")


async def test_page_faults_drawer(reader: Page) -> None:
    await reader.get_by_test_id("faults-button").click()
    await reader.get_by_test_id("fault-kind").select_option(label="The server is down (503)")
    await reader.get_by_test_id("fault-add").click()
    await expect(reader.get_by_test_id("fault")).to_have_text(re.compile("The server is down"))
    await reader.get_by_test_id("fault-clear").click()
    await expect(reader.get_by_test_id("fault")).to_have_count(0)


async def test_page_phone(page: Page, workshop: Live) -> None:
    await page.set_viewport_size(PHONE)  # type: ignore[arg-type]
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
