"""Selects of people, roles and channels on the sandbox's page, by mouse and by keyboard."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.steps import last, use

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def open_choices(page: Page) -> Locator:
    """The message with the selects. A locator that later messages do not move."""
    await use(page, "/choose", "<Enter>", "<Enter>")
    await expect(last(page).get_by_test_id("select-who")).to_be_visible()
    return page.locator(f"[data-message-id='{await last(page).get_attribute('data-message-id')}']")


@pytest.mark.parametrize(
    ("select", "offered", "chosen"),
    [
        ("who", ["attendee", "author", "organizer", "Usher"], "author"),
        ("role", ["@everyone", "@Usher", "@organizer", "@poster author", "@Administrator"], "@poster author"),
        ("whom", None, "@organizer"),
        ("where", ["general"], "general"),
    ],
)
async def test_a_select_offers_what_there_is(reader: Page, select: str, offered: list[str] | None, chosen: str) -> None:
    card = await open_choices(reader)
    await card.get_by_test_id(f"select-{select}").click()
    options = reader.get_by_test_id("select-option")
    if offered:
        await expect(options.locator(".option-label")).to_have_text(offered)
    if select == "who":
        await options.filter(has_text=chosen).click()
        # Several may be chosen, so that they are sent when the list closes.
        await reader.keyboard.press("Tab")
    else:
        await options.filter(has=reader.get_by_text(chosen, exact=True)).click()
    await expect(last(reader)).to_contain_text(f"You chose {chosen.removeprefix('@')}")
    await expect(card.get_by_test_id(f"select-{select}")).to_contain_text(chosen)


async def test_several_people_are_chosen_by_keyboard(reader: Page) -> None:
    card = await open_choices(reader)
    await card.get_by_test_id("select-who").focus()
    # A letter jumps to a name; Enter marks it; Tab leaves the list and sends.
    for key in ("ArrowDown", "o", "Enter", "Home", "a", "Enter", "Tab"):
        await reader.keyboard.press(key)
    await expect(last(reader)).to_contain_text("You chose organizer, a")


async def test_a_role_is_chosen_by_its_first_letter(reader: Page) -> None:
    card = await open_choices(reader)
    await card.get_by_test_id("select-role").focus()
    for key in ("ArrowDown", "p", "Enter"):
        await reader.keyboard.press(key)
    await expect(last(reader)).to_contain_text("You chose poster author")
